import type { Exception } from './exceptions.ts';
import { onlyOurs, onlyTheirs, variablesIn, type Split } from './splits.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const glob = (pattern: string, text: string, flags = ''): boolean => new RegExp(`^${escaped(pattern).replace(/\\\*/g, '.*').replace(/\\\?/g, '.')}$`, `s${flags}`).test(text);
const parts = (arn: string): string[] => { const all = arn.split(':'); return [...all.slice(0, 5), all.slice(5).join(':')]; };
/** The type in `type/id` or `type:id`, with its separator. */
const typeOf = (resource: string): string => /^[^:/]*[:/]/.exec(resource)?.[0] ?? '';

const principal = (recognizes: (split: Split, value: string) => boolean) => (split: Split): boolean =>
  split.atom.element === 'principal' && split.atom.values.length === 1 && recognizes(split, String(split.atom.values[0]));
const resource = (recognizes: (split: Split, pattern: string, asked: string) => boolean) => (split: Split): boolean =>
  split.atom.element === 'resource' && split.atom.values.length === 1 && recognizes(split, String(split.atom.values[0]), split.situation.request.resource ?? '*');
/** The listed value matches on our side alone, under Not… too. */
const listedByUs = (split: Split): boolean => split.atom.negated ? onlyTheirs(split) : onlyOurs(split);
const listedByThem = (split: Split): boolean => split.atom.negated ? onlyOurs(split) : onlyTheirs(split);

export const elementExceptions: readonly Exception[] = [
  {
    name: 'principals of an endpoint policy', is: 'fault', source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html; its src/core_engine/CoreSimulatorEngine.ts analyzeIdentityPolicies', reason: 'it judges endpoint policies as identity policies and never reads their Principal',
    recognizes: (split) => split.atom.element === 'principal' && split.situation.kind === 'vpc-endpoint' && onlyTheirs(split),
  },
  {
    name: 'a statement without Principal', is: 'reading', source: 'docs/policy-engine.md, readings', reason: 'an Allow without Principal is read as open to everybody here, as reaching nobody there',
    recognizes: (split) => split.atom.element === 'principal' && split.atom.values.length === 0 && split.atom.statement['Effect'] === 'Allow' && onlyOurs(split),
  },
  {
    name: 'Federated: *', is: 'reading', source: 'https://github.com/aws-samples/data-perimeter-policy-examples: AWS\'s own endpoint policy for STS has it', reason: 'the star stands for every provider here, for one of that name there',
    recognizes: principal((split, value) => split.atom.type === 'Federated' && value === '*' && listedByUs(split) && ['web-identity', 'saml'].includes(split.situation.request.principal.kind)),
  },
  {
    name: 'the account of a provider', is: 'fault', source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html: the call is unsigned; its src/request/requestPrincipal.ts accountId', reason: 'a token\'s caller is taken for a principal of the account in the provider\'s ARN',
    recognizes: principal((split, value) => split.atom.type === 'AWS' && listedByThem(split) && ['web-identity', 'saml'].includes(split.situation.request.principal.kind) && /^(arn:.*:)?\d{12}(:root)?$/.test(value)),
  },
  {
    name: 'a federated user and the IAM user of its name', is: 'fault', source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html: the caller chooses the name', reason: 'a federated user is taken for the IAM user of the same name',
    recognizes: principal((split, value) => listedByThem(split) && /:user\//.test(value) && /:federated-user\//.test(split.situation.request.principal.arn ?? '')),
  },
  {
    name: 'a session and the role\'s path or case', is: 'reading', source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: names are unique without regard to path and case', reason: 'it knows a session\'s role by its bare name, in any case, so it fits a role ARN with another path, of which no account can have a second',
    recognizes: principal((split, value) => listedByThem(split) && split.situation.request.principal.sessionArn !== undefined && /:role\//.test(value) && value !== split.situation.request.principal.arn
      && value.split('/').at(-1)!.toLowerCase() === split.situation.request.principal.arn!.split('/').at(-1)!.toLowerCase()),
  },
  {
    name: 'an account behind a gateway endpoint', is: 'fault', source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html', reason: 'it does not know that a gateway endpoint reads an account as that account\'s root user',
    recognizes: principal((split, value) => split.situation.gateway && listedByThem(split) && /^(arn:.*:)?\d{12}(:root)?$/.test(value)),
  },
  {
    name: 'a wildcard in an action\'s service', is: 'reading', source: 'AWS is silent on `*:*`; its src/action/action.ts requestMatchesSingleAction', reason: 'the service of an action is compared as text there, `*:*` included; here a wildcard in it is one',
    recognizes: (split) => split.atom.element === 'action' && split.atom.values.length === 1 && listedByUs(split) && /[*?][^:]*:/.test(String(split.atom.values[0])),
  },
  {
    name: 'a wildcard that crosses colons', is: 'reading', source: 'docs/policy-engine.md, readings', reason: 'the parts of an ARN are matched one by one there; here a wildcard in a Resource crosses colons',
    recognizes: resource((split, pattern, asked) => listedByUs(split) && split.situation.request.resource !== undefined && glob(pattern, asked) && !parts(pattern).every((part, i) => glob(part, parts(asked)[i]!))),
  },
  {
    name: 'a wildcard in the type of a resource', is: 'reading', source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html: incorrect wildcard usage; its src/util.ts getResourceSegments', reason: 'the type before the first `/` or `:` is compared as text there; here a wildcard in it is one',
    recognizes: resource((split, pattern) => listedByUs(split) && /[*?]/.test(typeOf(parts(pattern)[5]!))),
  },
  {
    name: 'the case of an ARN\'s parts', is: 'reading', source: 'AWS is silent; its src/resource/resource.ts convertResourceSegmentToRegex', reason: 'partition, service, Region and account are matched without regard to case there',
    recognizes: resource((split, pattern, asked) => listedByThem(split) && parts(pattern).slice(0, 5).some((part, i) => !glob(part, parts(asked)[i]!) && glob(part, parts(asked)[i]!, 'i')) && variablesIn(pattern).length === 0),
  },
  {
    name: 'the first part of a resource', is: 'fault', source: 'its src/resource/resource.ts singleResourceMatchesRequest', reason: 'whatever stands before the first colon is not compared there',
    recognizes: resource((split, pattern) => listedByThem(split) && !glob(parts(pattern)[0]!, 'arn')),
  },
  {
    name: 'a short ARN filled up', is: 'reading', source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html: a star crosses colons only as the last character of a part; its src/resource/resource.ts', reason: 'a pattern of fewer than six parts with a star anywhere is filled up with stars there',
    recognizes: resource((split, pattern, asked) => listedByThem(split) && pattern.split(':').length < 6 && pattern.includes('*') && !glob(pattern, asked)),
  },
  {
    name: 'NotResource with a short ARN', is: 'fault', source: 'its src/explain/statementExplain.ts resourceMismatchReasons', reason: 'where a pattern of fewer than six parts does not match, NotResource does not either there',
    recognizes: resource((split, pattern) => split.atom.negated && onlyOurs(split) && pattern.split(':').length < 6 && pattern !== '*'),
  },
];
