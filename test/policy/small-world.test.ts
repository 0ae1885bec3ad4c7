import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askTogether, compare, decide, formulaOf, parsePolicy, type Answer, type Difference, type Objective, type Perimeter, type Planes, type Policy, type QuestionKind, type Request, type Subject } from '../../policy/index.ts';
import { now, own } from '../../scripts/sampler/cast.ts';
import { fits } from '../../scripts/sampler/definitions.ts';
import type { Document } from '../../scripts/sampler/documents.ts';
import { saidBy } from '../../scripts/sampler/said.ts';
import type { Setting } from '../../scripts/sampler/scene.ts';
import { faultsOf } from '../../scripts/sampler/witness.ts';
import { answerTo } from './cases/case.ts';
import { asked, policiesOf } from './small-world/policies.ts';
import { definitions, violation } from './small-world/scenes.ts';
import { runs } from '../support/runs.ts';

/**
 * Random policies over a small alphabet, and every request of that small world put to `decide`: where one that violates the objective is
 * allowed, the search must find one; where the search finds one, somebody must be able to send it, and it must violate the objective.
 */
type Defined = keyof typeof definitions;
// Most of what a definition says, one of them does.
const definition = fc.constantFrom<Defined[]>('bare', 'full', 'full', 'full', 'unlisted', 'unlisted');
type Allows = (request: Request) => boolean;

const isOnResource = (kind: QuestionKind): boolean => kind === 'resource' || kind === 'rcp' || kind === 'trust';
const settingOf = (kind: QuestionKind, objective: Setting['objective'], of: Defined, documents: readonly Document[]): Setting => ({
  kind, objective, definition: definitions[of], services: [kind === 'trust' ? 'sts' : 's3'], hangsOnResource: isOnResource(kind), hasIdentity: false, viaEndpoint: false, said: saidBy(documents),
});
const subjectOf = (kind: QuestionKind, of: Defined): Subject => ({
  kind, perimeter: definitions[of], account: own, now, ...kind === 'trust' ? {} : { service: 's3' }, ...isOnResource(kind) && kind !== 'trust' ? { resource: asked } : {},
});

const everything = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } as const;
const attached = (kind: QuestionKind): object => kind === 'scp' || kind === 'identity' ? { attached: true } : {};
/** What one policy allows by itself: an SCP or RCP that only denies does beside AWS's own, which allows everything. */
function allowedBy(kind: QuestionKind, { Statement, ...of }: Document): Allows {
  const isOpen = (kind === 'scp' || kind === 'rcp') && Statement.every((one) => one.Effect === 'Deny');
  const policy = parsePolicy({ ...of, Statement: isOpen ? [...Statement, everything] : Statement });
  return (request) => decide(policy, request, attached(kind)).allowed;
}
/** A bucket as source is mine by its name alone, which the sampler looks at in requests, not in witnesses. */
const isSourceMine = ({ objective, definition: { buckets } }: Setting, { context }: Request): boolean =>
  objective === 'deputies' && fits(buckets.map((one) => `arn:aws:s3:::${one}`), String(context['aws:SourceArn']));
/** Why an answer may be undecided: what a list would settle, or what docs/policy-engine.md says of the search. */
const causes = /^the definition does not tell|^owner of bucket|variable|work budget|several kinds/;

/** Holds an answer to every request of the small world that gets through. */
function holds(answer: Answer, setting: Setting, allows: Allows, written: string): void {
  if (answer.answer === 'outside') {
    expect([allows(answer.witness), faultsOf(setting, answer.witness), isSourceMine(setting, answer.witness)], `${JSON.stringify(answer.witness)} of ${written}`).toEqual([true, [], false]);
    return;
  }
  if (answer.answer === 'undecided') expect(answer.because, written).toMatch(causes);
  expect(violation(setting, allows, answer.answer === 'undecided'), `${answer.answer}, ${answer.because}: ${written}`).toBeUndefined();
}

const objectives: readonly (readonly [QuestionKind, Objective])[] = [
  ['vpc-endpoint', 'principals'], ['vpc-endpoint', 'resources'], ['resource', 'principals'], ['resource', 'deputies'], ['resource', 'networks'], ['trust', 'principals'], ['trust', 'networks'],
  ['identity', 'resources'], ['identity', 'networks'], ['scp', 'resources'], ['scp', 'networks'], ['rcp', 'principals'], ['rcp', 'deputies'], ['rcp', 'networks'],
];

describe('the search and the definition agree on every request of a small world', () => {
  // The worlds of roles and of services are small, so there may be more of them.
  it.each(objectives)('%s, %s', (kind, objective) => {
    fc.assert(fc.property(definition, policiesOf([kind], objective), (of, [document]) => {
      const answer = answerTo({ ...subjectOf(kind, of), policy: parsePolicy(document) }, objective);
      holds(answer, settingOf(kind, objective, of, [document]), allowedBy(kind, document), `${of}: ${JSON.stringify(document)}`);
    }), { numRuns: runs(kind === 'trust' || objective === 'deputies' ? 60 : 18), seed: 20_260_101 });
  });

  it.each(objectives)('%s, %s: a Deny never opens and an Allow never closes', (kind, objective) => {
    fc.assert(fc.property(definition, policiesOf([kind], objective), policiesOf([kind], objective), (of, [document], [{ Statement: [extra] }]) => {
      const [before, after] = [document.Statement, [...document.Statement, extra!]].map((Statement) => answerTo({ ...subjectOf(kind, of), policy: parsePolicy({ ...document, Statement }) }, objective).answer);
      // Beside a first Allow of its own, an SCP or RCP does without AWS's.
      const isOpen = (kind === 'scp' || kind === 'rcp') && document.Statement.every((one) => one.Effect === 'Deny');
      if (extra!.Effect === 'Deny' && before === 'inside') expect(after).toBe('inside');
      if (extra!.Effect === 'Allow' && before === 'outside' && !isOpen) expect(after).toBe('outside');
    }), { numRuns: runs(4), seed: 20_260_102 });
  });

  const kinds = [...new Set(objectives.map(([kind]) => kind))];
  it.each(kinds)('%s: two policies are told apart where a request tells them apart', (kind) => {
    fc.assert(fc.property(definition, policiesOf([kind, kind], 'any'), (of, [one, other]) => {
      // As before and after a change, they share a statement.
      const documents = [one, { ...other, Statement: [...other.Statement, one.Statement[0]!] }];
      const [before, after] = documents.map((document) => formulaOf({ ...subjectOf(kind, of), policy: parsePolicy(document) }));
      const [old, made] = documents.map((document) => allowedBy(kind, document));
      const { added, removed } = compare(subjectOf(kind, of), before!, after!);
      const setting = settingOf(kind, 'any', of, documents);
      const written = JSON.stringify(documents);
      const toldApart = (difference: Difference, allows: Allows, refuses: Allows): void => {
        if (difference.kind === 'request') expect([allows(difference.request), refuses(difference.request), faultsOf(setting, difference.request)], `${JSON.stringify(difference.request)} of ${written}`).toEqual([true, false, []]);
        else if (difference.kind === 'undecided') expect(difference.because, written).toMatch(causes);
        else expect(violation(setting, (request) => allows(request) && !refuses(request)), written).toBeUndefined();
      };
      toldApart(added, made!, old!);
      toldApart(removed, old!, made!);
    }), { numRuns: runs(6), seed: 20_260_103 });
  });
});

type Plane = 'identity' | 'boundary' | 'scp' | 'rcp' | 'endpoint' | 'resource';
const kindOf: Readonly<Record<Plane, QuestionKind>> = { identity: 'identity', boundary: 'identity', scp: 'scp', rcp: 'rcp', endpoint: 'vpc-endpoint', resource: 'resource' };
/** With the kind whose requests they speak of: of a principal's, or of whoever reaches the resource. */
const companies: readonly (readonly [planes: readonly Plane[], Objective, 'identity' | 'resource'])[] = [
  [['resource', 'rcp'], 'principals', 'resource'], [['resource', 'rcp'], 'deputies', 'resource'], [['resource', 'endpoint'], 'principals', 'resource'], [['identity', 'scp'], 'resources', 'identity'], [['identity', 'boundary', 'endpoint'], 'resources', 'identity'],
  [['identity', 'scp'], 'networks', 'identity'], [['resource', 'rcp'], 'networks', 'resource'], [['resource', 'identity'], 'networks', 'resource'], [['resource', 'identity', 'scp'], 'networks', 'resource'],
];

/**
 * What all of them allow; within the account the identity's policy suffices, or the resource's where it names more than the account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
function allowedTogether(of: Readonly<Partial<Record<Plane, Document>>>, objective: Objective, { standaloneAccounts }: Perimeter): Allows {
  // SCPs bind accounts of the organization, of which that with the identity policy is taken to be.
  const isUnbound = ({ principal: { account = own } }: Request): boolean => of.resource !== undefined && account !== own && standaloneAccounts.includes(account);
  const allows = (Object.entries(of) as [Plane, Document][]).map(([plane, one]): [Plane, Allows] => { const may = allowedBy(kindOf[plane], one); return [plane, (request) => (plane === 'scp' && isUnbound(request)) || may(request)]; });
  const all: Allows = (request) => allows.every(([, one]) => one(request));
  const { identity, resource } = of;
  if (objective !== 'networks' || identity === undefined || resource === undefined) return all;
  const denials = [identity, resource].map((one) => ({ ...one, Statement: [...one.Statement.filter(({ Effect }) => Effect === 'Deny'), everything] }));
  const direct = { ...resource, Statement: resource.Statement.filter(({ Effect, Principal }) => Effect === 'Deny' || (Principal as { AWS?: unknown } | undefined)?.AWS !== own) };
  const [[mayIdentity, mayResource], [grantsIdentity, grantsResource]] = [denials, [identity, direct]].map((both) => both.map((one, at) => allowedBy(at === 0 ? 'identity' : 'resource', one))) as [[Allows, Allows], [Allows, Allows]];
  return (request) => request.principal.account !== own ? all(request) : mayIdentity(request) && mayResource(request) && (grantsIdentity(request) || grantsResource(request))
    && allows.every(([plane, one]) => plane === 'identity' || plane === 'resource' || one(request));
}

describe('policies together agree with each by itself on every request of a small world', () => {
  it.each(companies)('%s, %s', (planes, objective, kind) => {
    fc.assert(fc.property(definition, policiesOf(planes.map((one) => kindOf[one]), objective), (of, documents) => {
      const written: Partial<Record<Plane, Document>> = Object.fromEntries(planes.map((plane, at) => [plane, documents[at]!]));
      const { scp, rcp, ...single } = Object.fromEntries(Object.entries(written).map(([plane, one]) => [plane, parsePolicy(one)])) as Partial<Record<Plane, Policy>>;
      const given: Planes = { ...single, scps: scp === undefined ? [] : [scp], rcps: rcp === undefined ? [] : [rcp] };
      const viaEndpoint = planes.includes('endpoint');
      const answer = askTogether({ ...subjectOf(kind, of), kind: 'resource', viaEndpoint }, given, objective);
      const setting = { ...settingOf(kind, objective, of, documents), hasIdentity: planes.includes('identity'), viaEndpoint };
      holds(answer, setting, allowedTogether(written, objective, definitions[of]), `${of}: ${JSON.stringify(written)}`);
    }), { numRuns: runs(10), seed: 20_260_104 });
  });
});
