import { satisfies, type Condition, type Formula, type Policy, type Request } from '../../policy/index.ts';

/** Keys that the caller, as a sentence names it, tells already. */
const saidOfCaller = /^aws:(?:principal(?:arn|account|type|isawsservice|servicename|servicenameslist)|user(?:id|name)|federatedprovider)$|:sub$/i;

/**
 * The keys of a request but for whose values a formula would allow it, in words: what tells it from requests that it does allow. `policies`: those that the formula is
 * made of, whose conditions say what else a key could hold.
 */
export function tellingKeys(request: Request, refusing: Formula, policies: readonly Policy[]): string {
  const tested = policies.flatMap(({ statements }) => statements).flatMap(({ conditions }) => conditions);
  const byKey = new Map(tested.map((one) => [one.key, one.name]));
  const words = [...byKey].flatMap(([key, name]) => {
    const written = Object.keys(request.context).find((one) => one.toLowerCase() === key);
    if (saidOfCaller.test(key)) return [];
    const { [written ?? '']: carried, ...context } = request.context;
    const others = [undefined, 'true', 'false', 'x', ...tested.filter((one) => one.key === key).flatMap(({ values }) => values.flatMap((one) => near(String(one), request)))];
    const isTelling = others.some((value) => satisfies(refusing, { ...request, context: value === undefined ? context : { ...context, [name]: value } }));
    return !isTelling ? [] : [carried === undefined ? `without \`${name}\`` : `with \`${written!}\` ${[carried].flat().map((one) => `\`${one}\``).join(', ')}`];
  });
  const all = words.length > 0 ? words : missingTogether(request, refusing, tested);
  return all.length === 0 ? '' : `, ${all.join(' and ')}`;
}

/** Keys that a request lacks and that tell only together, such as two tags that have to be alike. */
function missingTogether(request: Request, refusing: Formula, tested: readonly Condition[]): string[] {
  const written = tested.flatMap(({ name, values }) => [name, ...values.flatMap((one) => [...String(one).matchAll(/\$\{([^},]+)/g)].map(([, key]) => key!.trim()))]);
  const names = [...new Map(written.map((one) => [one.toLowerCase(), one])).values()].filter((one) => one.includes(':') && !saidOfCaller.test(one.toLowerCase()) && !Object.keys(request.context).some((key) => key.toLowerCase() === one.toLowerCase()));
  return satisfies(refusing, { ...request, context: { ...request.context, ...Object.fromEntries(names.map((one) => [one, 'x'])) } }) ? names.map((one) => `without \`${one}\``) : [];
}

/** What a key could hold that passes a test with this value, or fails it. */
function near(value: string, { context }: Request): string[] {
  const told = value.replace(/\$\{([^},]+)[^}]*\}/g, (_, key: string) => [Object.entries(context).find(([one]) => one.toLowerCase() === key.trim().toLowerCase())?.[1] ?? key].flat()[0]!);
  const number = Number(told);
  return [told.replace(/\/\d+$/, ''), told.replaceAll('*', '').replaceAll('?', 'x'), ...Number.isFinite(number) ? [String(number - 1), String(number + 1)] : [], ...Number.isNaN(Date.parse(told)) ? [] : ['2000-01-01T00:00:00Z', '2100-01-01T00:00:00Z']];
}
