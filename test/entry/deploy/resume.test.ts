import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../entry/remediation/hash.ts';
import { scenarios, type Scenario } from './scenarios.ts';
import { writesIn, type Stage } from './stage.ts';

/** What stands, without what differs from run to run. */
function standing({ organization: { state } }: Stage): object {
  return {
    stacks: state.stacks.filter(({ status }) => status !== 'DELETE_COMPLETE').map(({ account, region, name, status, content }) => `${account} ${region} ${name.replace(/(StackSet|Member)-.*/, '$1')} ${status.replace(/(CREATE|UPDATE)_COMPLETE/, 'COMPLETE')} ${content?.template.text.length ?? 0}`).sort(),
    sets: state.stackSets.map(({ name, instances, content }) => ({ name, text: sha256(content.template.text), instances: [...instances.values()].map(({ account, region, status }) => `${account} ${region} ${status}`).sort() })),
    buckets: [...state.buckets.values()].map(({ name, objects }) => ({ name, objects: [...objects].map(([key, versions]) => `${key} ${versions.at(-1)!.body.length}`).sort() })),
    parameters: [...state.parameters].map(([key, { value }]) => `${key} ${value}`).sort(),
  };
}

const cut = ['the first deployment', 'a change', 'a deployment whose administrator stack failed', 'the first deployment to one account', 'a removal', 'a removal from one account', 'a deployment to the management account'];

/** Numbers of the calls that change something, from the first call of the command on. */
async function cleanRun({ before, act }: Scenario): Promise<{ readonly writes: readonly number[]; readonly standing: object }> {
  const stage = await before();
  const from = stage.organization.calls.length;
  expect((await act(stage)).exit).toBe(0);
  const writes = stage.organization.calls.flatMap((call, at) => at >= from && writesIn({ ...stage.organization, calls: [call] }).length > 0 ? [at - from] : []);
  const left = standing(stage);
  await stage.close();
  return { writes, standing: left };
}

describe.each(scenarios.filter(({ title }) => cut.includes(title)))('$title', (scenario) => {
  it('that is cut off before or after any change is never told as done, and another run ends where it should', async () => {
    const { writes, standing: expected } = await cleanRun(scenario);
    expect(writes.length).toBeGreaterThan(2);
    for (const write of writes) {
      for (const when of ['before', 'after'] as const) {
        const stage = await scenario.before();
        const { organization } = stage;
        organization.faults.kill = { at: organization.calls.length + write, when };
        const stopped = await scenario.act(stage);
        expect(stopped.exit, `${when} ${write}`).not.toBe(0);
        expect(stopped.out).not.toMatch(/everything stands|^Removed\./m);
        organization.revive();
        const again = await scenario.act(stage);
        expect(again.exit, `${when} ${write}: ${again.out}${again.err}`).toBe(0);
        expect(standing(stage), `${when} ${write}`).toEqual(expected);
        expect(organization.violations).toEqual([]);
        await stage.close();
      }
    }
  }, 120_000);
});
