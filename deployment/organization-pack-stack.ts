import { parse } from 'yaml';
import type { AnyRemediation } from '../core/remediation.ts';
import type { AnyRule } from '../core/rule.ts';
import { conformancePack, remediatesCondition, type PackPlace } from './conformance-pack.ts';
import { PACK } from './names.ts';
import { templateText } from './template-text.ts';

/** A value of a parameter holds 4,096 bytes, which is 315 accounts with commas between them. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const ACCOUNTS_A_PARAMETER = 315;
/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutOrganizationConformancePack.html */
const MOST_EXCLUDED = 1_000;
const excludedParameters = ['ExcludedAccounts', 'ExcludedAccounts2', 'ExcludedAccounts3', 'ExcludedAccounts4'];

/** Values of the parameters that exclude the accounts; throws if they are more than AWS Config takes. */
export function excludedAccounts(accounts: readonly string[]): Readonly<Record<string, string>> {
  if (accounts.length > MOST_EXCLUDED) throw new Error(`an organization pack excludes at most ${MOST_EXCLUDED} accounts, found ${accounts.length}; deploy the pack with the StackSet (\`pack: stackset\`), which takes organizational units`);
  return Object.fromEntries(excludedParameters.map((name, place) => {
    const list = accounts.slice(place * ACCOUNTS_A_PARAMETER, (place + 1) * ACCOUNTS_A_PARAMETER).join(',');
    return [name, place > 0 && list !== '' ? `,${list}` : list];
  }));
}

const excluded = (name: string, place: number): object => ({
  Type: 'String', Default: '',
  ...place === 0
    ? { AllowedPattern: '^(\\d{12}(,\\d{12})*)?$', Description: `Accounts that the pack does not go to, with commas between them: those without a recorder, for one fails the whole. At most ${ACCOUNTS_A_PARAMETER}.` }
    : { AllowedPattern: '^(,\\d{12})*$', Description: `More of them, each with a comma before it; ${name} is given when those before are full.` },
});

type Parameters = Readonly<Record<string, object>>;

/**
 * The pack for all accounts of the organization in one Region, as CloudFormation text: for a stack in the administrator account, which needs
 * what the member stacks make in each. AWS Config puts each account's number into the role's ARN, and takes only a literal.
 * https://docs.aws.amazon.com/config/latest/developerguide/conformance-pack-organization-apis.html
 */
export function organizationPackStack(rules: readonly AnyRule[], remediations: readonly AnyRemediation[], place: PackPlace): string {
  const body = conformancePack(rules, remediations, place);
  const { Parameters: packParameters } = parse(body) as { readonly Parameters: Parameters };
  return templateText('rules/ and remediations/', {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'The conformance pack of the data perimeter for all accounts of the organization in one Region.',
    Parameters: { ...packParameters, ...Object.fromEntries(excludedParameters.map((name, i) => [name, excluded(name, i)])) },
    Conditions: { ExcludesAccounts: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: excludedParameters[0] }, ''] }] }, Remediates: remediatesCondition(remediations) },
    Resources: {
      Pack: {
        Type: 'AWS::Config::OrganizationConformancePack',
        // Without DeliveryS3Bucket: only results of the pack as files would need it.
        Properties: {
          OrganizationConformancePackName: PACK, TemplateBody: { 'Fn::If': ['Remediates', body, conformancePack(rules, remediations, place, { remediates: false })] },
          ConformancePackInputParameters: Object.keys(packParameters).map((name) => ({ ParameterName: name, ParameterValue: { Ref: name } })),
          ExcludedAccounts: { 'Fn::If': ['ExcludesAccounts', { 'Fn::Split': [',', { 'Fn::Sub': excludedParameters.map((name) => `\${${name}}`).join('') }] }, { Ref: 'AWS::NoValue' }] },
        },
      },
    },
  });
}
