import type { AnyRemediation } from '../../core/remediation.ts';
import type { AnyRule } from '../../core/rule.ts';
import { conformancePack, passedParameters } from '../conformance-pack.ts';
import { EVALUATOR, PACK } from '../names.ts';

/** Where the pack of the stack is put is not known here, and AWS Config takes literal texts: CloudFormation writes them in its place. */
const here = { partition: '${AWS::Partition}', account: '${AWS::AccountId}', region: '${AWS::Region}' };

const evaluator = `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${EVALUATOR}`;

/**
 * The pack as a text of `Fn::Sub`: pseudo parameters are rendered by this stack, so that the text which AWS Config gets names roles and
 * functions literally; whatever else stands in `${…}` is left to the pack.
 */
const packText = (rules: readonly AnyRule[], remediations: readonly AnyRemediation[], remediates: boolean): object =>
  ({ 'Fn::Sub': conformancePack(rules, remediations, here, { remediates, evaluator }).replaceAll(/\$\{(?!AWS::)/g, '${!') });

/** The pack in the account's own stack, after what it invokes and starts; `Remediates` is `remediatesCondition`. */
export const packResource = (rules: readonly AnyRule[], remediations: readonly AnyRemediation[], after: readonly string[]): object => ({
  Type: 'AWS::Config::ConformancePack', Condition: 'HoldsPack', DependsOn: after,
  Properties: {
    ConformancePackName: PACK, TemplateBody: { 'Fn::If': ['Remediates', packText(rules, remediations, true), packText(rules, remediations, false)] },
    ConformancePackInputParameters: Object.keys(passedParameters(remediations)).map((name) => ({ ParameterName: name, ParameterValue: { Ref: name } })),
  },
});
