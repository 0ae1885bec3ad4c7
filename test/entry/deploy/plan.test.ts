import { describe, expect, it } from 'vitest';
import type { Aws } from '../../../entry/aws/clients.ts';
import { emptyDefinition } from '../../../core/definition.ts';
import { desired } from '../../../entry/deploy/desired.ts';
import { fixedLimits } from '../../../entry/deploy/limits.ts';
import type { OrganizationPlace } from '../../../entry/deploy/place.ts';
import { parseSettings } from '../../../entry/deploy/settings.ts';
import { planInstances, type Current, type Instance, type Wanted } from '../../../entry/deploy/stack-set-plan.ts';
import { parameterDiff, templateDiff } from '../../../entry/deploy/template-diff.ts';
import { templatesFor } from './stage.ts';

const instance = (account: string, region = 'eu-west-1', status = 'CURRENT', detail = 'SUCCEEDED'): Instance => ({ account, region, status, detail, reason: undefined });
const wanted = (accounts: readonly string[], more: Partial<Wanted> = {}): Wanted => ({ units: ['r-a'], canary: [], excluded: [], accounts, regions: ['eu-west-1'], ...more });
const current = (instances: readonly Instance[], more: Partial<Current> = {}): Current => ({ instances, units: ['r-a'], stale: new Map(), ...more });
const nothing = { create: [], takeIn: [], update: [], remove: [], inoperable: [] };

describe('the plan of instances', () => {
  it.each<readonly [title: string, wanted: Wanted, current: Current, plan: object]>([
    ['all as wanted', wanted(['1', '2']), current([instance('1'), instance('2')]), nothing],
    ['a unit that has not been targeted', wanted(['1', '2']), current([], { units: [] }), { create: [{ units: ['r-a'], regions: ['eu-west-1'], accounts: undefined, count: 2 }] }],
    ['an account that is missing', wanted(['1', '2', '3']), current([instance('1'), instance('3')]), { create: [{ units: ['r-a'], regions: ['eu-west-1'], accounts: ['2'], count: 1 }] }],
    ['a Region that is new', wanted(['1', '2'], { regions: ['eu-west-1', 'us-east-1'] }), current([instance('1'), instance('2')]), { create: [{ units: ['r-a'], regions: ['us-east-1'], accounts: undefined, count: 2 }] }],
    ['accounts that came first', wanted(['1', '2'], { canary: ['ou-c'] }), current([instance('1')], { units: ['ou-c'] }), { create: [{ units: ['r-a'], regions: ['eu-west-1'], accounts: undefined, count: 1 }] }],
    ['few that failed', wanted(['1', '2', '3'], { canary: ['ou-c'] }), current([instance('1'), instance('2', 'eu-west-1', 'OUTDATED', 'FAILED'), instance('3')]), { update: [{ units: ['r-a', 'ou-c'], regions: ['eu-west-1'], accounts: ['2'], count: 1 }] }],
    ['most that are out of date', wanted(['1', '2', '3']), current([instance('1'), instance('2', 'eu-west-1', 'OUTDATED'), instance('3', 'eu-west-1', 'OUTDATED')]), { update: [{ units: ['r-a'], regions: ['eu-west-1'], accounts: undefined, count: 2 }] }],
    ['one that nothing mends', wanted(['1', '2', '3']), current([instance('1', 'eu-west-1', 'INOPERABLE'), instance('2'), instance('3')]), { inoperable: [instance('1', 'eu-west-1', 'INOPERABLE')] }],
    ['an account that is left out', wanted(['1']), current([instance('1'), instance('2')]), { remove: [{ units: ['r-a'], regions: ['eu-west-1'], accounts: ['2'], count: 1 }] }],
    ['an account that was suspended', wanted(['1']), current([instance('1'), instance('2', 'eu-west-1', 'OUTDATED', 'SKIPPED_SUSPENDED_ACCOUNT')]), nothing],
    ['a unit that is no longer named', wanted(['1']), current([instance('1'), instance('2')], { units: ['r-a', 'ou-old'], stale: new Map([['ou-old', new Set(['2'])]]) }), { remove: [{ units: ['ou-old'], regions: ['eu-west-1'], accounts: undefined, count: 1 }] }],
    ['a unit that is no longer named, below one that is', wanted(['1', '2']), current([instance('1'), instance('2'), instance('3')], { units: ['r-a', 'ou-old'], stale: new Map([['ou-old', new Set(['2', '3'])]]) }), { remove: [{ units: ['r-a', 'ou-old'], regions: ['eu-west-1'], accounts: ['3'], count: 1 }] }],
  ])('%s', (_, want, have, plan) => { expect(planInstances(want, have)).toEqual({ ...nothing, ...plan }); });
});

describe('differences', () => {
  it('are of meaning, not of text', () => {
    expect(templateDiff('Resources:\n  A: { Type: T, Properties: { a: 1, b: 2 } }\n', '{"Resources":{"A":{"Properties":{"b":2,"a":1},"Type":"T"}}}')).toEqual({ added: [], changed: [], removed: [], sections: [] });
    expect(templateDiff('{"Parameters":{},"Resources":{"A":{"Type":"T"},"B":{"Type":"T"}}}', '{"Resources":{"B":{"Type":"U"},"C":{"Type":"T"}}}')).toEqual({ added: ['C'], changed: ['B'], removed: ['A'], sections: ['Parameters'] });
    expect(parameterDiff({ A: '1', B: '', Default: 'x' }, { A: '2', B: '', C: '3' })).toEqual([{ name: 'A', from: '1', to: '2' }, { name: 'C', from: undefined, to: '3' }]);
  });
});

describe('limits', () => {
  const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => String(100_000_000_001 + i));
  const limits = (text: string, accounts: readonly string[], members: readonly string[], templates = templatesFor(parseSettings(text, 'deployment.yaml'))): readonly string[] => {
    const settings = parseSettings(text, 'deployment.yaml');
    const place: OrganizationPlace = {
      kind: 'organization', caller: { account: '100000000002', arn: '', partition: 'aws' }, organization: { id: 'o-perimeter01', managementAccount: '100000000001' }, callAs: 'DELEGATED_ADMIN',
      members: members.map((id) => ({ id, name: id, isActive: true })), accounts, canary: [],
    };
    const found = desired({ s3: () => undefined } as unknown as Aws, place, { settings, definition: emptyDefinition, written: { version: 1, organizations: ['o-perimeter01'] }, templates });
    return fixedLimits(found, settings).filter(({ severity }) => severity === 'error').map(({ message }) => message);
  };
  const root = 'homeRegion: eu-west-1\ntargets: [r-perm]\n';

  it('are none in the way of 5,000 accounts', () => { expect(limits(root, ids(5000).slice(1), ids(5000))).toEqual([]); });

  it('of organization packs, units and templates are told', () => {
    expect(() => limits(`${root}pack: organization-pack\n`, [], ids(1001))).toThrow('an organization pack excludes at most 1000 accounts, found 1001');
    expect(limits(`${root}canary: [${Array.from({ length: 50 }, (_, i) => `ou-perm-${String(i).padStart(8, '0')}`).join(', ')}]\n`, ids(2), ids(2))).toEqual(['51 organizational units are named, CloudFormation takes 50 at a time']);
    const templates = templatesFor(parseSettings(root, 'deployment.yaml'));
    expect(limits(root, ids(2), ids(2), { ...templates, member: { ...templates.member, bytes: 1_000_001 } })).toEqual(['the template `member` has 1000001 bytes, CloudFormation takes 1000000']);
  });
});
