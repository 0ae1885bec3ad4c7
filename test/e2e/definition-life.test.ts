import { describe, expect, inject, test } from 'vitest';
import { readDefinition } from '../../core/definition.ts';
import { startConfigServer, type Call, type ConfigServer, type Script } from '../support/config-server.ts';
import { bundleOf, runEvaluator, runFunction, type Run } from './evaluator-process.ts';

const parts = inject('parts');
const account = '111122223333';
const functionArn = `arn:aws:lambda:eu-west-1:${account}:function:perimeter-any`;
const mine = 'o-4tkekae453';
const bucket = `perimeter-${account}-eu-west-1`;
const [publishedKey, sourceKey] = [`/${bucket}/definition.json`, `/${bucket}/definition-source.json`];
const source = JSON.stringify({ version: 1, organizations: [mine], accounts: 'organization' });

/** Organizations with these accounts, on pages of 20 after an empty one. */
const organization = (ids: readonly string[], id = mine): NonNullable<Script['always']> => ({
  DescribeOrganization: () => ({ Organization: { Id: id, MasterAccountId: ids[0] ?? account } }),
  ListAccounts({ NextToken = '0' }) {
    const from = Number(NextToken);
    const page = from === 0 ? [] : ids.slice(from - 1, from + 19);
    const next = from === 0 ? 1 : from + 20;
    return { Accounts: page.map((Id) => ({ Id, State: Id.endsWith('7') ? 'SUSPENDED' : 'ACTIVE' })), ...next <= ids.length ? { NextToken: String(next) } : {} };
  },
});
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => String(111_122_223_333 + index));
const definitionOf = (accounts: readonly string[]): string => JSON.stringify({ accounts, organizations: [mine], version: 1 });
const operations = ({ calls }: ConfigServer): string[] => calls.map(({ operation }) => operation);

const evaluator = `arn:aws:lambda:eu-west-1:${account}:function:perimeter-evaluator`;
const rule = (ConfigRuleName: string, ruleId = ConfigRuleName): Record<string, unknown> =>
  ({ ConfigRuleName, ConfigRuleState: 'ACTIVE', InputParameters: JSON.stringify({ ruleId }), Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: evaluator } });
const start = (names: readonly string[]): Call => ({ operation: 'StartConfigRulesEvaluation', input: { ConfigRuleNames: names } });

/** An account with a ledger and the rules on pages of two thirds and a third. */
function member(rules: readonly Record<string, unknown>[], more: Script = {}): Script {
  const ledger: { item?: unknown } = {};
  const cut = Math.ceil(rules.length * 2 / 3);
  return {
    ...more,
    always: {
      DescribeConfigRules: ({ NextToken }) => NextToken === undefined ? { ConfigRules: rules.slice(0, cut), NextToken: 'second' } : { ConfigRules: rules.slice(cut) },
      GetItem: () => ledger.item === undefined ? {} : { Item: ledger.item },
      PutItem({ Item }) { ledger.item = Item; return {}; },
      ...more.always,
    },
  };
}

describe.each([['Node 22', parts.node22], ['Node 24', parts.node24]])('%s', (_, node) => {
  const publish = (server: ConfigServer, environment: Readonly<Record<string, string>> = { PERIMETER_BUCKET: bucket }, times = 1): Promise<Run> =>
    runFunction(node, server.url, bundleOf('publisher'), environment, Array.from({ length: times }, () => ({ event: {}, functionArn })));
  const reevaluate = (server: ConfigServer, times: readonly number[] = [Date.now()], environment: Readonly<Record<string, string>> = {}): Promise<Run> =>
    runFunction(node, server.url, bundleOf('reevaluator'), { PERIMETER_LEDGER: 'perimeter-ledger', PERIMETER_DEFINITION: `s3://${bucket}/definition.json`, ...environment }, times.map((now) => ({ event: {}, functionArn, now })));
  const withServer = async (script: Script, act: (server: ConfigServer) => Promise<void>): Promise<void> => {
    const server = await startConfigServer(script);
    try {
      await act(server);
      expect(server.violations).toEqual([]);
    } finally { await server.close(); }
  };

  describe('the publisher', () => {
    test.concurrent('reads all pages, writes the list once, and then leaves it', () => {
      const objects = { [sourceKey]: source, [publishedKey]: definitionOf(ids(40)) };
      return withServer({ objects, always: organization(ids(43)), answers: { ListAccounts: [{ fault: 'TooManyRequestsException' }, 'throttling'] } }, async (server) => {
        const { outcomes, log } = await publish(server, undefined, 2);
        expect(outcomes).toEqual([null, null]);
        expect(objects[publishedKey]).toBe(definitionOf(ids(43)));
        expect(log).toEqual([{ level: 'info', message: 'published', joined: ids(43).slice(40), left: [] }, { level: 'info', message: 'unchanged' }]);
        const list = ['ListAccounts', 'ListAccounts', 'ListAccounts', 'ListAccounts'];
        expect(operations(server)).toEqual(['GetObject', 'GetObject', 'DescribeOrganization', 'ListAccounts', 'ListAccounts', ...list, 'PutObject', 'GetObject', 'GetObject', 'DescribeOrganization', ...list]);
      });
    });

    test.concurrent('does not overwrite what a deployment wrote meanwhile', () => {
      const objects = { [sourceKey]: source, [publishedKey]: definitionOf(ids(1)) };
      const deployed = JSON.stringify({ version: 1, organizations: [mine], accounts: 'organization', rules: { 'rds-instance-not-public': 'off' } });
      const meanwhile = [(held: Record<string, string>) => { held[sourceKey] = deployed; held[publishedKey] = JSON.stringify({ ...JSON.parse(deployed) as object, accounts: ids(2) }); }];
      return withServer({ objects, meanwhile, always: organization(ids(3)) }, async (server) => {
        expect((await publish(server)).outcomes).toEqual([null]);
        expect(JSON.parse(objects[publishedKey]!)).toEqual({ version: 1, organizations: [mine], accounts: ids(3), rules: { 'rds-instance-not-public': 'off' } });
        const puts = server.calls.filter(({ operation }) => operation === 'PutObject').map(({ input }) => input['IfMatch']);
        expect(new Set(puts).size).toBe(2);
      });
    });

    test.concurrent('makes a definition that there was not, and no other', () => {
      const objects: Record<string, string> = { [sourceKey]: source };
      return withServer({ objects, always: organization(ids(2)) }, async (server) => {
        expect((await publish(server)).outcomes).toEqual([null]);
        expect(server.calls.at(-1)).toEqual({ operation: 'PutObject', input: { path: publishedKey, IfNoneMatch: '*', body: definitionOf(ids(2)) } });
      });
    });

    test.concurrent('publishes 5,000 accounts that functions can read', () => {
      const objects = { [sourceKey]: source, [publishedKey]: definitionOf(ids(4999)) };
      return withServer({ objects, always: organization(ids(5000)) }, async (server) => {
        expect((await publish(server)).outcomes).toEqual([null]);
        expect(readDefinition(JSON.parse(objects[publishedKey]!)).perimeter.accounts).toEqual(ids(5000));
      });
    });

    test.concurrent.each<[string, Script, string]>([
      ['another organization', { always: organization(ids(30), 'o-0000000000') }, '`definition-source.json` is not valid, and nothing is published from it: organizations: expected `o-0000000000` among them, the organization that the pack is deployed to, found `o-4tkekae453`'],
      ['no accounts', { always: organization([]) }, `AWS Organizations lists 0 accounts of \`${mine}\` without its management account \`${account}\`, so the list is not complete`],
      ['a list cut short', { always: organization(ids(20)) }, '10 of 30 accounts are not listed any more, such as `111122223353`, and the list before is kept; if they have left, publish the new one with `perimeter deploy apply`'],
      ['a denied list', { always: { ...organization(ids(30)), ListAccounts: () => ({ fault: 'AccessDeniedException' }) } }, 'AccessDeniedException is played'],
      ['a list that breaks off', { always: organization(ids(30)), answers: { ListAccounts: [() => ({ Accounts: [{ Id: account }], NextToken: '1' }), { fault: 'ServiceException' }] } }, 'ServiceException is played'],
    ])('publishes nothing for %s', (_case, script, message) => {
      const objects = { [sourceKey]: source, [publishedKey]: definitionOf(ids(30)) };
      return withServer({ ...script, objects }, async (server) => {
        const { outcomes, log } = await publish(server);
        expect(outcomes).toEqual([message]);
        expect(log.at(-1)).toMatchObject({ level: 'error', message });
        expect(objects[publishedKey]).toBe(definitionOf(ids(30)));
        expect(operations(server)).not.toContain('PutObject');
      });
    });

    test.concurrent('without its source or its bucket is an error', () => withServer({ always: organization(ids(2)) }, async (server) => {
      expect((await publish(server)).outcomes).toEqual(['there is no `definition-source.json`; write it with `perimeter deploy apply`']);
      expect((await publish(server, {})).outcomes).toEqual(['the environment variable `PERIMETER_BUCKET` is missing; set it to the name of the bucket that holds the definition']);
    }));
  });

  describe('the re-evaluator', () => {
    const names = Array.from({ length: 60 }, (_each, index) => `rule-${String(index).padStart(2, '0')}`);
    const objects = (text = definitionOf(ids(2))): Record<string, string> => ({ [publishedKey]: text });
    const starts = ({ calls }: ConfigServer): Call[] => calls.filter(({ operation }) => operation === 'StartConfigRulesEvaluation');
    const hour = 3_600_000;
    const tooEarly = 'the definition was written a moment ago, and evaluators may not have read it; the next run starts what it changes';

    test.concurrent('starts 60 rules in three calls, and none again while nothing changes', () => withServer(member(names.map((name) => rule(name)), { objects: objects(), answers: { DescribeConfigRules: ['throttling'], StartConfigRulesEvaluation: ['throttling', { fault: 'LimitExceededException' }] } }), async (server) => {
      const { outcomes } = await reevaluate(server, [Date.now(), Date.now() + hour]);
      expect(outcomes).toEqual([null, null]);
      const some = [names.slice(0, 25), names.slice(25, 50), names.slice(50)].map(start);
      expect(starts(server)).toEqual([some[0], some[0], ...some]);
      const save = ['StartConfigRulesEvaluation', 'PutItem'];
      const read = ['GetObject', 'GetItem', 'DescribeConfigRules', 'DescribeConfigRules'];
      expect(operations(server)).toEqual([...read, 'DescribeConfigRules', 'StartConfigRulesEvaluation', 'StartConfigRulesEvaluation', ...save, ...save, ...save, ...read]);
    }));

    test.concurrent('starts what a changed definition concerns, when evaluators have read it', () => {
      const held = objects();
      const script = member([rule('first', 'rds-instance-not-public'), rule('second', 'lambda-in-perimeter-vpc')], { objects: held, modified: new Date(Date.now() - hour) });
      return withServer(script, async (server) => {
        await reevaluate(server);
        held[publishedKey] = JSON.stringify({ ...JSON.parse(held[publishedKey]!) as object, rules: { 'lambda-in-perimeter-vpc': { minimumZones: 2 } } });
        const { log } = await reevaluate(server, [Date.now() - hour + 60_000, Date.now() + hour]);
        expect(log.map(({ message }) => message)).toEqual([tooEarly, 'started']);
        expect(starts(server)).toEqual([start(['first', 'second']), start(['second'])]);
      });
    });

    test.concurrent('starts a rule when its exception ends at midnight (UTC)', () => {
      const text = JSON.stringify({ version: 1, organizations: [mine], exceptions: [{ rule: 'rds-instance-not-public', resource: 'arn:aws:rds:*:*:db:x', owner: 'data', reason: 'a migration', expires: '2026-05-10' }] });
      return withServer(member([rule('first', 'rds-instance-not-public'), rule('second', 'lambda-in-perimeter-vpc')], { objects: objects(text) }), async (server) => {
        const { outcomes } = await reevaluate(server, ['2026-05-10T22:59:59Z', '2026-05-10T23:59:59Z', '2026-05-11T00:00:00Z', '2026-05-11T01:00:00Z'].map((time) => Date.parse(time)));
        expect(outcomes).toEqual([null, null, null, null]);
        expect(starts(server)).toEqual([start(['first', 'second']), start(['first'])]);
      });
    });

    test.concurrent('reads a parameter of Systems Manager', () => {
      const GetParameter = (): Record<string, unknown> => ({ Parameter: { Name: '/perimeter/definition', Type: 'String', Value: definitionOf(ids(1)), LastModifiedDate: 1_700_000_000 } });
      return withServer(member([rule('first')], { always: { GetParameter } }), async (server) => {
        const { outcomes, log } = await reevaluate(server, [1_700_000_060_000, 1_700_000_360_000], { PERIMETER_DEFINITION: 'ssm:/perimeter/definition' });
        expect(outcomes).toEqual([null, null]);
        expect(log.map(({ message }) => message)).toEqual([tooEarly, 'started']);
        expect(starts(server)).toEqual([start(['first'])]);
      });
    });

    test.concurrent('leaves what AWS Config does not take for the next run', () => withServer(member(names.slice(0, 30).map((name) => rule(name)), { objects: objects(), answers: { StartConfigRulesEvaluation: [() => ({}), { fault: 'LimitExceededException' }] } }), async (server) => {
      const { outcomes, log } = await reevaluate(server, [Date.now(), Date.now() + hour], { AWS_MAX_ATTEMPTS: '1' });
      expect(outcomes).toEqual([null, null]);
      expect(log).toContainEqual({ level: 'warn', message: 'AWS Config evaluates them already or had too many calls; the next run tries again', rules: names.slice(25, 30) });
      expect(starts(server)).toEqual([start(names.slice(0, 25)), start(names.slice(25, 30)), start(names.slice(25, 30))]);
    }));

    test.concurrent('fails when AWS Config refuses rules of the pack, and names what to do', () => withServer(member([rule('first'), rule('second')], { objects: objects(), always: { StartConfigRulesEvaluation: () => ({ fault: 'InvalidParameterValueException' }) } }), async (server) => {
      const { outcomes, log } = await reevaluate(server);
      expect(outcomes).toEqual(["AWS Config does not evaluate 2 of the pack's rules on demand: `first`, `second`; what they show is from before the change, see `Rules that cannot be started` in docs/operations.md"]);
      expect(log.map(({ level }) => level)).toEqual(['error', 'error', 'error']);
      expect(starts(server)).toEqual([['first', 'second'], ['first'], ['second']].map(start));
    }));

    test.concurrent.each<[string, Record<string, string>, RegExp]>([
      ['is not there', {}, /cannot be loaded: The specified key does not exist\.$/],
      ['is no definition', objects('{"version":1}'), /is not valid: organizations: is missing/],
    ])('fails and starts nothing when the definition %s', (_case, held, message) => withServer(member([rule('first')], { objects: held }), async (server) => {
      const { outcomes } = await reevaluate(server);
      expect(outcomes).toEqual([expect.stringMatching(message)]);
      expect(operations(server)).toEqual(['GetObject']);
    }));

    test.concurrent('follows the bucket to its Region', () => withServer(member([rule('first')], { objects: objects(), bucketRegion: 'us-east-1' }), async (server) => {
      expect((await reevaluate(server)).outcomes).toEqual([null]);
      expect(operations(server).slice(0, 3)).toEqual(['GetObject', 'GetObject', 'GetItem']);
    }));
  });

  describe('the evaluator', () => {
    const summary = { awsAccountId: account, awsRegion: 'eu-west-1', ARN: `arn:aws:rds:eu-west-1:${account}:db:ledger`, resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', resourceName: 'ledger', configurationItemVersion: '1.3', configurationItemStatus: 'OK', configurationItemCaptureTime: '2026-01-10T10:00:00.000Z' };
    const event = {
      invokingEvent: JSON.stringify({ messageType: 'ConfigurationItemChangeNotification', configurationItem: { ...summary, tags: {}, supplementaryConfiguration: {}, configuration: { dBInstanceIdentifier: 'ledger', publiclyAccessible: false } } }),
      ruleParameters: JSON.stringify({ ruleId: 'rds-instance-not-public' }), resultToken: 'token', eventLeftScope: false, accountId: account, configRuleName: 'some-name',
    };
    test.concurrent('follows the bucket to its Region, also when it asks whether 5,000 accounts have changed', () => withServer({ objects: { [publishedKey]: definitionOf(ids(5000)) }, bucketRegion: 'ap-southeast-2' }, async (server) => {
      // Neither time is 5 minutes from the server's, for then the client would sign anew by that clock.
      const times = [Date.now() - 151_000, Date.now() + 151_000];
      const { outcomes } = await runEvaluator(node, server.url, `s3://${bucket}/definition.json`, times.map((now) => ({ event, functionArn, now })));
      expect(outcomes).toEqual([null, null]);
      expect(operations(server)).toEqual(['GetObject', 'GetObject', 'PutEvaluations', 'GetObject', 'GetObject', 'PutEvaluations']);
    }));
  });
});
