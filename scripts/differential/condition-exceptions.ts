import type { Exception } from './exceptions.ts';
import { onlyOurs, onlyTheirs, testOf, type Split, type Test } from './splits.ts';

const isV4 = (text: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(text);
const isV6 = (text: string): boolean => text.includes(':');
const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text);
const isEpoch = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);
const isDate = (text: string): boolean => isEpoch(text) || !Number.isNaN(Date.parse(text));
const isArn = (text: string): boolean => text.split(':').length >= 6;
const operators = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html';

/** The test of that family which the sides differ on. */
const of = (family: Test['family'], recognizes: (test: Test, split: Split) => boolean) => (split: Split): boolean => {
  const test = testOf(split);
  return test?.family === family && recognizes(test, split);
};
/** A negated operator applies on our side alone, a positive one on the peer's side alone, or the other way about. */
const ourMatchIsLost = (test: Test, split: Split): boolean => test.negated ? onlyTheirs(split) : onlyOurs(split);

export const conditionExceptions: readonly Exception[] = [
  {
    name: 'IPv4 /0', is: 'fault', source: 'its src/condition/ipaddress/ipv4.ts isIpInCidrV4', reason: 'its mask is -1 << 32, which is -1, so 0.0.0.0/0 holds one address instead of all',
    recognizes: of('ip', (test, split) => ourMatchIsLost(test, split) && test.values.some((one) => one.endsWith('/0') && isV4(one.slice(0, -2))) && test.requestedList.some(isV4)),
  },
  {
    name: 'NotIpAddress of the other family', is: 'fault', source: 'its src/condition/ipaddress/ip.ts checkIfIpAddress', reason: 'a single address is not held to be different from an address of the other IP version',
    recognizes: of('ip', (test, split) => test.negated && onlyOurs(split) && test.values.some((one) => !one.includes('/') && test.requestedList.some((asked) => isV4(one) ? isV6(asked) : isV4(asked)))),
  },
  {
    name: 'single IPv6 address as text', is: 'fault', source: 'its src/condition/ipaddress/ip.ts checkIfIpAddress', reason: 'a single IPv6 address is compared by its spelling, so 2001:db8::7 is not 2001:DB8:0:0:0:0:0:7',
    recognizes: of('ip', (test, split) => ourMatchIsLost(test, split) && test.values.some((one) => isV6(one) && !one.includes('/') && test.requestedList.some((asked) => isV6(asked) && asked !== one))),
  },
  {
    name: 'seconds against milliseconds', is: 'fault', source: 'its src/condition/date/date.ts parseDate', reason: 'epoch dates stay seconds and are held against ISO dates in milliseconds',
    recognizes: of('date', (test) => [...test.values, ...test.requestedList].some(isEpoch) && [...test.values, ...test.requestedList].some((one) => !isEpoch(one) && isDate(one))),
  },
  {
    name: 'ForAnyValue…IfExists on a missing key', is: 'reading', source: `${operators}#Conditions_IfExists: a missing key is true; its src/condition/condition.ts forAnyValueMatch`, reason: 'IfExists is ignored beside ForAnyValue',
    recognizes: (split) => { const test = testOf(split); return test?.quantifier === 'ForAnyValue' && test.ifExists && test.requestedList.length === 0 && onlyOurs(split); },
  },
  {
    name: 'junk numbers', is: 'fault', source: 'its src/condition/numeric/numeric.ts parseNumber', reason: 'parseInt reads `10abc` as 10 and `1e2` as 1',
    recognizes: of('numeric', (test) => test.requestedList.some((one) => !isNumber(one) && !Number.isNaN(Number.parseInt(one, 10)))),
  },
  {
    name: 'a list without quantifier', is: 'reading', source: 'docs/policy-engine.md, readings; its src/condition/condition.ts singleValueMatch calls it a finding of its own', reason: 'a multi-valued key under an operator without quantifier never matches there; here some value matches, or none under a negated operator',
    recognizes: (split) => { const test = testOf(split); return test !== undefined && test.family !== 'null' && test.quantifier === undefined && Array.isArray(test.requested) && onlyOurs(split); },
  },
  {
    name: 'an empty list of values', is: 'reading', source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html: empty array condition', reason: 'a condition without values holds where nothing differs there; here never, but for a missing key under ForAllValues or IfExists',
    recognizes: (split) => {
      const test = testOf(split);
      return test?.values.length === 0 && split.ours === (test.requestedList.length === 0 && (test.ifExists || test.quantifier === 'ForAllValues'));
    },
  },
  {
    name: 'an empty list is a missing key', is: 'reading', source: `${operators}#Conditions_Null: not null means present with a value; its src/condition/condition.ts testNull`, reason: 'a key that carries no value counts as present there',
    recognizes: of('null', (test) => Array.isArray(test.requested) && test.requested.length === 0),
  },
  {
    name: 'a bare * under an Arn operator', is: 'reading', source: 'AWS is silent; its src/condition/arn/arn.ts arnMatches', reason: 'a pattern without six parts matches nothing there, the bare * included',
    recognizes: of('arn', (test, split) => ourMatchIsLost(test, split) && test.values.includes('*')),
  },
  {
    name: 'a negated operator on what cannot be read', is: 'reading', source: `${operators}: a negated operator is true where no value matches; its checkIf… functions`, reason: 'where a value of the request is no number, date or address, its negated operators do not match either',
    recognizes: (split) => {
      const test = testOf(split);
      const readable: Partial<Record<Test['family'], (text: string) => boolean>> = { numeric: isNumber, date: isDate, ip: (one) => isV4(one) || isV6(one) };
      const isReadable = test && readable[test.family];
      return isReadable !== undefined && test!.negated && onlyOurs(split) && test!.requestedList.some((one) => !isReadable(one));
    },
  },
  {
    name: 'an Arn operator on what is no ARN', is: 'reading', source: 'AWS is silent; its src/condition/arn/arn.ts arnMatches', reason: 'a text without six parts, of the request or the policy, neither matches nor differs there; here the two texts are compared',
    recognizes: of('arn', (test, split) => onlyOurs(split) && (test.requestedList.some((one) => !isArn(one)) || test.values.some((one) => one !== '*' && !isArn(one)))),
  },
  {
    name: 'the first part of an ARN', is: 'fault', source: `${operators}#Conditions_ARN: each of the six parts is checked; its src/condition/arn/arn.ts arnMatches`, reason: 'it compares the parts after the first colon only, so `*:` and any other first part stand for `arn:`',
    recognizes: of('arn', (test, split) => ourMatchIsLost({ ...test, negated: !test.negated }, split) && test.values.some((one) => isArn(one) && !one.startsWith('arn:'))),
  },
];
