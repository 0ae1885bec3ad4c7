import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, test } from 'vitest';
import { run } from '../../entry/cli.ts';
import { loadDefinition, parseDefinitionText } from '../../entry/definition-file.ts';
import { firstDefinition } from '../../entry/first-definition.ts';
import type { Inventory } from '../../entry/inventory.ts';

const folder = mkdtempSync(join(tmpdir(), 'init-'));
afterAll(() => { rmSync(folder, { recursive: true }); });
const at = (name: string): string => join(folder, name);
async function init(...options: string[]) {
  const said = { out: '', err: '', code: -1 };
  await run(['init', ...options], {
    out: (text) => { said.out += text; }, err: (text) => { said.err += text; }, isTTY: false, color: false, columns: 100, now: () => 0, setExitCode: (code) => { said.code = code; },
  });
  return said;
}

test.each<[string, string[], string, string]>([
  ['nothing known', [], 'o-0000000000', "put your organization's id in line 6"],
  ['a given organization', ['--organization', 'o-4tkekae453'], 'o-4tkekae453', 'confirm what it proposes, then `perimeter check PATH… --perimeter FILE`'],
])('a template loads: %s', async (name, options, organization, next) => {
  const out = at(`${name}.yaml`);
  expect(await init('--out', out, ...options)).toEqual({ out: `Wrote ${out}. Next: ${next.replace('FILE', out)}.\n`, err: '', code: 0 });
  expect((await loadDefinition(out)).perimeter).toEqual(parseDefinitionText(`organizations: [${organization}]`, '').perimeter);
});

it('proposes what the breached example holds', async () => {
  const out = at('breached.yaml');
  expect((await init('--from', 'examples/breached', '--out', out)).code).toBe(0);
  expect((await loadDefinition(out)).perimeter).toEqual(parseDefinitionText(`
organizations: [o-4tkekae453]
accounts: ["111122223333", "222233334444", "333344445555", "444455556666", "555566667777", "666677778888"]
identityProviders:
  - { saml: "arn:aws:iam::*:saml-provider/AWSSSO_a3c5e7091b2d4f68_DO_NOT_DELETE" }
  - { saml: "arn:aws:iam::*:saml-provider/Okta" }
  - { issuer: oidc.eks.eu-central-1.amazonaws.com/id/8C1F0E6A2B7D4935A1E0C4D2B6F83A57, tenancy: own }
networks: { vpcs: [vpc-0c5e1d20aa4f10001, vpc-0c5e1d20aa4f10002, vpc-0c5e1d20aa4f10003, vpc-0c5e1d20aa4f10004, vpc-0c5e1d20aa4f10005] }
buckets: [larkfield-config-111122223333, larkfield-lake-curated, larkfield-lake-raw, larkfield-log-archive, larkfield-payments-statements, larkfield-storefront-assets, larkfield-storefront-uploads]
`, '').perimeter);
});

test.each<[string, string[], string]>([
  ['the template', [], 'o-0000000000'],
  ['the proposal', ['--from', 'examples/breached'], 'o-4tkekae453'],
])('%s loads with all its examples uncommented', async (name, options, organization) => {
  const out = at(`uncommented ${name}.yaml`);
  await init('--out', out, ...options);
  // Comments that are text begin with a capital letter or a word; examples are indented or end in a colon.
  const text = readFileSync(out, 'utf8').replace(/^# (?= {2}|\w+:$)/gm, '');
  const { perimeter, exceptions } = parseDefinitionText(text, out);
  expect({ organizations: perimeter.organizations, exceptions: exceptions.length, cidrs: perimeter.networks.cidrs, partners: perimeter.partners.length > 0 })
    .toEqual({ organizations: [organization], exceptions: 1, cidrs: ['192.0.2.0/24'], partners: true });
});

it('replaces a file only when told to', async () => {
  const out = at('there.yaml');
  writeFileSync(out, 'mine');
  expect(await init('--out', out)).toEqual({ out: '', err: `perimeter init: \`${out}\` is there already: pass --force to replace it, or --out to write elsewhere\n`, code: 2 });
  expect(readFileSync(out, 'utf8')).toBe('mine');
  expect((await init('--out', out, '--force')).code).toBe(0);
  expect((await loadDefinition(out)).perimeter.organizations).toEqual(['o-0000000000']);
});

test.each<[string, string[], string]>([
  ['a malformed organization', ['--organization', 'acme'], 'perimeter init: `acme` is not an organization id such as `o-4tkekae453`\n'],
  ['a folder that is not there', ['--out', at('none/x.yaml')], `perimeter init: cannot write \`${at('none/x.yaml')}\`: ENOENT: no such file or directory, open '${at('none/x.yaml')}'\n`],
  ['input that is not there', ['--from', at('none'), '--out', at('partial.yaml')], `${at('none')}: there is no such file or folder\n`],
])('exits 2 on %s', async (_, options, err) => {
  const said = await init(...options);
  expect({ err: said.err, code: said.code }).toEqual({ err, code: 2 });
});

const empty: Inventory = { accounts: [], namedAccounts: [], organizations: [], buckets: [], vpcs: [], identityProviders: [], input: { files: 0, items: 0, bytes: 0, problems: [] } };
const google = { kind: 'oidc', provider: 'accounts.google.com', name: 'accounts.google.com', account: undefined, policies: 1, claims: { aud: ['app'] } } as const;
test.each<[string, string | undefined, Partial<Inventory>, readonly string[]]>([
  ['the organization that most policies name', undefined, { organizations: [{ id: 'o-aaaaaaaaaa', policies: 1 }, { id: 'o-bbbbbbbbbb', policies: 2 }] },
    ['# Policies name o-aaaaaaaaaa, too (1 policy): add it if it is yours.', 'organizations: [o-bbbbbbbbbb] # named in 2 policies: confirm that it is yours']],
  ['the organization that was given', 'o-cccccccccc', { organizations: [{ id: 'o-aaaaaaaaaa', policies: 1 }] },
    ['# Policies name o-aaaaaaaaaa, too (1 policy): add it if it is yours.', 'organizations: [o-cccccccccc]']],
  ['a shared issuer only as a comment', undefined, { identityProviders: [google] },
    ['# identityProviders:', '#   - { issuer: "accounts.google.com", claims: { aud: ["app"] } } # shared: what roles ask for today, perhaps too wide; keep only what is yours']],
  ['an issuer nobody knows only as a comment', undefined, { identityProviders: [{ ...google, name: 'id.example.com' }] },
    ['# identityProviders:', '#   - { issuer: "id.example.com", tenancy: own } # if it issues tokens to nobody else; otherwise name `claims` that only yours carry']],
  ['identity pools only as a comment', undefined, { identityProviders: [{ ...google, name: 'cognito-identity.amazonaws.com', claims: { aud: ['eu-west-1:ab'] } }] },
    ['#   - { issuer: cognito-identity.amazonaws.com, identityPools: ["eu-west-1:ab"], guests: false } # the pools that are yours']],
  ['a SAML provider of an unknown account only as a comment', undefined, { identityProviders: [{ ...google, kind: 'saml', provider: 'arn:aws:iam::222222222222:saml-provider/X', account: '222222222222' }] },
    ['# identityProviders:', '#   - { saml: "arn:aws:iam::222222222222:saml-provider/X" } # of an account that owns no recorded item: yours?']],
  ['a default VPC only as a comment', undefined, { vpcs: [{ id: 'vpc-012abc01', account: '111111111111', region: 'eu-west-1', isDefault: true }] },
    ['# networks:', '#     - vpc-012abc01 # default VPC of 111111111111, eu-west-1: should anything run there?']],
  ['a recorded name that holds a line break, on its line', undefined, { namedAccounts: [{ id: '222222222222', owner: false, policies: 1, kinds: ['trust'], externalIds: [], example: 'x\naccounts: []' }] },
    ['#   - name: Account 222222222222 # in 1 policy, such as that of x accounts: []']],
])('proposes %s', (_, organization, found, lines) => {
  const text = firstDefinition(organization, { ...empty, ...found });
  expect(text.split('\n').filter((line) => lines.includes(line))).toEqual(lines);
  expect(parseDefinitionText(text, 'perimeter.yaml').perimeter).toMatchObject({ accounts: undefined, buckets: [] });
});
