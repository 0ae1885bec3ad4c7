import { accountIn } from './accounts.ts';
import { BadQuestion } from './bad-question.ts';
import { DefinitionError, readDefinition } from '../../core/definition.ts';
import { objectivesByKind, objectivesOf as objectivesOfPlanes, parsePolicy, PolicyError, prefixOf, type Objective, type Perimeter, type Planes, type Policy, type Question, type QuestionKind, type Subject } from '../../policy/index.ts';
import { isKnown } from '../../policy/tables/actions.ts';
import { mayActOn } from '../../policy/tables/resource-services.ts';
import { documentOf, type Document } from '../../core/policy-document.ts';

/** One policy, or several that a request meets together, with what is asked. */
export type Asked = { readonly question: Question; readonly document: Document; readonly objectives: readonly Objective[] } | AskedTogether;
export interface AskedTogether { readonly subject: Subject; readonly planes: Planes; readonly parts: readonly Part[]; readonly objectives: readonly Objective[] }
/** One of several policies, `document` as it was given, and the file that it stands in. */
export interface Part { readonly kind: PlaneKind; readonly policy: Policy; readonly document: Document; readonly file?: string }

export const kinds = Object.keys(objectivesByKind) as QuestionKind[];
/** What each kind of policy is asked unless the question says. */
const usual: Readonly<Record<QuestionKind, readonly Objective[]>> = { 'vpc-endpoint': ['principals', 'resources'], resource: ['principals', 'deputies'], trust: ['principals'], identity: ['resources'], scp: ['resources'], rcp: ['principals'] };
export const usualOf = (kind: QuestionKind): readonly Objective[] => usual[kind];
export const canBeAsked = (kind: QuestionKind, objective: Objective): boolean => objectivesByKind[kind].includes(objective);

/** Kinds of policies that can be asked about together. */
const planeKinds = ['identity', 'boundary', 'scp', 'rcp', 'vpc-endpoint', 'resource', 'trust'] as const;
export type PlaneKind = typeof planeKinds[number];
/** Of which of them each objective can be asked, beside the endpoint's that requests come through; about deputies beside no trust policy. */
const planesAsked: Readonly<Record<Objective, readonly PlaneKind[]>> = {
  principals: ['rcp', 'resource', 'trust'], deputies: ['rcp', 'resource'], resources: ['identity', 'boundary', 'scp'], networks: ['identity', 'boundary', 'scp', 'rcp', 'resource', 'trust'],
};

/** A value of a question as JSON; `undefined`: nested too deeply, for JSON.stringify takes the stack where JSON.parse does not. */
export function written(value: unknown): string | undefined {
  try { return JSON.stringify(value); } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
const shown = (value: unknown): string => written(value) ?? 'something nested too deeply';

const text = (value: unknown, name: string): string | undefined => {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new BadQuestion(`\`${name}\`: expected text, found ${shown(value)}`);
  return value;
};
const oneOf = <T extends string>(value: unknown, name: string, all: readonly T[]): T | undefined => {
  const given = text(value, name);
  if (given === undefined || (all as readonly string[]).includes(given)) return given as T | undefined;
  throw new BadQuestion(`\`${name}\`: expected one of ${all.join(', ')}, found \`${given}\``);
};
const flag = (value: unknown, name: string): boolean => {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw new BadQuestion(`\`${name}\`: expected true or false, found ${shown(value)}`);
  return value;
};

/** Later years have no date that conditions could be held against; such a number is one of microseconds. */
const LAST_MOMENT = Date.parse('9999-12-31T23:59:59.999Z');
/** Milliseconds since 1970 of an ISO 8601 time or a number of them. */
export function timeOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const time = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (!(time >= 0 && time <= LAST_MOMENT)) throw new BadQuestion(`\`now\`: expected a time such as 2026-01-31T00:00:00Z, or milliseconds since 1970, up to the year 9999; found ${shown(value)}`);
  return time;
}

/** Reads perimeters as JSON; the same text gives the same perimeter, so that answers about it are kept. */
export function perimeterReader(): (value: unknown) => Perimeter {
  const known = new Map<string, Perimeter>();
  return (value) => {
    if (typeof value !== 'object' || value === null) throw new BadQuestion('`perimeter`: expected the definition as an object');
    const key = written(value);
    if (key === undefined) throw new BadQuestion('`perimeter`: nested too deeply');
    const made = known.get(key);
    if (made !== undefined) return made;
    try {
      const { perimeter } = readDefinition({ version: 1, ...value });
      known.set(key, perimeter);
      return perimeter;
    } catch (error) {
      if (error instanceof DefinitionError) throw new BadQuestion(`\`perimeter\`: ${error.message.replaceAll('\n', '; ')}`);
      throw error;
    }
  };
}

/** The question one object asks, with its objectives; throws BadQuestion. Members that its kind does not use are ignored. */
export function readQuestion(value: Readonly<Record<string, unknown>>, perimeter: Perimeter, now: number): Asked {
  if (value['policies'] !== undefined) return readTogether(value, perimeter, now);
  const kind = oneOf(value['kind'], 'kind', kinds);
  if (kind === undefined) throw new BadQuestion(`\`kind\` is missing: one of ${kinds.join(', ')}`);
  if (value['policy'] === undefined) throw new BadQuestion('`policy` is missing: a policy as an object or as text');
  const question: Question = { ...readSubject(value, kind, kind, perimeter, now), policy: readPolicy(value['policy'], 'policy', kind) };
  refuseOtherOwner(question);
  refuseOtherService(question, [question.policy]);
  return { question, document: documentOf(value['policy']), objectives: readObjectives(value['objectives'], usualOf(kind), objectivesByKind[kind], `${kind} policies`) };
}

/** A policy hangs on a resource of the account that is asked about. */
function refuseOtherOwner({ account, resource }: Subject): void {
  const owner = accountIn(resource);
  if (owner !== undefined && owner !== account) throw new BadQuestion(`\`account\`: \`${account}\` is not the account of \`${resource!}\`, on which the policy hangs; give its owner's, or leave out the resource`);
}

/** A service other than the resource's, or one that neither our tables nor the policies know, is misspelled rather than closed to all. */
function refuseOtherService(subject: Subject, policies: readonly Policy[]): void {
  const { service, resource } = subject;
  if (service === undefined) return;
  const prefix = prefixOf({ ...subject, resource: '' });
  if (prefix === '') throw new BadQuestion('`service`: expected a name such as s3, found nothing');
  // AWS does not say how the actions of some endpoints begin; the question is asked as if the service were not said.
  if (prefix === undefined) return;
  const named = resource === undefined || subject.kind === 'trust' ? undefined : /^arn:[^:]*:([^:]+):/.exec(resource)?.[1];
  if (named !== undefined && !mayActOn(prefix, named)) throw new BadQuestion(`\`service\`: \`${service}\` is not the service of \`${resource!}\`; leave out one of the two`);
  const mayBeOf = (action: string): boolean => { const [of = ''] = action.split(':'); return /[*?]/.test(of) || of.toLowerCase() === prefix; };
  const isNamed = policies.flatMap(({ statements }) => statements).some(({ actions }) => actions.negated || actions.test.values.some(mayBeOf));
  if (!isKnown(prefix) && !isNamed) throw new BadQuestion(`\`service\`: our tables do not know \`${service}\`, and no statement names an action of it; write it as its actions begin, such as s3`);
}

/** Which members beside `account` and `now` a kind uses; policies together may use all. */
const used: Readonly<Record<QuestionKind | 'together', readonly string[]>> = {
  'vpc-endpoint': ['service', 'endpointType'], resource: ['service', 'resource'], trust: [], identity: ['service'], scp: ['service'], rcp: ['service', 'resource'],
  together: ['service', 'endpointType', 'resource', 'viaEndpoint'],
};

function readSubject(value: Readonly<Record<string, unknown>>, kind: QuestionKind, uses: QuestionKind | 'together', perimeter: Perimeter, now: number): Subject {
  const account = text(value['account'], 'account');
  if (account === undefined || !/^\d{12}$/.test(account)) throw new BadQuestion(`\`account\`: expected 12 digits, found ${account === undefined ? 'nothing' : `\`${account}\``}`);
  const given = (name: string): unknown => used[uses].includes(name) ? value[name] : undefined;
  const [service, resource] = [text(given('service'), 'service'), text(given('resource'), 'resource')];
  const fault = resource === undefined ? undefined : resourceFault(resource);
  if (fault !== undefined) throw new BadQuestion(`\`resource\`: ${fault}, found \`${resource!}\``);
  const endpointType = oneOf(given('endpointType'), 'endpointType', ['gateway', 'interface']);
  const subject: Subject = {
    kind, perimeter, account, now: timeOf(value['now']) ?? now, ...(flag(given('viaEndpoint'), 'viaEndpoint') ? { viaEndpoint: true } : {}),
    ...(service === undefined ? {} : { service }), ...(resource === undefined ? {} : { resource }), ...(endpointType === undefined ? {} : { endpointType }),
  };
  // https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html, https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-networking.html
  if (endpointType === 'gateway' && !['s3', 's3express', 'dynamodb'].includes(prefixOf(subject) ?? '')) throw new BadQuestion(`\`endpointType\`: only s3, s3express and dynamodb have gateway endpoints, but the service is ${service === undefined ? 'not said' : `\`${service}\``}`);
  return subject;
}

/**
 * Nobody reaches what cannot be a resource's ARN, so that its policy would pass for closed. AWS ends the ARNs of log groups with `:*`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
function resourceFault(arn: string): string | undefined {
  if (!arn.startsWith('arn:')) return 'expected an ARN';
  const [name, bucket] = [arn.replace(/(?<=:log-group:.+):\*$/, ''), /^(arn:[^:]*:s3:::[^/*?]+)\//.exec(arn)?.[1]];
  if (bucket !== undefined) return `a policy hangs on one resource, here the bucket \`${bucket}\``;
  if (/[*?]/.test(name)) return 'a policy hangs on one resource, whose ARN has no `*` or `?`, such as the bucket `arn:aws:s3:::acme-data`';
  return /^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:\S*[^\s:/]$/.test(name) ? undefined : 'expected an ARN of six fields with its service in lower case, such as `arn:aws:sqs:eu-west-1:111122223333:orders`';
}

function readPolicy(value: unknown, name: string, kind: PlaneKind): Policy {
  try {
    const policy = parsePolicy(value);
    const fault = policy.statements.map((one) => statementFault(one, kind)).find((one) => one !== undefined);
    if (fault !== undefined) throw new BadQuestion(`\`${name}\`: ${fault}`);
    return policy;
  } catch (error) {
    if (error instanceof PolicyError) throw new BadQuestion(`\`${name}\`: ${error.message}`);
    throw error;
  }
}

/**
 * AWS takes no such policy, so it is one of another kind. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html,
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
function statementFault({ at, effect, actions, principals, resources, conditions }: Policy['statements'][number], kind: PlaneKind): string | undefined {
  const hangsOn = hanging[kind];
  const fault = (what: string): string => `${at}: ${what}; is it a policy of another kind?`;
  if (hangsOn !== undefined && principals !== undefined) return fault(`${hangsOn} names no principal, but this does`);
  if (kind === 'trust' && resources !== undefined) return fault('a trust policy names no resource, but this does');
  if (kind === 'resource' && effect === 'Allow' && resources === undefined && !actions.negated && actions.test.values.every((one) => /^sts:/i.test(one))) return `${at}: this allows only what a trust policy does, and names no resource; is its kind trust?`;
  // Those of ECR's repositories name none. https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
  if (kind !== 'trust' && kind !== 'resource' && resources === undefined) return fault(`${hangsOn ?? takesResources[kind]} names resources, but this names none`);
  if ((kind === 'trust' || kind === 'resource') && principals === undefined) return fault(`a ${kind} policy names principals, but this names none`);
  if (kind !== 'rcp') return undefined;
  if (principals === undefined) return `${at}: an RCP names \`"Principal": "*"\`, but this names none; is it an SCP?`;
  if (actions.negated) return `${at}: an RCP has no NotAction; name the actions, such as \`s3:*\``;
  // RCPFullAWSAccess alone allows, and that everything.
  if (effect === 'Allow' && (conditions.length > 0 || !actions.test.values.includes('*'))) return fault('an RCP denies, but this allows');
  return principals.everyone && !principals.negated ? undefined : fault('an RCP names `"Principal": "*"`, but this names others');
}
const takesResources: Partial<Readonly<Record<PlaneKind, string>>> = { 'vpc-endpoint': 'an endpoint policy', rcp: 'an RCP' };
const hanging: Partial<Readonly<Record<PlaneKind, string>>> = { identity: 'an identity policy', boundary: 'a permissions boundary', scp: 'an SCP' };

function readTogether(value: Readonly<Record<string, unknown>>, perimeter: Perimeter, now: number): Asked {
  const { policies } = value;
  if (value['policy'] !== undefined) throw new BadQuestion('expected `policy` or `policies`, found both');
  if (!Array.isArray(policies) || policies.length === 0) throw new BadQuestion('`policies`: expected a list of objects with `kind` and `policy`');
  const parts = policies.map((one: unknown, i): Part => {
    const name = `policies/${i}`;
    if (typeof one !== 'object' || one === null || Array.isArray(one)) throw new BadQuestion(`\`${name}\`: expected an object with \`kind\` and \`policy\``);
    const { kind: given, policy } = one as Record<string, unknown>;
    const kind = oneOf(given, `${name}/kind`, planeKinds);
    if (kind === undefined) throw new BadQuestion(`\`${name}/kind\` is missing: one of ${planeKinds.join(', ')}`);
    if (policy === undefined) throw new BadQuestion(`\`${name}/policy\` is missing: a policy as an object or as text`);
    return { kind, policy: readPolicy(policy, `${name}/policy`, kind), document: documentOf(policy) };
  });
  const { planes, isTrust } = planesOf(parts);
  const usual = objectivesOfPlanes(planes);
  const subject = readSubject(value, isTrust ? 'trust' : 'resource', 'together', perimeter, now);
  if (planes.resource !== undefined) refuseOtherOwner(subject);
  refuseOtherService(subject, parts.map(({ policy }) => policy));
  const isOnTheWay = planes.endpoint !== undefined && subject.viaEndpoint === true;
  const askable = (Object.keys(planesAsked) as Objective[]).filter((one) => (one !== 'deputies' || !isTrust) && (isOnTheWay || parts.some(({ kind }) => planesAsked[one].includes(kind))));
  if (askable.length === 0) throw new BadQuestion('`viaEndpoint` is missing: an endpoint\'s policy counts beside others only where requests come through it; alone it is a question of kind vpc-endpoint');
  return { subject, planes, parts, objectives: readObjectives(value['objectives'], usual, askable, 'the policies given') };
}

/** Sorts policies by plane; throws BadQuestion where two stand on a plane that holds one. */
export function planesOf(parts: readonly Part[]): { readonly planes: Planes; readonly isTrust: boolean } {
  const of = (...wanted: PlaneKind[]): Policy[] => parts.filter((one) => wanted.includes(one.kind)).map((one) => one.policy);
  const single = (...wanted: PlaneKind[]): Policy | undefined => {
    const [first, ...others] = of(...wanted);
    if (others.length > 0) throw new BadQuestion(`expected one policy of kind ${wanted.join(' or ')}, found ${others.length + 1}`);
    return first;
  };
  const [identity, boundary, endpoint, resource] = [single('identity'), single('boundary'), single('vpc-endpoint'), single('resource', 'trust')];
  return {
    isTrust: parts.some((one) => one.kind === 'trust'),
    planes: {
      scps: of('scp'), rcps: of('rcp'),
      ...(identity === undefined ? {} : { identity }), ...(boundary === undefined ? {} : { boundary }), ...(endpoint === undefined ? {} : { endpoint }), ...(resource === undefined ? {} : { resource }),
    },
  };
}

function readObjectives(value: unknown, usual: readonly Objective[], all: readonly Objective[], whose: string): readonly Objective[] {
  if (value === undefined) return usual;
  if (!Array.isArray(value) || value.length === 0) throw new BadQuestion(`\`objectives\`: expected a list of ${all.join(', ')}, or nothing for the usual ones`);
  return value.map((one) => {
    const objective = all.find((known) => known === one);
    if (objective === undefined) throw new BadQuestion(`\`objectives\`: ${whose} can be asked about ${all.join(', ')}, not ${shown(one)}`);
    return objective;
  });
}
