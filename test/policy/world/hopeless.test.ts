import { describe, expect, it } from 'vitest';
import { formulaOf, parsePolicy, type Formula, type Principal, type Question } from '../../../policy/index.ts';
import { BUDGET } from '../../../policy/answer.ts';
import { testOn } from '../../../policy/conditions.ts';
import { patternsOperator } from '../../../policy/operators.ts';
import { literal, plainGlob } from '../../../policy/pattern.ts';
import { absent, always, anything, maybe, only, present, type Domain } from '../../../policy/search/region.ts';
import { isHopeless, isOutOfReach } from '../../../policy/world/hopeless.ts';
import { World } from '../../../policy/world/world.ts';
import { allow, define, deny, document, foreign, mine, notOfOrganization, ofOrganization, own, stranger, trust, when } from '../cases/case.ts';

/**
 * Who is refused whatever they ask for, from what all their requests carry. Who is not refused here goes on to the search, so `false` is never
 * wrong, only slow; `true` of somebody who gets in would hide it.
 */
const { perimeter } = define();
const question = (kind: Question['kind'], statements: readonly object[], more: Partial<Question> = {}): Question => ({ kind, account: own, service: 's3', now: 0, perimeter, ...more, policy: parsePolicy(document(...statements)) });
const worldOf = (of: Question, formula: Formula = formulaOf(of)): World => new World(of, formula, BUDGET);

const everybody: Principal = { kind: 'role', account: stranger };
const unsigned: Principal = { kind: 'anonymous' };
const root: Principal = { kind: 'root', account: stranger, arn: `arn:aws:iam::${stranger}:root` };
type Carried = Readonly<Record<string, Domain>>;
const ofMine: Carried = { 'aws:principalorgid': only(mine) };
const ofOthers: Carried = { 'aws:principalorgid': only(foreign) };
const notMine = maybe({ tests: [{ test: testOn('aws:principaltag/org', patternsOperator, [mine]), want: false }] });
const account = present({ forms: [plainGlob('3???????????')] });
const tag = (operator: string, value: unknown): object => when([operator, 'aws:PrincipalTag/org', value]);
/** A statement about whoever a policy hangs on. */
const attached = (statement: object): object => ({ ...statement, Principal: undefined });

interface Row { readonly kind?: Question['kind']; readonly who?: Principal; readonly carried?: Carried; readonly statements: readonly object[] }
const refused: Readonly<Record<string, Row>> = {
  'another organization than the Allow asks for': { carried: ofOthers, statements: [allow(when(ofOrganization()))] },
  'no organization where the Allow asks for one': { carried: { 'aws:principalorgid': absent }, statements: [allow(when(ofOrganization()))] },
  'another organization than every Allow asks for': { carried: ofOthers, statements: [allow({ Action: 's3:Get*' }, when(ofOrganization())), allow({ Action: 's3:Put*' }, when(ofOrganization('o-secondofmine')))] },
  'one condition of two': { carried: ofOthers, statements: [allow(when(ofOrganization(), ['Bool', 'aws:SecureTransport', 'true']))] },
  'a Deny of everything to all others': { carried: ofOthers, statements: [allow(), deny(when(notOfOrganization()))] },
  'a Deny of everything, which one of its values names': { carried: ofOthers, statements: [allow(), deny({ Action: ['s3:GetObject', '*'], Resource: ['arn:aws:s3:::acme-data/*', '*'] }, when(notOfOrganization()))] },
  'a Deny before the Allow': { carried: ofOthers, statements: [deny(when(notOfOrganization())), allow()] },
  'a Deny where only a role names what it is about': { kind: 'trust', carried: ofOthers, statements: [trust('*', { Action: '*' }), trust('*', { Effect: 'Deny', Action: '*' }, when(notOfOrganization()))] },
  'a Deny of what a policy hangs on': { kind: 'scp', carried: ofOthers, statements: [attached(deny(when(notOfOrganization())))] },
  'no Allow at all': { statements: [deny({ Action: 's3:Get*' })] },
  'an Allow for others, of who has no name': { who: unsigned, statements: [allow({ Principal: { AWS: own } })] },
  'an Allow for others, of who has one name': { who: root, statements: [allow({ Principal: { AWS: own } })] },
  'another value than they may carry': { carried: { 'lambda:functionurlauthtype': maybe({ forms: [literal('NONE')] }) }, statements: [allow(when(['StringEquals', 'lambda:FunctionUrlAuthType', 'AWS_IAM']))] },
  'a pattern that no value of theirs fits': { carried: { 'aws:principalaccount': account }, statements: [allow(when(['StringLike', 'aws:PrincipalAccount', '2*']))] },
  'a value that they may have anything but': { carried: { 'aws:principaltag/org': notMine }, statements: [allow(tag('StringEquals', mine))] },
  'a network that is no stranger\'s': { carried: { 'aws:sourceip': present({ wide: true }) }, statements: [allow(when(['IpAddress', 'aws:SourceIp', '192.0.2.0/24']))] },
};
const open: Readonly<Record<string, Row>> = {
  'the organization that the Allow asks for': { carried: ofMine, statements: [allow(when(ofOrganization()))] },
  'what one Allow of two asks for': { carried: ofOthers, statements: [allow(when(ofOrganization())), allow({ Action: 's3:GetObject' }, when(ofOrganization(foreign))), allow(when(ofOrganization()))] },
  'whatever, where nothing is asked': { statements: [allow()] },
  'what is not known': { statements: [allow(when(ofOrganization()))] },
  'what may be anything': { carried: { 'aws:principaltag/org': anything }, statements: [allow(tag('StringEquals', mine))] },
  'what is always something': { carried: { 'aws:principaltag/org': always }, statements: [allow(tag('StringEquals', mine))] },
  'what a variable stands for': { carried: ofOthers, statements: [allow(when(['StringEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}']))] },
  'a Deny of everything to others': { carried: ofMine, statements: [allow(), deny(when(notOfOrganization()))] },
  'a Deny of some actions': { carried: ofOthers, statements: [allow(), deny({ Action: 's3:Put*' }, when(notOfOrganization()))] },
  'a Deny of all but some actions': { carried: ofOthers, statements: [allow(), deny({ NotAction: 's3:GetObject' }, when(notOfOrganization()))] },
  'a Deny of all but everything': { carried: ofOthers, statements: [allow(), deny({ NotAction: '*' }, when(notOfOrganization()))] },
  'a Deny on some resources': { carried: ofOthers, statements: [allow(), deny({ Resource: 'arn:aws:s3:::acme-data/*' }, when(notOfOrganization()))] },
  'a Deny on all resources but some': { carried: ofOthers, statements: [allow(), deny({ NotResource: 'arn:aws:s3:::public/*' }, when(notOfOrganization()))] },
  'a Deny to somebody': { carried: ofOthers, statements: [allow(), deny({ Principal: { AWS: own } }, when(notOfOrganization()))] },
  'a Deny to all but somebody': { carried: ofOthers, statements: [allow(), deny({ NotPrincipal: { AWS: stranger } }, when(notOfOrganization()))] },
  'a Deny to all but everybody': { carried: ofOthers, statements: [allow(), deny({ NotPrincipal: '*' }, when(notOfOrganization()))] },
  'a Deny that names nobody, where somebody must be named': { carried: ofOthers, statements: [allow(), attached(deny(when(notOfOrganization())))] },
  'a Deny on what is not known': { statements: [allow(), deny(when(notOfOrganization()))] },
  'a Deny on what may be anything': { carried: { 'aws:principaltag/org': anything }, statements: [allow(), deny(tag('StringNotEquals', mine))] },
  'a Deny on what a variable stands for': { carried: ofOthers, statements: [allow(), deny(when(['StringNotEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}']))] },
  'a Deny of which one condition of two is open': { carried: ofOthers, statements: [allow(), deny(when(notOfOrganization(), ['Bool', 'aws:SecureTransport', 'false']))] },
  'an Allow for one role of theirs': { statements: [allow({ Principal: { AWS: `arn:aws:iam::${stranger}:role/deploy` } })] },
  'an Allow for their account, of who has one name': { who: root, statements: [allow({ Principal: { AWS: stranger } })] },
  'an Allow for everybody, of who has no name': { who: unsigned, statements: [allow()] },
  'a value that they may carry': { carried: { 'lambda:functionurlauthtype': maybe({ forms: [literal('NONE')] }) }, statements: [allow(when(['StringEquals', 'lambda:FunctionUrlAuthType', 'NONE']))] },
  'a pattern that values of theirs fit': { carried: { 'aws:principalaccount': account }, statements: [allow(when(['StringLike', 'aws:PrincipalAccount', '*7']))] },
  'one of the values that they may have': { carried: { 'aws:principaltag/org': notMine }, statements: [allow(tag('StringEquals', [mine, foreign]))] },
  'a network that strangers may be in': { carried: { 'aws:sourceip': present({ wide: true }) }, statements: [allow(when(['IpAddress', 'aws:SourceIp', '0.0.0.0/1']))] },
  'a value that nobody has found': { carried: { 'aws:principalaccount': account }, statements: [allow(when(['NumericLessThan', 'aws:PrincipalAccount', '350000000000']))] },
};

const verdictOn = ({ kind = 'resource', who = everybody, carried = {}, statements }: Row): boolean => isHopeless(worldOf(question(kind, statements)), who, { domain: (key) => carried[key] });

describe('callers', () => {
  it.each(Object.entries(refused))('are refused at once for %s', (_, row) => { expect(verdictOn(row)).toBe(true); });
  it.each(Object.entries(open))('are not refused at once for %s', (_, row) => { expect(verdictOn(row)).toBe(false); });
});

describe('owners', () => {
  const ofAccount: [string, string, string] = ['StringEquals', 'aws:ResourceAccount', own];
  it.each<[string, boolean, readonly object[]]>([
    ['that the Allow asks about others', true, [allow(when(ofAccount))]],
    ['that everything of others is denied', true, [allow(), deny(when(['StringNotEquals', 'aws:ResourceAccount', own]))]],
    ['that they are in no organization', true, [allow(when(['StringEquals', 'aws:ResourceOrgID', mine]))]],
    ['that the Allow asks about callers', false, [allow(when(ofOrganization()))]],
    ['that the Allow is for callers who are named', false, [allow({ Principal: { AWS: own } })]],
    ['that something of others is denied', false, [allow(), deny({ Action: 's3:Put*' }, when(['StringNotEquals', 'aws:ResourceAccount', own]))]],
  ])('because of this: %s, are out of reach: %s', (_, expected, statements) => {
    const world = worldOf(question('vpc-endpoint', statements));
    expect(isOutOfReach(world, { account: stranger, mine: false, reach: 'any-account' })).toBe(expected);
    expect(isOutOfReach(world, { account: own, mine: true, reach: 'any-account' })).toBe(false);
  });
});
