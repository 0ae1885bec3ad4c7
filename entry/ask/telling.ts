import { satisfies, type Condition, type Formula, type Policy, type Request } from '../../policy/index.ts';
import { binding } from '../../policy/tables/key-groups.ts';
import { isNeverCarried } from './never-carried.ts';

/** Keys that the caller, as a sentence names it, tells already. */
const saidOfCaller = /^aws:(?:principal(?:arn|account|type|isawsservice|servicename|servicenameslist)|user(?:id|name)|federatedprovider)$|:sub$/i;

/** One of two policies that are compared, and what it allows. */
interface Side { readonly formula: Formula; readonly policy: Policy }

/** So many keys a sentence names. */
const MOST = 3;

/**
 * The keys of a request that tell it from others, in words: those that the one which allows it demands as they are, beside what the other asks of such a request,
 * so that a grant that is bound reads otherwise than one that is not, and those but for whose values the other would allow it.
 */
export function tellingKeys(request: Request, allowing: Side, refusing: Side): string {
  const telling = toldApart(request, refusing, allowing);
  const demanded = demandedKeys(request, allowing, refusing).filter((one) => !telling.includes(one));
  // What it demands is what the two differ in; without one of those the others would be said of every such request.
  const words = [...demanded.slice(0, Math.max(1, MOST - telling.length)), ...telling].slice(0, MOST);
  return words.length === 0 ? '' : `, ${words.join(' and ')}`;
}

/** Keys but for whose values it would be allowed: where they are many, those of which the one that allows it asks the same are left out. */
function toldApart(request: Request, { formula, policy }: Side, allowing: Side): string[] {
  const tested = conditionsOf(policy);
  const told = keysOf(tested).filter(([key, name]) => valuesBeside(request, key, name, tested).some((one) => satisfies(formula, one))).flatMap(([key, name]) => inWords(request, key, name).map((words) => ({ key, words })));
  const alike = askedOf(request, allowing);
  const apart = told.length <= MOST ? told : told.filter(({ key }) => tested.some((one) => one.key === key && !alike.has(ofCondition(one))));
  const words = (apart.length > 0 ? apart : told).slice(0, MOST).map((one) => one.words);
  return words.length > 0 ? words : missingTogether(request, formula, tested);
}

/** Keys that a request carries, and with other values of which it would not be allowed; first those that tell whose it is. What the other asks in the same words of such requests is left out. */
function demandedKeys(request: Request, { formula, policy }: Side, refusing: Side): string[] {
  const asked = askedOf(request, refusing);
  const tested = conditionsOf(policy);
  const own = keysOf(tested.filter((one) => !asked.has(ofCondition(one))));
  const demanded = own.filter(([key, name]) => writtenIn(request, key) !== undefined && valuesBeside(request, key, name, tested).some((one) => !satisfies(formula, one)));
  return [...demanded.filter(([key]) => isBinding(key)), ...demanded.filter(([key]) => !isBinding(key))].flatMap(([key, name]) => inWords(request, key, name));
}

/** What statements about such requests ask of them, in words. */
const askedOf = (request: Request, side: Side): ReadonlySet<string> => new Set(side.policy.statements.filter((one) => isOf(one, request, side)).flatMap(({ conditions }) => conditions).map(ofCondition));

/** Whether a statement is of such requests, whatever its conditions say. */
const isOf = (one: Policy['statements'][number], request: Request, { formula, policy: { version } }: Side): boolean =>
  satisfies({ kind: 'policy', policy: { version, statements: [{ ...one, effect: 'Allow', conditions: [] }] }, setting: formula.kind === 'policy' ? formula.setting : {} }, request);

const isBinding = (key: string): boolean => Object.values(binding).some((keys) => keys.test(key));
const conditionsOf = ({ statements }: Policy): Condition[] => statements.flatMap(({ conditions }) => conditions);
/** Keys by how they are written, but for those that the caller tells. */
const keysOf = (tested: readonly Condition[]): (readonly [key: string, name: string])[] => [...new Map(tested.map((one) => [one.key, one.name]))].filter(([key]) => !saidOfCaller.test(key));
const ofCondition = ({ key, values }: Condition): string => JSON.stringify([key, [...values].sort()]);
const writtenIn = ({ context }: Request, key: string): string | undefined => Object.keys(context).find((one) => one.toLowerCase() === key);

function inWords(request: Request, key: string, name: string): string[] {
  const written = writtenIn(request, key);
  if (written === undefined) return isNeverCarried(key, request.principal) ? [] : [`without \`${name}\``];
  return [`with \`${written}\` ${[request.context[written]!].flat().map((one) => `\`${one}\``).join(', ')}`];
}

/** The request without a key, and with what else that could hold, as far as tests of it tell. */
function valuesBeside(request: Request, key: string, name: string, tested: readonly Condition[]): Request[] {
  const { [writtenIn(request, key) ?? '']: _, ...context } = request.context;
  const others = ['true', 'false', 'x', ...tested.filter((one) => one.key === key).flatMap(({ values }) => values.flatMap((one) => near(String(one), request)))];
  return [{ ...request, context }, ...others.map((value) => ({ ...request, context: { ...context, [name]: value } }))];
}

/** Keys that a request lacks and that tell only together, such as two tags that have to be alike. */
function missingTogether(request: Request, refusing: Formula, tested: readonly Condition[]): string[] {
  const written = tested.flatMap(({ name, values }) => [name, ...values.flatMap((one) => [...String(one).matchAll(/\$\{([^},]+)/g)].map(([, key]) => key!.trim()))]);
  const names = [...new Map(written.map((one) => [one.toLowerCase(), one])).values()].filter((one) => one.includes(':') && !saidOfCaller.test(one.toLowerCase()) && writtenIn(request, one.toLowerCase()) === undefined && !isNeverCarried(one.toLowerCase(), request.principal));
  return satisfies(refusing, { ...request, context: { ...request.context, ...Object.fromEntries(names.map((one) => [one, 'x'])) } }) ? names.map((one) => `without \`${one}\``) : [];
}

/** What a key could hold that passes a test with this value, or fails it. */
function near(value: string, { context }: Request): string[] {
  const told = value.replace(/\$\{([^},]+)[^}]*\}/g, (_, key: string) => [Object.entries(context).find(([one]) => one.toLowerCase() === key.trim().toLowerCase())?.[1] ?? key].flat()[0]!);
  const number = Number(told);
  return [told.replace(/\/\d+$/, ''), told.replaceAll('*', '').replaceAll('?', 'x'), ...Number.isFinite(number) ? [String(number - 1), String(number + 1)] : [], ...Number.isNaN(Date.parse(told)) ? [] : ['2000-01-01T00:00:00Z', '2100-01-01T00:00:00Z']];
}
