import { describe, expect, it } from 'vitest';
import { explain, type WrittenAnswer } from '../../entry/ask/answer.ts';
import { answerer } from '../../entry/ask/batch.ts';
import { jsonFault } from '../support/json-fault.ts';
import { now, organization, ownAccount, strangerAccount } from '../support/perimeter.ts';

const trust = (principal: unknown): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] });
const perimeter = { organizations: [organization], accounts: [ownAccount] };
const asked = { kind: 'trust', account: ownAccount, perimeter };
const onQueues = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] };
const mine = trust({ AWS: `arn:aws:iam::${ownAccount}:root` });

const inside: WrittenAnswer = { answer: 'inside', because: `it names only \`arn:aws:iam::${ownAccount}:root\`` };
const someone = `arn:aws:iam::${strangerAccount}:role/someone`;
const outside: WrittenAnswer = {
  answer: 'outside', reach: 'any-account', at: '/Statement/0',
  because: `any AWS account can assume the role through Statement 0: the role \`${someone}\` could call sts:AssumeRole`,
  witness: {
    principal: { kind: 'role', account: strangerAccount, arn: someone }, action: 'sts:AssumeRole',
    context: {
      'aws:PrincipalAccount': strangerAccount, 'aws:PrincipalArn': someone, 'aws:PrincipalType': 'AssumedRole', 'aws:PrincipalIsAWSService': 'false',
      'aws:ResourceAccount': ownAccount, 'aws:ResourceOrgID': organization,
    },
  },
};

/** Answers the lines as one batch, numbered from one. */
function answered(...lines: (object | string)[]): unknown[] {
  const answer = answerer(now);
  return lines.map((line, i) => {
    const written = answer(typeof line === 'string' ? line : JSON.stringify(line), i + 1);
    return written === undefined ? undefined : [written.status, JSON.parse(written.text)];
  });
}

const bad: Readonly<Record<string, readonly [object, string]>> = {
  'no kind': [{ ...asked, kind: undefined, policy: mine }, '`kind` is missing: one of vpc-endpoint, resource, trust, identity, scp, rcp'],
  'an unknown kind': [{ ...asked, kind: 'role', policy: mine }, '`kind`: expected one of vpc-endpoint, resource, trust, identity, scp, rcp, found `role`'],
  'a kind that is no text': [{ ...asked, kind: 1, policy: mine }, '`kind`: expected text, found 1'],
  'no policy': [asked, '`policy` is missing: a policy as an object or as text'],
  'a policy that is broken JSON': [{ ...asked, policy: '{' }, `\`policy\`: not JSON: ${jsonFault('{')}`],
  'policies without kind': [{ ...asked, policies: [mine] }, '`policies/0/kind` is missing: one of identity, boundary, scp, rcp, vpc-endpoint, resource, trust'],
  'policies that are no list': [{ ...asked, policies: mine }, '`policies`: expected a list of objects with `kind` and `policy`'],
  'one of several policies broken': [{ ...asked, policies: [{ kind: 'trust', policy: mine }, { kind: 'rcp', policy: { Statement: 1 } }] }, '`policies/1/policy`: `/Statement`: expected a statement object'],
  'a policy missing among several': [{ ...asked, policies: [{ kind: 'trust' }] }, '`policies/0/policy` is missing: a policy as an object or as text'],
  'two policies where one can hang': [{ ...asked, policies: [{ kind: 'trust', policy: mine }, { kind: 'trust', policy: mine }] }, 'expected one policy of kind resource or trust, found 2'],
  'an SCP that names a principal': [{ ...asked, kind: 'scp', policy: mine }, '`policy`: /Statement/0: an SCP names no principal, but this does; is it a policy of another kind?'],
  'an identity policy that names a principal': [{ ...asked, policies: [{ kind: 'identity', policy: mine }] }, '`policies/0/policy`: /Statement/0: an identity policy names no principal, but this does; is it a policy of another kind?'],
  'a boundary that names a principal': [{ ...asked, policies: [{ kind: 'boundary', policy: mine }] }, '`policies/0/policy`: /Statement/0: a permissions boundary names no principal, but this does; is it a policy of another kind?'],
  'a resource policy that names no principal': [{ ...asked, kind: 'resource', policy: { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } } }, '`policy`: /Statement: a resource policy names principals, but this names none; is it a policy of another kind?'],
  'a trust policy that names no principal': [{ ...asked, policies: [{ kind: 'trust', policy: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] } }] }, '`policies/0/policy`: /Statement/0: a trust policy names principals, but this names none; is it a policy of another kind?'],
  'an RCP of all but some actions': [{ ...asked, kind: 'rcp', policy: { Statement: { Effect: 'Deny', Principal: '*', NotAction: 's3:*', Resource: '*' } } }, '`policy`: /Statement: an RCP has no NotAction; name the actions, such as `s3:*`'],
  'an RCP that allows': [{ ...asked, kind: 'rcp', policy: { Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' } } }, '`policy`: /Statement: an RCP denies, but this allows; is it a policy of another kind?'],
  'an RCP that allows everything under a condition': [{ ...asked, kind: 'rcp', policy: { Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } } } }, '`policy`: /Statement: an RCP denies, but this allows; is it a policy of another kind?'],
  'an RCP that names a principal': [{ ...asked, kind: 'rcp', policy: { Statement: { Effect: 'Deny', Principal: { AWS: '111111111111' }, Action: 's3:*', Resource: '*' } } }, '`policy`: /Statement: an RCP names `"Principal": "*"`, but this names others; is it a policy of another kind?'],
  'an RCP that names no principal': [{ ...asked, kind: 'rcp', policy: { Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } } }, '`policy`: /Statement: an RCP names `"Principal": "*"`, but this names none; is it an SCP?'],
  'policy and policies': [{ ...asked, policy: mine, policies: [{ kind: 'trust', policy: mine }] }, 'expected `policy` or `policies`, found both'],
  'a resource that is no ARN': [{ ...asked, kind: 'resource', policy: mine, resource: 'bucket' }, '`resource`: expected an ARN, found `bucket`'],
  'a resource of another account': [{ ...asked, kind: 'resource', policy: onQueues, account: '333333333333', resource: 'arn:aws:sqs:eu-west-1:222222222222:jobs' }, '`account`: `333333333333` is not the account of `arn:aws:sqs:eu-west-1:222222222222:jobs`, on which the policy hangs; give its owner\'s, or leave out the resource'],
  'a role of another account beside other policies': [{ ...asked, policies: [{ kind: 'trust', policy: mine }], account: '333333333333', resource: 'arn:aws:iam::222222222222:role/app' }, '`account`: `333333333333` is not the account of `arn:aws:iam::222222222222:role/app`, on which the policy hangs; give its owner\'s, or leave out the resource'],
  'a trust policy for a resource\'s': [{ ...asked, kind: 'resource', policy: mine }, '`policy`: /Statement/0: this allows only what a trust policy does, and names no resource; is its kind trust?'],
  'an SCP that names no resource': [{ ...asked, kind: 'scp', policy: { Statement: { Effect: 'Allow', Action: '*' } } }, '`policy`: /Statement: an SCP names resources, but this names none; is it a policy of another kind?'],
  'no account': [{ ...asked, account: undefined, policy: mine }, '`account`: expected 12 digits, found nothing'],
  'a short account': [{ ...asked, account: '1', policy: mine }, '`account`: expected 12 digits, found `1`'],
  'an objective of another kind': [{ ...asked, policy: mine, objectives: ['resources'] }, '`objectives`: trust policies can be asked about principals, not "resources"'],
  'objectives that are no list': [{ ...asked, policy: mine, objectives: 'principals' }, '`objectives`: expected a list of principals, or nothing for the usual ones'],
  'no objective at all': [{ ...asked, policy: mine, objectives: [] }, '`objectives`: expected a list of principals, or nothing for the usual ones'],
  'a service of another resource': [{ ...asked, kind: 'resource', policy: onQueues, service: 's3', resource: 'arn:aws:sqs:eu-west-1:111111111111:q' }, '`service`: `s3` is not the service of `arn:aws:sqs:eu-west-1:111111111111:q`; leave out one of the two'],
  'a service that nobody knows': [{ ...asked, kind: 'resource', policy: onQueues, service: 'sqss' }, '`service`: our tables do not know `sqss`, and no statement names an action of it; write it as its actions begin, such as s3'],
  'a service without a name': [{ ...asked, kind: 'resource', policy: onQueues, service: '' }, '`service`: expected a name such as s3, found nothing'],
  'a trust policy about a resource': [{ ...asked, kind: 'trust', policy: onQueues }, '`policy`: /Statement/0: a trust policy names no resource, but this does; is it a policy of another kind?'],
  'a time that is none': [{ ...asked, policy: mine, now: 'soon' }, '`now`: expected a time such as 2026-01-31T00:00:00Z, or milliseconds since 1970, up to the year 9999; found "soon"'],
  'a time in microseconds': [{ ...asked, policy: mine, now: 1.8e15 }, '`now`: expected a time such as 2026-01-31T00:00:00Z, or milliseconds since 1970, up to the year 9999; found 1800000000000000'],
  'a time past all': [{ ...asked, policy: mine, now: 1e300 }, '`now`: expected a time such as 2026-01-31T00:00:00Z, or milliseconds since 1970, up to the year 9999; found 1e+300'],
  'a gateway of a service that has none': [{ ...asked, kind: 'vpc-endpoint', policy: onQueues, service: 'sqs', endpointType: 'gateway' }, '`endpointType`: only s3, s3express and dynamodb have gateway endpoints, but the service is `sqs`'],
  'a gateway of no service': [{ ...asked, kind: 'vpc-endpoint', policy: onQueues, endpointType: 'gateway' }, '`endpointType`: only s3, s3express and dynamodb have gateway endpoints, but the service is not said'],
  'no perimeter': [{ ...asked, perimeter: undefined, policy: mine }, '`perimeter`: expected the definition as an object'],
  'a perimeter without organizations': [{ ...asked, perimeter: {}, policy: mine }, '`perimeter`: organizations: is missing: ids of the organizations that are mine'],
  'a member with a letter left out': [{ ...asked, kind: 'resource', policy: onQueues, servce: 's3' }, '`servce`: a question has no such member; is `service` meant?'],
  'a member in one number': [{ ...asked, policy: mine, objective: ['principals'] }, '`objective`: a question has no such member; is `objectives` meant?'],
  'a member in other letters': [{ ...asked, policy: mine, 'endpoint-type': 'gateway' }, '`endpoint-type`: a question has no such member; is `endpointType` meant?'],
  'a member two letters apart': [{ ...asked, policy: mine, permeters: {} }, '`permeters`: a question has no such member; is `perimeter` meant?'],
  'an endpoint of an unknown type': [{ ...asked, kind: 'vpc-endpoint', policy: mine, endpointType: 'door' }, '`endpointType`: expected one of gateway, interface, found `door`'],
};

describe('answerer', () => {
  it('answers in order, names what it cannot read by its line, and goes on', () => {
    expect(answered({ id: 'a', ...asked, policy: trust({ AWS: '*' }) }, '', '{oops', '[]', { ...asked, policy: JSON.stringify(mine) }, { id: 7, ...asked, policy: mine, now: '2026-01-31T00:00:00Z' })).toEqual([
      [1, { id: 'a', objectives: { principals: outside } }],
      undefined,
      [2, { line: 3, error: `not JSON: ${jsonFault('{oops')}` }],
      [2, { line: 4, error: 'expected an object with `id`, `kind`, `policy`, `perimeter`, `account`' }],
      [0, { line: 5, objectives: { principals: inside } }],
      [0, { id: 7, objectives: { principals: inside } }],
    ]);
  });
  it.each(Object.entries(bad))('refuses a question with %s', (_, [question, error]) => {
    expect(answered({ id: 'q-1', ...question })).toEqual([[2, { id: 'q-1', error }]]);
    expect(answered(question)).toEqual([[2, { line: 1, error }]]);
  });
  it.each<[string, object, string]>([
    ['account', {}, '`account`: expected text, found something nested too deeply'], ['perimeter', {}, '`perimeter`: nested too deeply'], ['objectives', {}, '`objectives`: trust policies can be asked about principals, not something nested too deeply'],
    ['now', {}, '`now`: expected a time such as 2026-01-31T00:00:00Z, or milliseconds since 1970, up to the year 9999; found something nested too deeply'], ['id', {}, '`id`: nested too deeply'], ['kind', {}, '`kind`: expected text, found something nested too deeply'],
    ['viaEndpoint', { policy: undefined, policies: [{ kind: 'trust', policy: mine }] }, '`viaEndpoint`: expected true or false, found something nested too deeply'],
  ])('refuses a line nested too deeply, and goes on: %s', (name, more, error) => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const line = JSON.stringify({ ...asked, policy: mine, ...more, [name]: 'DEEP' }).replace('"DEEP"', deep);
    expect(answered(line, { ...asked, policy: mine })).toEqual([[2, { line: 1, error }], [0, { line: 2, objectives: { principals: inside } }]]);
  });
  it.each(['s3', 's3express', 'dynamodb'])('takes a gateway endpoint of %s', (service) => {
    expect(answered({ ...asked, kind: 'vpc-endpoint', policy: onQueues, service, endpointType: 'gateway', objectives: ['principals'] }).map((one) => (one as [number])[0])).not.toContain(2);
  });
  it.each(['lakeformation', 'tagging', 'compute-optimizer', 'com.amazonaws.eu-west-1.codedeploy-commands-secure'])('takes a service none of whose actions takes a resource, and that no statement names: %s', (service) => {
    expect(answered({ ...asked, kind: 'vpc-endpoint', policy: onQueues, service }).map((one) => (one as [number])[0])).toEqual([0]);
  });
  it('leaves alone what is whoever asks\'s own', () => {
    expect(answered({ ...asked, policy: mine, note: 'a', no: 1, line: 2, comment: '', expected: 'inside', name: 'x', resources: undefined, constructor: 1 })).toEqual([[0, { line: 1, objectives: { principals: inside } }]]);
  });
  it('asks only the objectives that are named', () => {
    const question = { ...asked, kind: 'vpc-endpoint', service: 's3', policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] } };
    const objectives = (...given: object[]): unknown => answered({ ...question, ...Object.assign({}, ...given) }).map((one) => Object.keys((one as [number, { objectives: object }])[1].objectives));
    expect([objectives(), objectives({ objectives: ['resources'] })]).toEqual([[['principals', 'resources']], [['resources']]]);
  });
  it('takes a REST API by the service that it is called by', () => {
    const open = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }] };
    const question = { ...asked, kind: 'resource', policy: open, resource: 'arn:aws:apigateway:eu-west-1::/restapis/a1b2c3', objectives: ['principals'] };
    expect(answered(question, { ...question, service: 'execute-api' }).map((one) => (one as [number])[0])).toEqual([1, 1]);
  });
  it('takes the policy of a repository, which names no resource', () => {
    const open = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }] };
    expect(answered({ ...asked, kind: 'resource', policy: open, service: 'ecr', objectives: ['principals'] }).map((one) => (one as [number])[0])).toEqual([1]);
  });
  it.each([
    ['objects', 'arn:aws:s3:::acme-data/*', 'a policy hangs on one resource, here the bucket `arn:aws:s3:::acme-data`'], ['a folder', 'arn:aws:s3:::acme-data/', 'a policy hangs on one resource, here the bucket `arn:aws:s3:::acme-data`'],
    ['buckets', 'arn:aws:s3:::acme-*', 'a policy hangs on one resource, whose ARN has no `*` or `?`, such as the bucket `arn:aws:s3:::acme-data`'],
    ...['arn:aws:sqs:eu-west-1:*:q', 'arn:aws:sqs:eu-west-1:111111111111:?', 'arn:aws:execute-api:eu-west-1:111111111111:a1b2c3/*'].map((arn) => ['resources', arn, 'a policy hangs on one resource, whose ARN has no `*` or `?`, such as the bucket `arn:aws:s3:::acme-data`']),
    ...['arn:aws:s3:::', 'arn:aws:s3', 'arn:aws:SQS:eu-west-1:111111111111:q', 'arn:aws:sqs:eu-west-1:1111:q', 'arn:aws:sqs:eu-west-1:111111111111:', 'arn:aws:sqs:eu-west-1:111111111111:q q', 'arn:aws:kms:eu-west-1:111111111111:key/']
      .map((arn) => ['no resource', arn, 'expected an ARN of six fields with its service in lower case, such as `arn:aws:sqs:eu-west-1:111122223333:orders`']),
  ])('refuses the ARN of %s: %s', (_, resource, error) => {
    expect(answered({ ...asked, kind: 'resource', policy: onQueues, resource })).toEqual([[2, { line: 1, error: `\`resource\`: ${error}, found \`${resource}\`` }]]);
  });
  it.each([
    'arn:aws:logs:eu-west-1:111111111111:log-group:app:*', 'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/app', 'arn:aws:apigateway:eu-west-1::/restapis/a1b2c3', 'arn:aws:execute-api:eu-west-1:111111111111:a1b2c3', 'arn:aws-us-gov:s3:::acme.data',
    'arn:aws:s3:eu-west-1:111111111111:accesspoint/mine', 'arn:aws:s3express:eu-west-1:111111111111:bucket/mine--euw1-az1--x-s3', 'arn:aws:apigateway:eu-west-1:111111111111:/domainnames/api.example.com+a1b2c3',
  ])('takes the ARN of a resource: %s', (resource) => {
    const open = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
    expect(answered({ ...asked, kind: 'resource', policy: open, resource, objectives: ['principals'] }).map((one) => (one as [number])[0])).toEqual([1]);
  });
  describe('of a bucket that leaves callers to access points', () => {
    const reads = (Effect: string, Condition?: object): object => ({ Effect, Principal: '*', Action: 's3:GetObject', Resource: '*', ...Condition === undefined ? {} : { Condition } });
    const [ofMine, notOfMine] = ['StringEquals', 'StringNotEquals'].map((operator) => ({ [operator]: { 's3:DataAccessPointAccount': ownAccount } }));
    const byArn = { ArnLike: { 's3:DataAccessPointArn': `arn:aws:s3:*:${ownAccount}:accesspoint/*` } };
    const members = { StringEquals: { 'aws:PrincipalOrgID': organization } };
    const note = 'who comes through access points of yours is left to their own policies, which are not judged here: ask about each';
    const point = `arn:aws:s3:eu-west-1:${ownAccount}:accesspoint/mine`;
    const noted = (more: object): unknown => (answered({ ...asked, resource: 'arn:aws:s3:::acme-data', objectives: ['principals'], ...more }) as [number, { objectives: { principals: WrittenAnswer } }][]).map(([, { objectives: { principals } }]) => [principals.answer, principals.notes]);
    it.each<[string, object[], string[] | undefined]>([
      ['by their account', [reads('Allow', ofMine)], [note]], ['by ARN', [reads('Allow', byArn)], [note]], ['by a Deny of others', [reads('Allow'), reads('Deny', notOfMine)], [note]],
      ['not at all', [reads('Allow', members)], undefined], ['not at all, for it denies what comes through', [reads('Allow', members), reads('Deny', ofMine)], undefined],
    ])('says so: %s', (_, Statement, notes) => { expect(noted({ kind: 'resource', policy: { Version: '2012-10-17', Statement } })).toEqual([['inside', notes]]); });
    it('says so of several policies', () => { expect(noted({ policies: [{ kind: 'resource', policy: { Statement: [reads('Allow', ofMine)] } }] })).toEqual([['inside', [note]]]); });
    it('says nothing where somebody gets through', () => { expect(noted({ kind: 'resource', policy: { Statement: [reads('Allow', ofMine), reads('Allow')] } })).toEqual([['outside', undefined]]); });
    it('says nothing of an access point itself', () => { expect(noted({ kind: 'resource', resource: point, policy: { Statement: [reads('Allow', { ...ofMine, StringLike: members.StringEquals })] } })).toEqual([['inside', undefined]]); });
  });
  it('does not mix up perimeters', () => {
    const stranger = { ...asked, policy: trust({ AWS: `arn:aws:iam::${strangerAccount}:root` }) };
    const wider = { ...stranger, perimeter: { ...perimeter, accounts: [ownAccount, strangerAccount] } };
    expect(answered(stranger, wider, stranger).map((one) => (one as [number])[0])).toEqual([1, 0, 1]);
  });
});

describe('explain', () => {
  it('tells who gets through, where, how, and what closes it', () => {
    expect(explain({ principals: { ...outside, changes: ['do this', 'do that'], closed: true } })).toBe([
      `Can anyone outside get through? Yes: ${outside.because}.`, '  Where:   /Statement/0', `  Request: ${JSON.stringify(outside.witness)}`, '  Change:  do this', '  then:    do that', '           which closes it; asked again to be sure', '',
    ].join('\n'));
  });
  it.each<[string, Partial<WrittenAnswer>, string | undefined]>([
    ['in each policy', { through: [{ plane: 'resource policy', at: '/Statement/1' }, { plane: 'SCP', at: '/Statement/0' }] }, 'resource policy /Statement/1, SCP /Statement/0'],
    ['in one, where AWS\'s own Allow came first', { at: '', through: [{ plane: 'endpoint policy', at: '/Statement/0' }] }, 'endpoint policy /Statement/0'],
    ['in none that somebody wrote', { at: '' }, undefined], ['in none of several', { at: '', through: [] }, undefined],
  ])('tells where, %s', (_, given, where) => {
    expect(explain({ principals: { ...outside, ...given } }).split('\n').filter((line) => line.includes('Where:'))).toEqual(where === undefined ? [] : [`  Where:   ${where}`]);
  });
  it('tells whose numbers statements have after one that goes, whatever the question', () => {
    const closings = (...changes: string[][]): (string | undefined)[] => explain(Object.fromEntries(changes.map((some, i) => [['principals', 'deputies'][i]!, { ...outside, changes: some, closed: true }]))).split('\n').filter((line) => line.includes('which closes it'));
    expect(closings(['remove Statement 0, which names only 999999999999', 'do that'])).toEqual([expect.stringMatching(/; statements have the numbers of the file as it is now$/)]);
    expect(closings(['remove Statement 0: held'], ['do that'])).toEqual(Array(2).fill(expect.stringMatching(/as it is now$/)));
    expect(closings(['do that'], ['remove Statement 0: held'])).toEqual(Array(2).fill(expect.stringMatching(/to be sure$/)));
    expect(closings(['remove Statement 0: held'], ['the same as for the question before'])).toEqual(Array(2).fill(expect.stringMatching(/to be sure$/)));
    expect(closings(['in `a.json`: remove Statement 0: held', 'in `a.json`: do that'])).toEqual([expect.stringMatching(/as it is now$/)]);
    expect(closings(['remove `a` from Statement 0', 'do that'])).toEqual([expect.stringMatching(/to be sure$/)]);
  });
  it.each<[number, string]>([[1, 'it was not tried'], [2, 'the last was not tried'], [5, 'the last was not tried'], [6, 'more is left']])('tells what to ask again for after %i changes that do not close it', (count, what) => {
    expect(explain({ principals: { ...outside, changes: Array<string>(count).fill('do this'), closed: false } }).split('\n').at(-2)).toBe(`           ask again after that: ${what}`);
  });
  it('tells why nobody does', () => {
    expect(explain({ principals: { ...inside, heldBy: ['this', 'that'] } })).toBe(`Can anyone outside get through? No: it names only \`arn:aws:iam::${ownAccount}:root\`.\n  Held by: this\n      and:  that\n`);
  });
  it('tells what a person could settle', () => {
    expect(explain({
      resources: { answer: 'undecided', because: 'owners are unknown', unknownAccounts: ['333333333333'], unknownBuckets: ['logs', 'data'] },
      deputies: { answer: 'inside', because: 'no service is let in', notes: ['a note'] },
    })).toBe([
      'Can anyone reach resources that are not yours? Undecided: owners are unknown.', '  Yours?   add to `accounts`: 333333333333; or to a partner\'s `reachable`',
      '  Yours?   add to `buckets`: logs, data; or, of others, to a partner\'s `reachable` or to `awsOwnedResources`, where a list takes the place of the catalogue', '',
      'Can an AWS service be made to act for somebody else? No: no service is let in.', '  Note:    a note', '',
    ].join('\n'));
  });
});
