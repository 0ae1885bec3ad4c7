import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { grants, policyFor, type Grant } from '../../../entry/deploy/permissions.ts';
import { servicePermissions } from '../../../entry/deploy/service-permissions.ts';
import { parseSettings } from '../../../entry/deploy/settings.ts';
import { scenarios } from './scenarios.ts';
import { settingsText, templatesFor, type Answer } from './stage.ts';

/** Without it, something is not known; everything else goes on. */
const optional = ['servicequotas:ListServiceQuotas'];
/** Everybody may ask who they are. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const free = ['sts:GetCallerIdentity'];
const allDone = /everything stands as it should|Everything is as it should be|^Removed\./m;

describe.each(scenarios)('$title', ({ task, place, before, act }) => {
  it('tells of each permission that is missing, one after the other, goes on from there, and needs no other than those of the table', async () => {
    const clean = await before();
    const start = clean.organization.calls.length;
    const { exit } = await act(clean);
    expect(exit).toBe(task === 'preview' ? 1 : 0);
    const caller = clean.organization.calls[start]!.account;
    const actions = [...new Set(clean.organization.calls.slice(start).filter(({ account, role }) => account === caller && role === 'Administrator').map(({ action }) => action))].filter((one) => !free.includes(one));
    expect(clean.organization.violations).toEqual([]);
    await clean.close();

    const granted = grants.filter((grant) => grant.places.includes(place) && grant.tasks.includes(task)).flatMap((grant) => grant.actions);
    expect(actions.filter((action) => !granted.includes(action))).toEqual([]);

    let stage = await before();
    const deny = async (action: string): Promise<Answer> => {
      stage.organization.faults.deny = [action];
      return act(stage);
    };
    const isReadOnly = task === 'preview' || task === 'status';
    for (const action of actions.filter((one) => isReadOnly || !optional.includes(one))) {
      let answer = await deny(action);
      // The runs before have done it already, or it has come about by itself.
      if (!`${answer.out}${answer.err}`.includes(action)) {
        expect(stage.organization.violations).toEqual([]);
        await stage.close();
        stage = await before();
        answer = await deny(action);
      }
      const said = `${answer.out}${answer.err}`;
      expect(said, action).toContain(action);
      expect(said, action).not.toMatch(allDone);
      expect(answer.exit, action).not.toBe(0);
      // Says what grants it, in words for IAM or for the management account.
      if (!optional.includes(action)) expect(said, action).toMatch(/"Effect":"Allow"|Not known/);
    }
    stage.organization.faults.deny = [];
    expect((await act(stage)).exit).toBe(exit);
    expect(stage.organization.violations).toEqual([]);
    await stage.close();
  });
});

describe('the table of permissions', () => {
  it('has nothing that no command calls', async () => {
    const used = new Set<string>();
    for (const { task, place, before, act } of scenarios) {
      const stage = await before();
      const start = stage.organization.calls.length;
      await act(stage);
      for (const { action } of stage.organization.calls.slice(start)) used.add(`${task} ${place} ${action}`);
      await stage.close();
    }
    // What only a failure brings about, what S3 and CloudFormation ask for besides, and previews and looks that have no scenario of their own.
    const besides = ['cloudformation:TagResource', 's3:DeleteObject', 'cloudformation:DeleteChangeSet', 'cloudformation:DescribeStackEvents', 'cloudformation:DeleteStack'];
    const isPlayed = ({ tasks, places }: Grant): boolean => scenarios.some(({ task, place }) => tasks.includes(task) && places.includes(place));
    const unused = grants.filter(isPlayed).flatMap((grant) => grant.actions.filter((action) => !besides.includes(action) && !grant.tasks.some((task) => grant.places.some((place) => used.has(`${task} ${place} ${action}`)))));
    expect(unused).toEqual([]);
  });

  it('has the types of all stacks, and no other', () => {
    const settings = parseSettings(settingsText, 'deployment.yaml');
    const { bucket, administrator, member, management, organizationPack } = templatesFor(settings);
    const typesOf = (text: string): readonly string[] => Object.values((parse(text) as { Resources: Record<string, { Type: string }> }).Resources).map(({ Type }) => Type);
    const texts = { organization: [bucket, administrator, organizationPack('111111111111', 'eu-west-1')], account: [bucket, member], management: [management, member] };
    for (const place of ['organization', 'account', 'management'] as const) {
      const types = [...new Set(texts[place].flatMap(({ text }) => typesOf(text)))];
      const granted = new Set(servicePermissions.filter(({ places }) => places.includes(place)).flatMap((grant) => grant.types));
      expect(types.filter((type) => !granted.has(type)), place).toEqual([]);
    }
    const all = new Set(Object.values(texts).flat().flatMap(({ text }) => typesOf(text)));
    expect(servicePermissions.flatMap(({ types }) => types).filter((type) => !all.has(type))).toEqual([]);
  });

  it('gives a policy that changes nothing to who only looks', () => {
    const { Statement } = policyFor(['preview', 'status'], 'organization', 'aws-us-gov', servicePermissions);
    const actions = Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /:(Create|Update|Delete|Put|Execute|Tag)/.test(action))).toEqual(['cloudformation:CreateChangeSet', 'cloudformation:DeleteChangeSet']);
    expect(Statement.flatMap(({ Resource }) => Resource).filter((one) => one !== '*' && !one.startsWith('arn:aws-us-gov:'))).toEqual([]);
    expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
  });
});
