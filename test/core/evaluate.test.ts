import { describe, expect, it, test } from 'vitest';
import { emptyDefinition, type Definition, type Exception } from '../../core/definition.ts';
import { evaluateItem, relatedIds } from '../../core/evaluate.ts';
import { BadParameter, wholeNumber } from '../../core/parameters.ts';
import { defineRule, type AnyRule } from '../../core/rule.ts';
import { compliant, nonCompliant, notApplicable, undecided, type Finding, type Verdict } from '../../core/verdict.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';

const now = Date.parse('2026-11-01T00:00:00Z');
const words = {
  title: 'a state', why: 'a reason', fix: 'a fix', severity: 'high', boundary: 'network', objective: 'networks', trigger: 'change',
  references: ['https://docs.aws.amazon.com/'], requirements: ['R01'],
} as const;
const publicFinding: Finding = { at: '/publiclyAccessible', message: 'it is public', severity: 'high' };

/** Flag rule: may be excepted whole. */
const flagRule = defineRule({
  ...words, id: 'flag-rule', resourceTypes: ['AWS::RDS::DBInstance'], parameters: { least: wholeNumber('a number', 1, 1, 6) }, exception: 'whole',
  evaluate: ({ publiclyAccessible }, { parameters }) => publiclyAccessible ? nonCompliant({ ...publicFinding, message: `it is public, ${parameters.least}` }) : compliant('it is private'),
});
/** Stands for an engine rule: each account of a fixed list that the perimeter does not know is a finding. */
const trusts = ['333333333333', '444444444444'];
const finding = (account: string): Finding => ({ at: '/policyDocument', message: `account ${account} gets in`, severity: 'high' });
const engineRule = defineRule({
  ...words, id: 'engine-rule', resourceTypes: ['AWS::RDS::DBInstance'], parameters: {}, exception: 'allow',
  evaluate(_, { perimeter }) {
    const [first, ...more] = trusts.filter((account) => !perimeter.standaloneAccounts.includes(account)).map(finding);
    return first === undefined ? compliant('only mine') : nonCompliant(first, ...more);
  },
});
const zonesRule = defineRule({
  ...words, id: 'zones-rule', resourceTypes: ['AWS::Lambda::Function'], parameters: {}, exception: 'whole',
  needs: { subnets: { type: 'AWS::EC2::Subnet', ids: () => ['subnet-1', 'subnet-2', 'subnet-1'] } },
  evaluate: (_, { related }) => compliant(...[...related.subnets].map(([id, { zone }]) => `${id} in ${zone}`)),
});
const givenRule = defineRule({
  ...words, id: 'given-rule', resourceTypes: ['AWS::RDS::DBInstance'], parameters: {}, exception: 'whole',
  evaluate: (_, { account, region, arn, now: time }) => compliant(account, region, arn, String(time)),
});
const saying = (verdict: Verdict, exception: 'whole' | 'allow' = 'whole'): AnyRule => defineRule({
  ...words, id: 'saying-rule', resourceTypes: ['AWS::RDS::DBInstance'], parameters: {}, exception, evaluate: () => verdict,
});

const arn = 'arn:aws:rds:eu-west-1:111111111111:db:orders';
const database: ConfigurationItem = {
  accountId: '111111111111', region: 'eu-west-1', resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', resourceName: 'orders', arn, status: 'OK',
  captureTime: '2026-10-31T10:00:00.000Z', tags: {}, availabilityZone: undefined, configuration: { publiclyAccessible: true }, supplementaryConfiguration: {},
};
const lambda: ConfigurationItem = {
  ...database, resourceType: 'AWS::Lambda::Function', resourceId: 'resize', arn: 'arn:aws:lambda:eu-west-1:111111111111:function:resize',
  configuration: { functionName: 'resize', version: '$LATEST', vpcConfig: { vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-1'], securityGroupIds: [] } },
};
const subnet = (id: string, more: Partial<ConfigurationItem> = {}): ConfigurationItem => ({
  ...database, resourceType: 'AWS::EC2::Subnet', resourceId: id, resourceName: undefined, configuration: { vpcId: 'vpc-0a1b2c3d', availabilityZone: 'eu-west-1a' }, ...more,
});

const exception = (more: Partial<Exception>): Exception => ({ rule: 'flag-rule', resource: arn, owner: 'web', reason: 'agreed', expires: '2027-01-31', ...more });
const define = (more: Partial<Definition>): Definition => ({ ...emptyDefinition, ...more });
const judge = (rule: AnyRule, item: ConfigurationItem, definition = emptyDefinition, related: readonly ConfigurationItem[] = []): Verdict =>
  evaluateItem(rule, item, { definition, now, related: (type, id) => related.find((one) => one.resourceType === type && one.resourceId === id) });

describe('what is not judged', () => {
  test.each<[string, ConfigurationItem, Definition, Verdict]>([
    ['another type', lambda, emptyDefinition, notApplicable('the rule judges AWS::RDS::DBInstance, not AWS::Lambda::Function')],
    ['a rule that is off', database, define({ off: ['flag-rule'] }), notApplicable('switched off in the definition')],
    ['a deleted resource', { ...database, status: 'ResourceDeleted' }, emptyDefinition, notApplicable('the resource was deleted')],
    ['a deleted resource of a type not recorded', { ...database, status: 'ResourceDeletedNotRecorded' }, emptyDefinition, notApplicable('the resource was deleted and AWS Config does not record its type')],
    ['a resource not recorded', { ...database, status: 'ResourceNotRecorded' }, emptyDefinition, notApplicable('AWS Config does not record the resource')],
    ['a status from the future', { ...database, status: 'ResourceLost' }, emptyDefinition, undecided('the item has the status `ResourceLost`, which this version does not know')],
  ])('%s', (_, item, definition, verdict) => expect(judge(flagRule, item, definition)).toEqual(verdict));
});

describe('what is judged', () => {
  test.each<[string, ConfigurationItem, Definition, Verdict]>([
    ['by default parameters', database, emptyDefinition, nonCompliant({ ...publicFinding, message: 'it is public, 1' })],
    ['by parameters of the definition', database, define({ rules: { 'flag-rule': { least: 3 } } }), nonCompliant({ ...publicFinding, message: 'it is public, 3' })],
    ['a newly discovered resource', { ...database, status: 'ResourceDiscovered', configuration: { publiclyAccessible: false } }, emptyDefinition, compliant('it is private')],
    ['an item that cannot be read', { ...database, configuration: {} }, emptyDefinition, undecided('AWS::RDS::DBInstance orders: the item has no `publiclyAccessible`')],
  ])('%s', (_, item, definition, verdict) => expect(judge(flagRule, item, definition)).toEqual(verdict));

  it('tells the rule whose resource it is and when', () => {
    expect(judge(givenRule, database)).toEqual(compliant('111111111111', 'eu-west-1', arn, String(now)));
  });

  it('throws on parameters the rule does not take: that is no verdict', () => {
    expect(() => judge(flagRule, database, define({ rules: { 'flag-rule': { least: 'none' } } }))).toThrow(new BadParameter('parameter `least`: expected a whole number from 1 to 6, found `none`'));
  });

  it('does not take a fault of the rule for an unreadable item', () => {
    const broken: AnyRule = { ...saying(compliant()), evaluate() { throw new TypeError('a fault'); } };
    expect(() => judge(broken, database)).toThrow(new TypeError('a fault'));
  });
});

describe('related items', () => {
  test.each<[string, readonly ConfigurationItem[], Verdict]>([
    ['found', [subnet('subnet-1'), subnet('subnet-2')], compliant('subnet-1 in eu-west-1a', 'subnet-2 in eu-west-1a')],
    ['missing', [subnet('subnet-2')], compliant('subnet-2 in eu-west-1a')],
    ['deleted', [subnet('subnet-1', { status: 'ResourceDeleted' })], compliant()],
    ['unreadable', [subnet('subnet-1', { configuration: { availabilityZone: 'eu-west-1a' } })], undecided('AWS::EC2::Subnet subnet-1: the item has no `vpcId`')],
  ])('%s', (_, items, verdict) => expect(judge(zonesRule, lambda, emptyDefinition, items)).toEqual(verdict));

  test.each<[string, AnyRule, ConfigurationItem, Definition, readonly object[]]>([
    ['are announced once each', zonesRule, lambda, emptyDefinition, [{ type: 'AWS::EC2::Subnet', id: 'subnet-1' }, { type: 'AWS::EC2::Subnet', id: 'subnet-2' }]],
    ['are none for a rule without needs', flagRule, database, emptyDefinition, []],
    ['are none for another type', zonesRule, database, emptyDefinition, []],
    ['are none for a rule that is off', zonesRule, lambda, define({ off: ['zones-rule'] }), []],
    ['are none for a deleted item', zonesRule, { ...lambda, status: 'ResourceDeleted' }, emptyDefinition, []],
    ['are none for an unreadable item', zonesRule, { ...lambda, configuration: { vpcConfig: 'none' } }, emptyDefinition, []],
  ])('%s', (_, rule, item, definition, ids) => expect(relatedIds(rule, item, definition)).toEqual(ids));
});

describe('exceptions', () => {
  const excepted = { owner: 'web', reason: 'agreed', expires: '2027-01-31' };
  const flagFinding = { ...publicFinding, message: 'it is public, 1' };
  const unclear = undecided('owner of bucket x', [{ kind: 'bucket', id: 'x' }]);
  const allow = (...accounts: string[]) => exception({ rule: 'engine-rule', allow: { accounts } });
  const late = exception({ expires: '2026-10-31' });
  test.each<[string, AnyRule, readonly Exception[], Verdict]>([
    ['a flag rule, excepted whole', flagRule, [exception({})], { kind: 'compliant', notes: [], excepted }],
    ['by a pattern', flagRule, [exception({ resource: 'arn:aws:rds:*:111111111111:db:*' })], { kind: 'compliant', notes: [], excepted }],
    ['of another resource', flagRule, [exception({ resource: `${arn}-2` })], nonCompliant(flagFinding)],
    ['of another rule', flagRule, [exception({ rule: 'other-rule' })], nonCompliant(flagFinding)],
    ['expired', flagRule, [late], { kind: 'non-compliant', findings: [flagFinding], notes: ['exception of web expired on 2026-10-31'] }],
    ['expired, and followed by another', flagRule, [late, exception({ owner: 'ops' })], { kind: 'compliant', notes: [], excepted: { ...excepted, owner: 'ops' } }],
    ['two of them: the longer one is cited', flagRule, [exception({ expires: '2026-12-31' }), exception({ owner: 'ops' })], { kind: 'compliant', notes: [], excepted: { ...excepted, owner: 'ops' } }],
    ['undecided, excepted whole', saying(unclear), [exception({ rule: 'saying-rule' })], { kind: 'compliant', notes: [], excepted }],
    ['undecided, expired', saying(unclear), [exception({ rule: 'saying-rule', expires: '2026-10-31' })], { ...unclear, because: 'owner of bucket x; exception of web expired on 2026-10-31' } as Verdict],
    ['compliant without it', saying(compliant('fine')), [exception({ rule: 'saying-rule' })], compliant('fine')],
    ['not applicable', saying(notApplicable('elsewhere')), [exception({ rule: 'saying-rule' })], notApplicable('elsewhere')],
    ['an engine rule, all of it allowed', engineRule, [allow(...trusts)], { kind: 'compliant', notes: ['only mine'], excepted }],
    ['an engine rule, part of it allowed', engineRule, [allow('333333333333')], nonCompliant(finding('444444444444'))],
    ['an engine rule, allowed by two together: the shorter one is cited', engineRule, [allow('333333333333'), { ...allow('444444444444'), owner: 'ops', expires: '2026-12-31' }], { kind: 'compliant', notes: ['only mine'], excepted: { owner: 'ops', reason: 'agreed', expires: '2026-12-31' } }],
    ['an engine rule, one of two expired', engineRule, [allow('333333333333'), { ...allow('444444444444'), expires: '2026-10-31' }], { kind: 'non-compliant', findings: [finding('444444444444')], notes: ['exception of web expired on 2026-10-31'] }],
    ['an engine rule, nothing allowed', engineRule, [exception({ rule: 'engine-rule' })], nonCompliant(finding('333333333333'), finding('444444444444'))],
  ])('%s', (_, rule, exceptions, verdict) => expect(judge(rule, database, define({ exceptions }))).toEqual(verdict));
});
