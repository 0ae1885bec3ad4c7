import { expect, it } from 'vitest';
import { InvalidDocument, InvalidParameters } from '../support/automation/errors.ts';
import { readDeclarations, readParameters, type Declaration } from '../support/automation/parameters.ts';

const read = (declaration: Declaration, value?: unknown): unknown => readParameters(readDeclarations('parameter', { P: declaration }), value === undefined ? {} : { P: value }).P;
const long = 'x'.repeat(513);

it.each<[Declaration, unknown, unknown]>([
  [{ type: 'String' }, 'a', 'a'], [{ type: 'String' }, ['a'], 'a'], [{ type: 'String', default: 'd' }, undefined, 'd'], [{ type: 'String' }, 'x'.repeat(512), 'x'.repeat(512)],
  [{ type: 'String', allowedValues: ['Plan', 'Apply'] }, 'Plan', 'Plan'],
  [{ type: 'String', allowedPattern: '^(none|[0-9a-f]{4})$' }, '00ff', '00ff'],
  [{ type: 'String', minChars: 1, maxChars: 3 }, 'abc', 'abc'],
  [{ type: 'StringList' }, ['a'], ['a']], [{ type: 'StringList', minItems: 1, maxItems: 2 }, ['a', 'b'], ['a', 'b']],
  [{ type: 'Integer' }, ['5'], 5], [{ type: 'Integer' }, 5, 5], [{ type: 'Integer', allowedValues: [5] }, '5', 5],
  [{ type: 'Boolean' }, ['true'], true], [{ type: 'Boolean' }, 'false', false], [{ type: 'Boolean' }, true, true],
  [{ type: 'StringMap' }, ['{"a":"b"}'], { a: 'b' }], [{ type: 'StringMap' }, { a: 'b' }, { a: 'b' }],
  [{ type: 'MapList' }, ['{"a":"b"}'], [{ a: 'b' }]],
  [{ type: 'AWS::IAM::Role::Arn' }, ['arn:aws:iam::111111111111:role/path/remediate'], 'arn:aws:iam::111111111111:role/path/remediate'],
  [{ type: 'AWS::EC2::VPC::Id' }, 'vpc-1', 'vpc-1'], [{ type: 'List<AWS::EC2::Subnet::Id>' }, ['subnet-1'], ['subnet-1']],
])('%o takes %o as %o', (declaration, value, expected) => { expect(read(declaration, value)).toEqual(expected); });

it.each<[Declaration, unknown, string]>([
  [{ type: 'String' }, undefined, 'parameter `P` is missing and has no default'],
  [{ type: 'String' }, 5, 'parameter `P` is `5`, not a String'],
  [{ type: 'String' }, ['a', 'b'], 'parameter `P` is `["a","b"]`, not a String'],
  [{ type: 'String' }, long, 'parameter `P` has 513 characters, more than the 512 that AWS takes'],
  [{ type: 'StringList' }, ['a', long], 'parameter `P` has 513 characters, more than the 512 that AWS takes'],
  [{ type: 'StringMap' }, { a: long }, 'parameter `P` has 521 characters, more than the 512 that AWS takes'],
  [{ type: 'String', allowedValues: ['Plan', 'Apply'] }, 'plan', 'parameter `P` is `plan`, none of `["Plan","Apply"]`'],
  [{ type: 'String', allowedPattern: '^[0-9]+$' }, '1a', 'parameter `P` is `1a`, which does not fit ^[0-9]+$'],
  [{ type: 'StringList', allowedPattern: '^[0-9]+$' }, ['1', 'a'], 'parameter `P` is `a`, which does not fit ^[0-9]+$'],
  [{ type: 'String', minChars: 2 }, 'a', 'parameter `P` has 1 characters, not 2 to 512'],
  [{ type: 'String', maxChars: 2 }, 'abc', 'parameter `P` has 3 characters, not 0 to 2'],
  [{ type: 'StringList', minItems: 1 }, [], 'parameter `P` has 0 items, not 1 to many'],
  [{ type: 'StringList', maxItems: 1 }, ['a', 'b'], 'parameter `P` has 2 items, not 0 to 1'],
  [{ type: 'StringList' }, 'a', 'parameter `P` is `a`, not a StringList'],
  [{ type: 'Integer' }, '5a', 'parameter `P` is `5a`, not a Integer'],
  [{ type: 'Boolean' }, 'True', 'parameter `P` is `True`, not a Boolean'],
  [{ type: 'StringMap' }, '{', 'parameter `P` is `{`, not a StringMap'],
  [{ type: 'MapList' }, ['a'], 'parameter `P` is `["a"]`, not a MapList'],
  [{ type: 'AWS::IAM::Role::Arn' }, 'arn:aws:iam::111111111111:user/u', 'parameter `P` is `arn:aws:iam::111111111111:user/u`, not the ARN of a role'],
])('%o refuses %o', (declaration, value, message) => { expect(() => read(declaration, value)).toThrow(new InvalidParameters(message)); });

it('refuses a parameter that is not in the document', () => {
  expect(() => readParameters({}, { P: 'a' })).toThrow('parameter `P` is not in the document');
});

it.each<[unknown, string]>([
  [{ P: { type: 'Text' } }, 'parameter `P`: the type `Text` is unknown'],
  [{ P: { type: 'String', pattern: 'x' } }, 'parameter `P`: `pattern` is unknown'],
  [{ P: { type: 'String', allowedPattern: '[0-9]+' } }, 'parameter `P`: `allowedPattern` must begin with ^ and end with $'],
  [{ P: { type: 'String', default: 5 } }, 'parameter `P`: the default is `5`, not a String'],
  [{ P: { type: 'String', default: 'c', allowedValues: ['a'] } }, 'parameter `P`: the default is `c`, none of `["a"]`'],
  [{ 'P-1': { type: 'String' } }, 'parameter `P-1`: the name may hold letters, digits and _'],
  [{ P: 'String' }, 'parameter `P`: expected a map'],
  [[], 'parameters: expected a map'],
])('refuses the declarations %o', (raw, message) => { expect(() => readDeclarations('parameter', raw)).toThrow(new InvalidDocument(message)); });
