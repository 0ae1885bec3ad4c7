import type { Ports } from '../../../entry/planner/given.ts';
import { definition, now } from '../../support/perimeter.ts';
import { get, put, type Item } from '../../support/automation/fake-aws/expression-path.ts';
import { fakeAws, type FakeAws } from '../../support/automation/fake-aws/index.ts';
import { virtualClock } from '../../support/automation/clock.ts';

export const place = { accountId: '111111111111', region: 'eu-west-1', partition: 'aws' };
export const table = 'perimeter-ledger';

export interface World {
  readonly ports: Ports;
  readonly fake: FakeAws;
  readonly log: (readonly [string, string, Readonly<Record<string, unknown>>])[];
}

/** A ledger in memory, and answers by port; a port that a test does not expect fails it. */
export function worldOf(answers: Partial<Ports> = {}): World {
  const clock = virtualClock(now);
  const fake = fakeAws({ clock, state: { tables: { [table]: { key: ['pk', 'sk'], items: [] } } } });
  const log: World['log'][number][] = [];
  const ledger = (api: string) => (input: object): Promise<never> => fake.callApi('dynamodb', api, input as never, 'planner') as Promise<never>;
  const port = (name: string) => async (): Promise<never> => { throw new Error(`unexpected call of ${name}`); };
  return { fake, log, ports: {
    getItem: ledger('GetItem'), putItem: ledger('PutItem'), updateItem: ledger('UpdateItem'), query: ledger('Query'), ledgerTable: table,
    definition: async () => definition, now: () => clock.now(), sleep: async (duration) => { clock.advanceTo(clock.now() + duration); },
    log: (level, message, fields) => { log.push([level, message, fields]); },
    describeVpcEndpoints: port('describeVpcEndpoints'), describeSubnets: port('describeSubnets'), describeSecurityGroups: port('describeSecurityGroups'),
    listDiscoveredResources: port('listDiscoveredResources'), role: port('role'), rolePolicies: port('rolePolicies'),
    functionConfiguration: port('functionConfiguration'), functionTags: port('functionTags'), describeConfigRules: port('describeConfigRules'), getComplianceDetails: port('getComplianceDetails'),
    ...answers,
  } };
}

export const itemsOf = ({ fake }: World): readonly Item[] => fake.state.tables[table]!.items;
/** Texts of the run of an id. */
export function runOf(world: World, executionId: string, names: readonly string[]): readonly unknown[] {
  const item = itemsOf(world).find((one) => get(one, ['sk'])?.['S'] === `RUN#${executionId}`);
  return names.map((name) => item === undefined ? undefined : get(item, [name])?.['S']);
}
/** Changes an attribute of the only item of a sort key. */
export const setIn = (world: World, sk: string, name: string, value: Item): void => { put(itemsOf(world).find((one) => get(one, ['sk'])?.['S'] === sk)!, [name], value); };
