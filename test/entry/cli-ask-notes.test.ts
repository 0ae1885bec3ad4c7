import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { organization, ownAccount } from '../support/perimeter.ts';
import { askedAboutFiles, document, inFolder, perimeter } from './asking.ts';

askedAboutFiles();

const partner = '123456789012';
const queue = `arn:aws:sqs:eu-west-1:${ownAccount}:vendor-in`;
const definition = `organizations: [${organization}]\naccounts: ["${ownAccount}"]\n`;
const vendor = `${definition}partners: [{name: Vendor, accounts: ["${partner}"], trust: {externalIds: ["12345"]}, resources: [{arn: "arn:aws:sqs:*:${ownAccount}:vendor-*", actions: ["sqs:SendMessage"]}]}]\n`;
const sends = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queue };
const ofAccounts = (operator: string, ...accounts: string[]): object => ({ Condition: { [operator]: { 'aws:PrincipalAccount': accounts } } });
const refusing = (Condition: object): object => ({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { ...Condition, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } });

/** What is said of policies that the words name by a tilde. */
async function said(line: string, policies: Readonly<Record<string, object>>, given = definition): Promise<string> {
  for (const [name, policy] of Object.entries(policies)) writeFileSync(inFolder(`n-${name}.json`), JSON.stringify(policy));
  writeFileSync(inFolder('noted.yaml'), given);
  const { out, err } = await perimeter(`ask ${line.replaceAll('~', '~n-')} --perimeter ~noted.yaml`);
  return `${out}${err}`.replaceAll(inFolder('n-'), '');
}
const sentence = (out: string): string => out.split('\n', 1)[0]!;

describe('partners who get through by an agreement', () => {
  const agreed = ', but for what is agreed with partners.';
  const policies = {
    named: document({ ...sends, ...ofAccounts('StringEquals', ownAccount, partner) }), spared: document(sends, { ...sends, Effect: 'Deny', ...ofAccounts('StringNotEquals', ownAccount, partner) }), mine: document({ ...sends, ...ofAccounts('StringEquals', ownAccount) }),
    trusted: document({ Effect: 'Allow', Principal: { AWS: partner }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': '12345' } } }), rcp: document(refusing({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization } })),
  };
  const [one, no] = [`--account ${ownAccount} --objective principals`, 'Can anyone outside get through? No: '];
  it.each([
    ['by an account that a condition names', `~named.json --kind resource --resource ${queue}`, `conditions on \`aws:PrincipalAccount\` keep outsiders out${agreed}`], ['by one that a Deny spares', `~spared.json --kind resource --resource ${queue}`, `conditions on \`aws:PrincipalAccount\` keep outsiders out${agreed}`],
    ['by none', `~mine.json --kind resource --resource ${queue}`, 'conditions on `aws:PrincipalAccount` keep outsiders out.'],
    ['with an external id', '--trust ~trusted.json', `the trust policy stops it${agreed}`], ['not beside an RCP that refuses the partner', '--trust ~trusted.json --rcp ~rcp.json', 'the trust policy and the RCP each stop it.'],
    ['by a queue\'s policy beside others', `--resource ~named.json --resource ${queue} --rcp ~rcp.json`, 'the resource policy and the RCP each stop it.'], ['by a queue\'s policy alone', `--resource ~named.json --resource ${queue}`, `the resource policy stops it${agreed}`],
  ])('are told: %s', async (_, line, because) => { expect(sentence(await said(`${line} ${one}`, policies, vendor))).toBe(`${no}${because}`); });
});
