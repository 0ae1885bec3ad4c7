import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { flag } from '../../core/parameters.ts';
import { defineRule, type AnyRule } from '../../core/rule.ts';
import { compliant } from '../../core/verdict.ts';
import { loadDefinition, parseDefinitionText } from '../../entry/definition-file.ts';
import { YamlFileError } from '../../entry/yaml-file.ts';
import { remediations } from '../../remediations/index.ts';

const rules: readonly AnyRule[] = [defineRule({
  id: 'flag-rule', title: 'a state', why: 'a reason', fix: 'a fix', severity: 'low', boundary: 'network', objective: 'networks', resourceTypes: ['AWS::RDS::DBInstance'], trigger: 'change',
  parameters: { strict: flag('whether', false) }, references: ['https://docs.aws.amazon.com/'], requirements: ['R01'], exception: 'whole', evaluate: () => compliant(),
})];
const organizationOf = (text: string) => parseDefinitionText(text, 'perimeter.yaml', rules).perimeter.organizations;

function messageOf(read: () => unknown): string {
  try { read(); } catch (error) {
    if (error instanceof YamlFileError) return error.message;
    throw error;
  }
  return 'no error';
}

test.each([
  ['YAML', '# mine\norganizations: [o-4tkekae453]\n'],
  ['YAML with Windows line ends and a byte order mark', '\ufefforganizations:\r\n  - o-4tkekae453\r\n'],
  ['JSON', '{\n\t"organizations": ["o-4tkekae453"]\n}\n'],
  ['an alias', 'exclusionTags:\n  principal: &mine {team: web}\n  resource: *mine\norganizations: [o-4tkekae453]\n'],
])('%s is read', (_, text) => expect(organizationOf(text)).toEqual(['o-4tkekae453']));

it('keeps a plain date, and `on`, as text', () => {
  const { exceptions, on } = parseDefinitionText(`organizations: [o-4tkekae453]
rules: { flag-rule: on }
exceptions:
  - { rule: flag-rule, resource: "arn:aws:s3:::x", owner: web, reason: agreed, expires: 2027-01-31 }
`, 'perimeter.yaml', rules);
  expect({ expires: exceptions.map((one) => one.expires), on }).toEqual({ expires: ['2027-01-31'], on: ['flag-rule'] });
});

describe('what is wrong is named with its line', () => {
  const empty = 'perimeter.yaml: is empty; `perimeter init` writes a first one';
  test.each<[string, string, string]>([
    ['an empty file', '', empty],
    ['only a comment', '# later\n', empty],
    ['only a document start', '---\n', empty],
    ['a key written twice', 'organizations: [o-4tkekae453]\nnetworks:\n  vpcs: []\n  vpcs: []\n', 'perimeter.yaml:4: the key `vpcs` is written twice in one mapping; keep one'],
    ['a quoted key written twice', '{"organizations": [],\n"organizations": []}', 'perimeter.yaml:2: the key `organizations` is written twice in one mapping; keep one'],
    ['a second document', 'organizations: [o-4tkekae453]\n---\naccounts: []\n', 'perimeter.yaml:2: expected one document, found a second after `---`'],
    ['broken YAML', 'organizations:\n  - o-4tkekae453\n accounts: x\n', 'perimeter.yaml:3: not valid YAML: all mapping items must start at the same column'],
    ['an unknown tag', 'organizations: [o-4tkekae453]\naccounts: !Ref Accounts\n', 'perimeter.yaml:2: not valid YAML: unresolved tag: !Ref'],
    ['an alias to nothing', 'organizations: [o-4tkekae453]\naccounts: *mine\n', 'perimeter.yaml:2: `*mine` refers to `&mine`, which is not set above it'],
    ['a missing section', '# mine\n\naccounts: []\n', 'perimeter.yaml:3: organizations: is missing: ids of the organizations that are mine'],
    ['an account whose zero YAML drops', 'organizations: [o-4tkekae453]\naccounts:\n  - "111111111111"\n  - 012345678901\n', 'perimeter.yaml:4: accounts[1]: expected an account id of 12 digits in quotes, found the number `12345678901`; put it in quotes, for a YAML number loses its leading zeros'],
    ['several, in the order of the file', 'networks:\n  vpc: []\norganizations: [mine]\n', [
      'perimeter.yaml:2: networks.vpc: unknown key; known here: `vpcs`, `subnets`, `vpcEndpoints`, `cidrs`, `organization`',
      'perimeter.yaml:3: organizations[0]: expected an organization id such as `o-4tkekae453`, found `mine`',
    ].join('\n')],
    ['a key missing from a list entry', 'organizations: [o-4tkekae453]\nexceptions:\n  - rule: flag-rule\n    resource: "arn:aws:s3:::x"\n    reason: agreed\n    expires: 2027-01-31\n', 'perimeter.yaml:3: exceptions[0].owner: is missing: who answers for it'],
    ['a day that the calendar lacks', 'organizations: [o-4tkekae453]\nexceptions:\n  - rule: flag-rule\n    resource: "arn:aws:s3:::x"\n    owner: web\n    reason: agreed\n    expires: 2027-02-30\n', 'perimeter.yaml:7: exceptions[0].expires: expected a day of the calendar, found `2027-02-30`'],
    ['a fault behind an alias', 'standaloneAccounts: &mine\n  - "1"\naccounts: *mine\norganizations: [o-4tkekae453]\n', [
      'perimeter.yaml:2: accounts[0]: expected an account id of 12 digits in quotes, found `1`',
      'perimeter.yaml:2: standaloneAccounts[0]: expected an account id of 12 digits in quotes, found `1`',
    ].join('\n')],
    ['JSON', '{\n  "organizations": ["o-4tkekae453"],\n  "buckets": [\n    "a"\n  ]\n}\n', 'perimeter.yaml:4: buckets[0]: expected the name of an S3 bucket, found `a`'],
    ['rules that do not exist, and parameters', 'organizations: [o-4tkekae453]\nrules:\n  flag-rule:\n    strict: maybe\n  nope: on\n', [
      'perimeter.yaml:4: rules.flag-rule.strict: parameter `strict`: expected true or false, found `maybe`',
      'perimeter.yaml:5: rules.nope: there is no rule `nope`; known: `flag-rule`',
    ].join('\n')],
    ['remediations that do not exist, and parameters', 'organizations: [o-4tkekae453]\nremediations:\n  confine-iam-role-trust:\n    trustPolicyQuota: 100\n  make-rds-instance-private:\n    nope: 1\n  nope: {}\nrules: { nope: on }\n', [
      'perimeter.yaml:4: remediations.confine-iam-role-trust.trustPolicyQuota: parameter `trustPolicyQuota`: expected a whole number from 2048 to 8192, found `100`',
      'perimeter.yaml:6: remediations.make-rds-instance-private.nope: unknown parameter `nope`; known: none',
      `perimeter.yaml:7: remediations.nope: there is no remediation \`nope\`; known: ${remediations.map(({ id }) => `\`${id}\``).join(', ')}`,
      'perimeter.yaml:8: rules.nope: there is no rule `nope`; known: `flag-rule`',
    ].join('\n')],
  ])('%s', (_, text, message) => expect(messageOf(() => parseDefinitionText(text, 'perimeter.yaml', rules))).toBe(message));

  it('refuses aliases that multiply', () => {
    const levels = Array.from({ length: 8 }, (_, index) => `a${index}: &a${index} [${Array(10).fill(index === 0 ? 'x' : `*a${index - 1}`).join(', ')}]`);
    expect(messageOf(() => parseDefinitionText(levels.join('\n'), 'perimeter.yaml', rules))).toBe('perimeter.yaml: excessive alias count indicates a resource exhaustion attack');
  });
});

describe('files', () => {
  let folder = '';
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'definition-')); });
  afterAll(() => rm(folder, { recursive: true }));
  const load = async (path: string): Promise<string> => {
    try { await loadDefinition(path, rules); } catch (error) {
      if (error instanceof YamlFileError) return error.message.replaceAll(folder, 'FOLDER');
      throw error;
    }
    return 'no error';
  };

  test.each<[string, string | Uint8Array | undefined, string]>([
    ['mine.yaml', 'organizations: [o-4tkekae453]\n', 'no error'],
    ['mine.json', '{"organizations": ["o-4tkekae453"]}', 'no error'],
    ['broken.yaml', 'organizations: []\n', 'FOLDER/broken.yaml:1: organizations: expected at least one organization id, found an empty list; accounts without an organization go into `standaloneAccounts`'],
    ['latin1.yaml', new Uint8Array([0x23, 0xe9, 0x0a]), '`FOLDER/latin1.yaml` is not UTF-8 text; save it as UTF-8'],
    ['absent.yaml', undefined, 'there is no definition `FOLDER/absent.yaml`; `perimeter init` writes a first one'],
    ['.', undefined, '`FOLDER` cannot be read: it is a folder; name the file in it'],
  ])('%s', async (name, content, message) => {
    const path = join(folder, name);
    if (content !== undefined) await writeFile(path, content);
    expect(await load(path)).toBe(message);
  });
});
