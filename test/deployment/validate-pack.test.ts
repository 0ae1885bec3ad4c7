import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sources, type Source } from '../../deployment/pack-checks/report.ts';
import { validatePack } from '../../deployment/validate-pack.ts';

/** A good pack of one rule and its remediation; rows change or add lines of it. */
const good = `Parameters:
  Prefix:
    Type: String
    Default: dp
Resources:
  Rule:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: not-public
      Description: d
      InputParameters: { rule: not-public, prefix: !Ref Prefix }
      Scope:
        ComplianceResourceTypes: [AWS::RDS::DBInstance]
      Source:
        Owner: CUSTOM_LAMBDA
        SourceIdentifier: !Sub 'arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:\${Prefix}'
        SourceDetails:
          - { EventSource: aws.config, MessageType: ConfigurationItemChangeNotification }
          - { EventSource: aws.config, MessageType: OversizedConfigurationItemChangeNotification }
  Fix:
    Type: AWS::Config::RemediationConfiguration
    DependsOn: Rule
    Properties:
      ConfigRuleName: not-public
      TargetType: SSM_DOCUMENT
      TargetId: Close
      Automatic: true
      MaximumAutomaticAttempts: 5
      RetryAttemptSeconds: 60
      ExecutionControls:
        SsmControls: { ConcurrentExecutionRatePercentage: 10, ErrorPercentage: 50 }
      Parameters:
        ResourceId: { ResourceValue: { Value: RESOURCE_ID } }
        AutomationAssumeRole: { StaticValue: { Values: ['arn:aws:iam::000000000000:role/fix'] } }
`;
type Problem = [line: number, severity: 'error' | 'warning', what: string, source: Source];
type Change = [from: string, to: string];
interface Row { readonly name: string; readonly text?: string; readonly changes?: readonly Change[]; readonly deployable?: boolean; readonly problems: readonly Problem[] }

function changed(changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`nothing to change: ${from}`);
    return text.replace(from, () => to);
  }, good);
}
const many = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join('');
const managed = (index: number): string => `  R${index}: { Type: 'AWS::Config::ConfigRule', Properties: { ConfigRuleName: r${index}, Source: { Owner: AWS, SourceIdentifier: X } } }\n`;
const fix = (index: number): string => `  F${index}: { Type: 'AWS::Config::RemediationConfiguration', DependsOn: R${index}, Properties: { ConfigRuleName: r${index}, TargetType: SSM_DOCUMENT, TargetId: X } }\n`;

const DETAIL = 'EventSource: aws.config, MessageType: ConfigurationItemChangeNotification';
const OVERSIZED = '          - { EventSource: aws.config, MessageType: OversizedConfigurationItemChangeNotification }\n';
const ROLE = "        AutomationAssumeRole: { StaticValue: { Values: ['arn:aws:iam::000000000000:role/fix'] } }\n";

const rows: Row[] = [
  { name: 'a good pack', changes: [], problems: [] },
  { name: 'JSON', text: JSON.stringify({ Resources: { R: { Type: 'AWS::Config::ConfigRule', Properties: { Source: { Owner: 'AWS', SourceIdentifier: 'X' } } } } }), problems: [] },
  { name: 'a Fn::If that leaves a property out', changes: [['Description: d', 'Description: !If [On, e, !Ref AWS::NoValue]'], ['Resources:', 'Conditions: { On: !Equals [!Ref Prefix, x] }\nResources:']], problems: [] },

  { name: 'not YAML', text: 'Resources:\n  A: [1\n', problems: [
    [3, 'error', 'the template is not YAML: flow sequence in block collection must be sufficiently indented and end with a ]; mend the syntax here', 'yaml'],
  ] },
  { name: 'plain text', text: 'hello', problems: [
    [1, 'error', 'the template is not a mapping; write `Resources:` with the rules below it', 'template'],
  ] },
  { name: 'nothing', text: '', problems: [
    [1, 'error', 'the template is not a mapping; write `Resources:` with the rules below it', 'template'],
  ] },
  { name: 'no resources', text: 'Parameters: {}\n', problems: [
    [1, 'error', 'the template has no `Resources`; write the rules of the pack below `Resources:`', 'template'],
  ] },
  { name: 'resources as a list', text: 'Resources: []\n', problems: [
    [1, 'error', '`Resources` is not a mapping; write `name:` lines below it', 'template'],
  ] },
  { name: 'a key that is not text', text: '? [a]\n: b\n', problems: [
    [1, 'error', 'a key is not text; write a plain key', 'yaml'],
    [1, 'error', 'the template has no `Resources`; write the rules of the pack below `Resources:`', 'template'],
  ] },
  { name: 'controls', changes: [['Description: d', 'Controls: [A1]']], problems: [
    [10, 'warning', 'rule `Rule`: `Controls` is not documented; remove it unless you know what reads it', 'ruleResource'],
  ] },
  { name: 'a duplicate key', changes: [['      Description: d\n', '      Description: d\n      Description: e\n']], problems: [
    [11, 'error', 'the key `Description` stands twice in one mapping; keep one of them, since only one would count', 'yaml'],
  ] },
  { name: 'an alias', changes: [['Type: String', 'Type: &t String'], ['Default: dp', 'Default: *t']], problems: [
    [4, 'error', 'the alias `*t` is not supported by CloudFormation; write the value out', 'yaml'],
  ] },
  { name: 'an unknown tag', changes: [['!Ref Prefix', '!Reff Prefix']], problems: [
    [11, 'error', 'the tag `!Reff` is not a function of CloudFormation; use one of !Ref, !Condition, !And, !Base64, !Cidr, !Equals, !FindInMap, !GetAZs, !GetAtt, !If, !ImportValue, !Join, !Not, !Or, !Select, !Split, !Sub', 'functions'],
  ] },
  { name: 'an unknown function', changes: [['!Ref Prefix', '{ Fn::Upper: x }']], problems: [
    [11, 'error', '`Fn::Upper` is not a function known here; use one of Ref, Condition, Fn::And, Fn::Base64, Fn::Cidr, Fn::Equals, Fn::FindInMap, Fn::GetAZs, Fn::GetAtt, Fn::If, Fn::ImportValue, Fn::Join, Fn::Not, Fn::Or, Fn::Select, Fn::Split, Fn::Sub', 'functions'],
  ] },
  { name: 'a section of something else', changes: [['Parameters:', 'Resource: {}\nParameters:']], problems: [
    [1, 'error', 'template: unknown property `Resource`; remove it or use one of AWSTemplateFormatVersion, Conditions, Description, Mappings, Metadata, Outputs, Parameters, Resources, Rules', 'template'],
  ] },
  { name: 'another resource type', changes: [['Resources:', 'Resources:\n  Bucket:\n    Type: AWS::S3::Bucket']], problems: [
    [7, 'error', 'resource `Bucket` has the type `AWS::S3::Bucket`, a pack holds AWS::Config::ConfigRule and AWS::Config::RemediationConfiguration only; deploy it with a stack of its own', 'packTemplate'],
  ] },

  { name: 'more than fits inline', changes: [['Parameters:', `# ${'x'.repeat(51_200)}\nParameters:`]], problems: [
    [1, 'warning', 'the template has 52434 bytes, over 51200 it cannot be passed inline; put it into an S3 bucket of the same Region and pass `TemplateS3Uri`', 'pack'],
  ] },
  { name: 'more than S3 may hold', changes: [['Parameters:', `# ${'x'.repeat(307_200)}\nParameters:`]], problems: [
    [1, 'error', 'the template has 308434 bytes, at most 307200; split the pack', 'pack'],
  ] },
  { name: '130 rules', text: `Resources:\n${many(130, managed)}`, problems: [] },
  { name: '131 rules', text: `Resources:\n${many(131, managed)}`, problems: [
    [1, 'error', 'the pack has 131 rules, at most 130; split the pack', 'limits'],
  ] },
  { name: '131 with remediations', text: `Resources:\n${many(66, managed)}${many(65, fix)}`, problems: [
    [1, 'warning', 'the pack has 131 resources, 66 rules and 65 remediations, and AWS may count both to its 130; split the pack', 'limits'],
  ] },
  { name: '61 parameters', changes: [['Parameters:\n', `Parameters:\n${many(60, (index) => `  P${index}: { Type: String }\n`)}`]], problems: [
    [1, 'error', '`Parameters` has 61 entries, at most 60; remove those no rule needs', 'pack'],
  ] },
  { name: 'a long parameter name', changes: [['Parameters:\n', `Parameters:\n  ${'p'.repeat(256)}: { Type: String }\n`]], problems: [
    [2, 'error', 'parameter `pppppppppppppppppppp…` has a name of 256 characters, at most 255; shorten it', 'parameter'],
  ] },
  { name: 'a long default', changes: [['Parameters:\n', `Parameters:\n  P: { Type: String, Default: ${'p'.repeat(4097)} }\n`]], problems: [
    [2, 'error', 'parameter `P` has a default of 4097 characters, at most 4096; shorten it', 'parameter'],
  ] },
  { name: 'a parameter without type', changes: [['    Type: String\n', '']], problems: [
    [2, 'error', 'parameter `Prefix` has no `Type`; add `Type: String`', 'template'],
  ] },

  { name: 'a Ref to nothing', changes: [['!Ref Prefix', '!Ref Prefx']], problems: [
    [11, 'error', '`Ref` names `Prefx`, which is no parameter or resource of this template; add it to `Parameters` or correct the name', 'functions'],
  ] },
  { name: 'a Fn::Sub to nothing', changes: [['function:${Prefix}', 'function:${Prefx}']], problems: [
    [16, 'error', '`Fn::Sub` names `Prefx`, which is no parameter or resource of this template; add it to `Parameters` or correct the name', 'functions'],
  ] },
  { name: 'a Fn::Sub with names of its own', changes: [["!Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Prefix}'", "!Sub ['${A}${!B}', { A: x }]"]], problems: [] },
  { name: 'a condition nobody wrote', changes: [['Description: d', 'Description: !If [On, a, b]']], problems: [
    [10, 'error', '`On` does not stand in `Conditions`; add it there or correct the name', 'functions'],
  ] },
  { name: 'DependsOn to nothing', changes: [['DependsOn: Rule', 'DependsOn: [Rule, Other]']], problems: [
    [22, 'error', '`Other` does not stand in `Resources`; add it there or correct the name', 'functions'],
  ] },

  { name: 'a name of 38', changes: [['ConfigRuleName: not-public\n      D', `ConfigRuleName: ${'n'.repeat(38)}\n      D`], ['ConfigRuleName: not-public', `ConfigRuleName: ${'n'.repeat(38)}`]], problems: [
    [9, 'warning', 'rule `Rule`: `ConfigRuleName` has 38 characters, over 37 it passes the API\'s 64 with the suffix a pack appends; shorten it', 'details'],
  ] },
  { name: 'a name of 129', changes: [['ConfigRuleName: not-public\n      D', `ConfigRuleName: ${'n'.repeat(129)}\n      D`], ['ConfigRuleName: not-public', `ConfigRuleName: ${'n'.repeat(129)}`]], problems: [
    [9, 'error', 'rule `Rule`: `ConfigRuleName` has 129 characters, at most 128; shorten it', 'rule'],
  ] },
  { name: 'two rules of one name', changes: [['  Fix:\n', "  Again: { Type: 'AWS::Config::ConfigRule', Properties: { ConfigRuleName: not-public, Source: { Owner: AWS, SourceIdentifier: X } } }\n  Fix:\n"]], problems: [
    [20, 'error', 'rule `Again` has the `ConfigRuleName` `not-public` of `Rule`; give each rule its own name', 'rule'],
  ] },
  { name: 'a long description', changes: [['Description: d', `Description: ${'d'.repeat(257)}`]], problems: [
    [10, 'error', 'rule `Rule`: `Description` has 257 characters, at most 256; shorten it', 'rule'],
  ] },
  { name: 'long input by a parameter', changes: [['Default: dp', `Default: ${'d'.repeat(1000)}`]], problems: [
    [11, 'error', 'rule `Rule`: `InputParameters` has 1033 characters as JSON, at most 1024; move long lists into the definition file', 'rule'],
  ] },
  { name: 'input that is no JSON', changes: [['{ rule: not-public, prefix: !Ref Prefix }', "'{'"]], problems: [
    [11, 'error', 'rule `Rule`: `InputParameters` is not a JSON object; write `name: value` lines below it', 'rule'],
  ] },
  { name: 'a misspelt property', changes: [['Description: d', 'Descripton: d']], problems: [
    [10, 'error', 'rule `Rule`: unknown property `Descripton`; remove it or use one of Compliance, ConfigRuleName, Controls, Description, EvaluationModes, InputParameters, MaximumExecutionFrequency, Scope, Source', 'ruleResource'],
  ] },
  { name: 'no source', text: 'Resources:\n  R:\n    Type: AWS::Config::ConfigRule\n    Properties: { Description: d }\n', problems: [
    [2, 'error', 'rule `R`: `Source` is missing; add it', 'rule'],
  ] },
  { name: 'an empty source', text: 'Resources:\n  R:\n    Type: AWS::Config::ConfigRule\n    Properties:\n      Source: {}\n', problems: [
    [5, 'error', 'rule `R`: `Owner` is missing; add it', 'source'],
    [5, 'error', 'rule `R`: `SourceIdentifier` is missing; add it', 'source'],
  ] },
  { name: 'a long source identifier', changes: [["!Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Prefix}'", 'a'.repeat(257)]], problems: [
    [16, 'error', 'rule `Rule`: `SourceIdentifier` has 257 characters, at most 256; shorten it', 'source'],
  ] },
  { name: '101 types', changes: [['[AWS::RDS::DBInstance]', `[${many(101, (index) => `T${index}, `)}]`]], problems: [
    [13, 'error', 'rule `Rule`: `ComplianceResourceTypes` has 101 types, at most 100; split the rule', 'scope'],
  ] },
  { name: 'a resource id with two types', changes: [['[AWS::RDS::DBInstance]', '[A, B]\n        ComplianceResourceId: x']], problems: [
    [14, 'error', 'rule `Rule`: `ComplianceResourceId` stands beside 2 types, it needs exactly one; name the type of that resource in `ComplianceResourceTypes`', 'scope'],
  ] },
  { name: 'an unknown message type', changes: [[OVERSIZED, `${OVERSIZED}          - { EventSource: aws.config, MessageType: Changed }\n`]], problems: [
    [20, 'error', 'rule `Rule`: `MessageType` is `Changed`; write one of ConfigurationItemChangeNotification, OversizedConfigurationItemChangeNotification, ScheduledNotification, ConfigurationSnapshotDeliveryCompleted', 'sourceDetail'],
  ] },
  { name: 'no oversized notifications', changes: [[OVERSIZED, '']], problems: [
    [18, 'error', 'rule `Rule`: ConfigurationItemChangeNotification stands without OversizedConfigurationItemChangeNotification, so large resources are silently never evaluated; add a source detail with OversizedConfigurationItemChangeNotification', 'oversized'],
  ] },
  { name: 'no triggers', text: 'Resources:\n  R:\n    Type: AWS::Config::ConfigRule\n    Properties:\n      Source: { Owner: CUSTOM_LAMBDA, SourceIdentifier: X }\n', problems: [
    [5, 'error', 'rule `R`: `SourceDetails` names no trigger, so the rule is never evaluated; add ConfigurationItemChangeNotification with OversizedConfigurationItemChangeNotification, or ScheduledNotification', 'source'],
  ] },
  { name: 'triggers of a managed rule', changes: [['CUSTOM_LAMBDA', 'AWS']], problems: [
    [17, 'error', 'rule `Rule`: `SourceDetails` stands on a managed rule; remove it, since AWS sets the triggers', 'source'],
  ] },
  { name: 'an unknown frequency', changes: [[OVERSIZED, `${OVERSIZED}          - { EventSource: aws.config, MessageType: ScheduledNotification, MaximumExecutionFrequency: Two_Hours }\n`]], problems: [
    [20, 'error', 'rule `Rule`: `MaximumExecutionFrequency` is `Two_Hours`; write one of One_Hour, Three_Hours, Six_Hours, Twelve_Hours, TwentyFour_Hours', 'sourceDetail'],
  ] },
  { name: 'a frequency beside a change', changes: [[DETAIL, `${DETAIL}, MaximumExecutionFrequency: One_Hour`]], problems: [
    [18, 'error', 'rule `Rule`: `MaximumExecutionFrequency` stands beside `MessageType` `ConfigurationItemChangeNotification`; remove it or use ScheduledNotification', 'sourceDetail'],
  ] },
  { name: 'a frequency on a rule of changes', changes: [['Description: d', 'MaximumExecutionFrequency: One_Hour']], problems: [
    [10, 'error', 'rule `Rule`: `MaximumExecutionFrequency` stands on a rule without a scheduled trigger; remove it or add a source detail with ScheduledNotification', 'source'],
  ] },

  { name: 'a remediation of no rule', changes: [['DependsOn: Rule\n    Properties:\n      ConfigRuleName: not-public', 'DependsOn: Rule\n    Properties:\n      ConfigRuleName: other']], problems: [
    [24, 'error', 'remediation `Fix`: `ConfigRuleName` `other` is no rule of this pack; write the `ConfigRuleName` of one of its rules, without the suffix AWS Config appends', 'remediation'],
  ] },
  { name: 'a remediation that does not wait', changes: [['    DependsOn: Rule\n', '']], problems: [
    [20, 'error', 'remediation `Fix`: `DependsOn` does not name `Rule`, so the remediation may be made before its rule; add `DependsOn: Rule`', 'remediation'],
  ] },
  { name: 'another target type', changes: [['SSM_DOCUMENT', 'LAMBDA']], problems: [
    [25, 'error', 'remediation `Fix`: `TargetType` is `LAMBDA`; write SSM_DOCUMENT', 'remediation'],
  ] },
  { name: 'a long target', changes: [['TargetId: Close', `TargetId: ${'t'.repeat(257)}`]], problems: [
    [26, 'error', 'remediation `Fix`: `TargetId` has 257 characters, at most 256; shorten it', 'remediation'],
  ] },
  { name: '26 parameters of a document', changes: [[ROLE, `${ROLE}${many(24, (index) => `        P${index}: { StaticValue: { Values: [x] } }\n`)}`]], problems: [
    [32, 'error', 'remediation `Fix`: `Parameters` has 26 entries, at most 25; let the document take fewer', 'remediation'],
  ] },
  { name: '26 values', changes: [[ROLE, `${ROLE}        P: { StaticValue: { Values: [${'x, '.repeat(26)}] } }\n`]], problems: [
    [35, 'error', 'remediation `Fix`, parameter `P`: `Values` has 26 entries, from 1 to 25; let the document take fewer', 'staticValue'],
  ] },
  { name: 'another dynamic value', changes: [['RESOURCE_ID', 'ACCOUNT_ID']], problems: [
    [33, 'error', 'remediation `Fix`, parameter `ResourceId`: `Value` is `ACCOUNT_ID`; write RESOURCE_ID', 'remediation'],
  ] },
  { name: 'automatic without a role', changes: [[ROLE, '']], problems: [
    [27, 'error', 'remediation `Fix`: `Automatic` is true without the parameter `AutomationAssumeRole`; add `AutomationAssumeRole` to `Parameters`, with the role the document runs as', 'remediation'],
  ] },
  { name: 'automatic without an end', changes: [['      MaximumAutomaticAttempts: 5\n      RetryAttemptSeconds: 60\n', '']], problems: [
    [27, 'error', 'remediation `Fix`: `Automatic` is true without `MaximumAutomaticAttempts`; add it, so that failed attempts end where you decided', 'remediation'],
    [27, 'error', 'remediation `Fix`: `Automatic` is true without `RetryAttemptSeconds`; add it, so that failed attempts end where you decided', 'remediation'],
  ] },
  { name: 'numbers out of range', changes: [['Attempts: 5', 'Attempts: 26'], ['Seconds: 60', 'Seconds: 2678001'], ['RatePercentage: 10', 'RatePercentage: 0'], ['ErrorPercentage: 50', 'ErrorPercentage: half']], problems: [
    [28, 'error', 'remediation `Fix`: `MaximumAutomaticAttempts` is `26`; write a whole number from 1 to 25', 'remediation'],
    [29, 'error', 'remediation `Fix`: `RetryAttemptSeconds` is `2678001`; write a whole number from 1 to 2678000', 'remediation'],
    [31, 'error', 'remediation `Fix`: `ConcurrentExecutionRatePercentage` is `0`; write a whole number from 1 to 100', 'ssmControls'],
    [31, 'error', 'remediation `Fix`: `ErrorPercentage` is `half`; write a whole number from 1 to 100', 'ssmControls'],
  ] },
  { name: 'a role by a function', changes: [["'arn:aws:iam::000000000000:role/fix'", "!Sub 'arn:aws:iam::${AWS::AccountId}:role/fix'"]], problems: [
    [34, 'error', 'remediation `Fix`, parameter `AutomationAssumeRole`: the role is `Fn::Sub`, not a literal ARN; write `arn:aws:iam::` with the deploying account, `:role/` and the name; functions are not supported here', 'prerequisites'],
  ] },
  { name: 'a whole role by a function', changes: [["{ StaticValue: { Values: ['arn:aws:iam::000000000000:role/fix'] } }", '!Ref Prefix']], problems: [
    [34, 'error', 'remediation `Fix`, parameter `AutomationAssumeRole`: the role is `Ref`, not a literal ARN; write `arn:aws:iam::` with the deploying account, `:role/` and the name; functions are not supported here', 'prerequisites'],
  ] },
  { name: 'True with a capital', changes: [['Automatic: true', 'Automatic: True'], [ROLE, '']], problems: [
    [27, 'error', 'remediation `Fix`: `Automatic` is true without the parameter `AutomationAssumeRole`; add `AutomationAssumeRole` to `Parameters`, with the role the document runs as', 'remediation'],
  ] },
  { name: 'Automatic that is neither', changes: [['Automatic: true', 'Automatic: maybe']], problems: [
    [27, 'error', 'remediation `Fix`: `Automatic` is `maybe`; write true or false', 'remediation'],
  ] },
  { name: 'a Fn::If of two parts', changes: [['Description: d', 'Description: !If [On, d]'], ['Resources:', 'Conditions: { On: !Equals [!Ref Prefix, x] }\nResources:']], problems: [
    [11, 'error', '`Fn::If` does not have three parts; write the condition, the value if it holds, and the value if not', 'functions'],
  ] },
  { name: 'a default by a function', changes: [['Default: dp', 'Default: !Ref AWS::Region']], problems: [
    [4, 'error', 'parameter `Prefix` has a default that is not text; write one value; functions are not supported here', 'template'],
  ] },
  { name: 'a placeholder in a deployable pack', changes: [], deployable: true, problems: [
    [34, 'error', 'the account is still the placeholder `000000000000`; write the id of the account that deploys the pack', 'prerequisites'],
  ] },
];

describe('validatePack', () => {
  for (const { name, text, changes, deployable = false, problems } of rows) {
    test(name, () => {
      const expected = problems.map(([line, severity, what, source]) => ({ severity, line, message: `${what} (${sources[source]})` }));
      expect(validatePack(text ?? changed(changes ?? []), { deployable })).toEqual(expected);
    });
  }

  test.runIf(existsSync('conformance-pack.yaml'))('the committed pack has no errors', () => {
    const problems = validatePack(readFileSync('conformance-pack.yaml', 'utf8'), { deployable: false });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
