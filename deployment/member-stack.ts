import { parse } from 'yaml';
import type { AnyRemediation } from '../core/remediation.ts';
import type { AnyRule } from '../core/rule.ts';
import { evaluatorRole, reevaluatorRole } from './evaluation-roles.ts';
import { documentName, LEDGER, logicalId } from './names.ts';
import { remediationRoles } from './remediation-roles.ts';
import { statusRole } from './reporting-roles.ts';
import type { Role } from './role.ts';
import { runbooksOf, type Runbook } from './runbooks.ts';
import { alarms } from './stack/alarms.ts';
import { definitionVariable, readDefinition } from './stack/definition.ts';
import { forwarding } from './stack/forwarding.ts';
import { lambdaFunction } from './stack/functions.ts';
import { ledger } from './stack/ledger.ts';
import { memberConditions, memberParameters, memberRules } from './stack/member-parameters.ts';
import { packResource } from './stack/pack.ts';
import { planning } from './stack/planning.ts';
import { roleResource } from './stack/role-resource.ts';
import { starter } from './stack/starter.ts';
import { compactText, templateText } from './template-text.ts';

/** The functions' modules, as text: what `npm run build` writes to `dist/<name>/index.js`. */
export type MemberCode = Readonly<Record<'evaluator' | 'planner' | 'writer' | 'reevaluator', string>>;

/** For a text that is shown, not deployed. */
export const withoutCode: MemberCode = (() => {
  const says = "exports.handler = async () => { throw new Error('this template carries no code; write one that does with `perimeter deploy render`'); };\n";
  return { evaluator: says, planner: says, writer: says, reevaluator: says };
})();

/**
 * All that the pack has in an account and Region, as CloudFormation text: evaluator, ledger, roles, functions, runbooks, what starts them,
 * and the pack itself. `documents` are the texts of ssm-documents/ by their stems.
 */
export const memberStack = (rules: readonly AnyRule[], remediations: readonly AnyRemediation[], documents: Readonly<Record<string, string>>, code: MemberCode): string =>
  templateText('rules/, remediations/ and ssm-documents/', template(rules, remediations, documents, code));

/** The same for CloudFormation, which takes a million bytes from a bucket, and most of them are code. */
export const memberStackCompact = (rules: readonly AnyRule[], remediations: readonly AnyRemediation[], documents: Readonly<Record<string, string>>, code: MemberCode): string =>
  compactText(template(rules, remediations, documents, code));

/** How many documents may be made at once: CreateDocument is throttled. */
const ABREAST = 5;

function template(rules: readonly AnyRule[], remediations: readonly AnyRemediation[], documents: Readonly<Record<string, string>>, code: MemberCode): object {
  const runbooks = runbooksOf(remediations);
  const roles = new Map(remediationRoles(remediations).map((role) => [role.stem, role]));
  const roleOf = (stem: string): Role => {
    const role = roles.get(stem);
    if (role === undefined) throw new Error(`\`${stem}\` has no role`);
    return role;
  };
  const ofLedger = { PERIMETER_LEDGER: LEDGER };
  const resources: Readonly<Record<string, object>> = {
    // Most events take milliseconds; a policy that leaves much to search, or a listing of many pages, takes longer.
    ...lambdaFunction('Evaluator', { role: evaluatorRole(rules), description: 'Judges resources for all rules of the pack, and reports to AWS Config.', code: code.evaluator, environment: definitionVariable, policies: [readDefinition], timeout: 300, memory: 512 }),
    // SourceAccount: AWS Config of another account could have this function report for it. Rules have no ARN yet when AWS Config checks the permission.
    EvaluatorPermission: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'EvaluatorFunction' }, Principal: 'config.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } } },
    ...alarms('Evaluator', 'evaluator', ['Errors', 'Throttles'], 'resources may not have been judged, and AWS Config shows what it knew before'),
    // AWS Config takes its call again after a minute only, for which the function waits. After the evaluator: it has an old one's verdicts made anew.
    ...lambdaFunction('Reevaluator', { role: reevaluatorRole(), description: 'Has AWS Config evaluate the rules anew when the definition changed or an exception expired.', code: code.reevaluator, environment: { ...ofLedger, ...definitionVariable }, policies: [readDefinition], timeout: 900, memory: 256, after: ['EvaluatorFunction'] }),
    ...starter('ReevaluateHourly', { name: 'reevaluate', description: 'Looks whether the definition changed or an exception expired.', when: { ScheduleExpression: 'rate(1 hour)' }, starts: 'ReevaluatorFunction' }),
    ...alarms('Reevaluator', 'reevaluator', ['Errors'], 'a changed definition may not have reached what AWS Config shows'),
    // As long as Lambda allows: the daily run plans for everything, and steps of runbooks end by times of their own.
    ...lambdaFunction('Planner', { role: roleOf('planner'), description: 'Plans remediations, and checks before and after that they are as planned. Changes nothing but the ledger.', code: code.planner, environment: { ...ofLedger, ...definitionVariable }, policies: [readDefinition], timeout: 900, memory: 1024 }),
    ...lambdaFunction('Writer', { role: roleOf('writer'), description: 'Writes policies as runs have planned them, for runbooks started with WriteWith Function.', code: code.writer, environment: ofLedger, policies: [], timeout: 60, memory: 256 }),
    ...planning(remediations),
    ...alarms('Planner', 'planner', ['Errors'], 'findings may have no plan'),
    ...Object.fromEntries(runbooks.map(({ stem }) => [roleId(stem), roleResource(roleOf(stem))])),
    ...Object.fromEntries(runbooks.map((runbook, place) => [documentId(runbook), documentResource(runbook, documents, runbooks[place - ABREAST])])),
    ...forwarding(rules),
    StatusRole: { Condition: 'HasAdministrator', ...roleResource(statusRole()) },
    Pack: packResource(rules, remediations, ['EvaluatorPermission', ...runbooks.map(documentId), ...runbooks.map(({ stem }) => roleId(stem))]),
  };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'The data perimeter in one account and Region: evaluator and conformance pack, ledger, planner, runbooks and their roles. It starts no remediation that its parameters do not switch on.',
    Parameters: memberParameters(remediations),
    Rules: memberRules,
    Conditions: memberConditions(remediations),
    Resources: { ...resources, Ledger: { ...ledger, ...afterAll(resources) } },
    Outputs: {
      EvaluatorFunctionArn: { Description: 'The function that the rules of the pack ask.', Value: { 'Fn::GetAtt': ['EvaluatorFunction', 'Arn'] } },
      PlannerFunctionArn: { Description: 'The planner, which changes nothing but the ledger.', Value: { 'Fn::GetAtt': ['PlannerFunction', 'Arn'] } },
      LedgerTable: { Description: 'The table of plans, runs, locks and holds.', Value: LEDGER },
    },
  };
}

/**
 * The ledger is made last: it is kept when the stack cannot be made, and would then stand in the way of the next attempt. What stands
 * under a condition only cannot be depended on by name, but by a reference under the same condition.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
function afterAll(resources: Readonly<Record<string, object>>): object {
  const all = Object.entries(resources).map(([id, resource]) => ({ id, condition: 'Condition' in resource ? resource.Condition : undefined }));
  return {
    DependsOn: all.filter(({ condition }) => condition === undefined).map(({ id }) => id),
    Metadata: { After: all.flatMap(({ id, condition }) => condition === undefined ? [] : [{ 'Fn::If': [condition, { Ref: id }, { Ref: 'AWS::NoValue' }] }]) },
  };
}

const roleId = (stem: string): string => `${logicalId(stem)}Role`;
const documentId = ({ stem }: Runbook): string => `${logicalId(stem)}Document`;

function documentResource({ stem }: Runbook, documents: Readonly<Record<string, string>>, before: Runbook | undefined): object {
  const content = documents[stem];
  if (content === undefined) throw new Error(`there is no runbook \`ssm-documents/${stem}.yaml\``);
  return {
    Type: 'AWS::SSM::Document', ...before === undefined ? {} : { DependsOn: documentId(before) },
    // A new version becomes the default; replacing a document that has a name of its own would fail.
    Properties: { Name: documentName(stem), DocumentType: 'Automation', DocumentFormat: 'JSON', UpdateMethod: 'NewVersion', Content: parse(content) as unknown },
  };
}
