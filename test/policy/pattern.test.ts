import { describe, expect, it } from 'vitest';
import { arnGlob, asArn, enter, fill, glob, isPattern, literal, parseTemplate, Pattern, patternOf, plainGlob, step, type Template, type TemplateOptions, type Wildcard } from '../../policy/pattern.ts';

/** Texts with wildcards and variables: what they match, what they are seen to cover, and what a request's values make of them. */
const any: Wildcard = { of: 'any', times: 'many' };
const digits: Wildcard = { of: 'digit', times: 'many' };
const digit: Wildcard = { of: 'digit', times: 'one' };
const noDigitOrOne: Wildcard = { of: 'digit', times: 'optional' };
const noCharacterOrOne: Wildcard = { of: 'any', times: 'optional' };
/** With the classes of wildcards, which the text does not show. */
const spelled = (pattern: Pattern): string => pattern.literal !== undefined ? `the text "${pattern.literal}"` : pattern.alternatives.length > 1 ? pattern.text
  : pattern.tokens.map((token) => typeof token === 'string' ? token : `<${token.times} ${token.of}>`).join('');

describe('a pattern', () => {
  it.each<[name: string, pattern: Pattern, matched: readonly string[], others: readonly string[]]>([
    ['without wildcards is one text', plainGlob('Ab'), ['Ab'], ['ab', 'AB', 'A', 'Abc', '']],
    ['that is literal has no wildcards', literal('a*?'), ['a*?'], ['a', 'abc', 'a*b']],
    ['of `*` is every text', plainGlob('*'), ['', 'a', 'a:b/c', '\n'], []],
    ['of several `*` is every text', plainGlob('**'), ['', 'a:b'], []],
    ['of no places is the empty text', patternOf(), [''], ['a']],
    ['made of no places is the empty text', new Pattern('', []), [''], ['a']],
    ['reads `*` for a run of anything, none included', plainGlob('a*b*c'), ['abc', 'a/b:c', 'abbcc', 'aXbXbXc'], ['ab', 'acb', 'abcd', 'xabc', 'Abc']],
    ['reads `?` as one character', plainGlob('?b?'), ['abc', ':b/'], ['b', 'ab', 'bc', 'abcd']],
    ['that ends in `*` takes the beginning alone', plainGlob('ab**'), ['ab', 'abc'], ['a', 'xab']],
    ['of one class takes no other characters', patternOf('a', digits, 'z'), ['az', 'a1z', 'a12z'], ['abz', 'a1bz', 'a1']],
    ['may leave out what is optional', patternOf('a', noDigitOrOne, 'b'), ['ab', 'a1b'], ['a12b', 'axb', 'a1', 'a']],
    ['may end in what is optional', patternOf('a', noDigitOrOne), ['a', 'a1'], ['a12', 'ax', '1']],
    ['may leave out what is optional behind a `*`', patternOf(any, noDigitOrOne, 'b'), ['b', '1b', 'xx1b', 'bb'], ['', '1', 'bx']],
    // The first `a` is not the right one, which shows only where the narrower wildcard has failed.
    ['goes back to a wide wildcard behind which a narrow one failed', patternOf(any, 'a', digits, 'b'), ['ab', 'a1b', 'axa1b', 'aab'], ['axb', 'a1', 'axa1bx']],
    ['goes back to a narrow wildcard behind which another failed', patternOf(digits, '1', { of: 'letter', times: 'many' }, '2'), ['12', '1112', '31a2'], ['1a12', '2']],
    ['goes back to a narrow wildcard before a wide one', patternOf(digits, 'a', any, 'b'), ['ab', '12a34b', 'axab'], ['xab', '1a']],
    ['leaves out what is optional, but not one character', patternOf(noDigitOrOne, digit, any), ['1', '12', '1a'], ['', 'a']],
    ['holds one of a class behind a `*`', patternOf(any, digit, 'b'), ['1b', 'b1b', '11b'], ['b', 'xb']],
    ['of Regions takes their names', glob('a-${region}-?'), ['a-eu-west-1-x', 'a-us-gov-east-1-1'], ['a-eu-west-9-x', 'a-eu-west-1-', 'a--x', 'a-${region}-x', 'A-eu-west-1-x']],
    ['of Regions may begin with a wildcard', glob('*.${region}.amazonaws.com'), ['s3.eu-west-1.amazonaws.com', '.eu-west-1.amazonaws.com'], ['s3.amazonaws.com', 's3.here.amazonaws.com']],
    ['names one Region in a text', glob('${region}/${region}'), ['eu-west-1/eu-west-1'], ['eu-west-1/eu-west-2']],
    ['of no Regions is a usual one', glob('a?'), ['ab'], ['a', 'abc']],
  ])('%s', (_, pattern, matched, others) => {
    expect([...matched, ...others].filter((text) => pattern.matches(text))).toEqual(matched);
    expect(matched.filter((text) => !text.startsWith(pattern.head) || !text.endsWith(pattern.tail))).toEqual([]);
  });

  const cased: readonly (readonly [pattern: Pattern, text: string, ignored: boolean, regarded: boolean])[] = [
    [literal('AbC'), 'aBc', true, false], [literal('AbC'), 'AbC', true, true], [literal('abc'), 'abd', false, false],
    [plainGlob('Ab*'), 'aBc', true, false], [plainGlob('ab*'), 'AB', true, false], [plainGlob('Ab*'), 'aXc', false, false], [plainGlob('*Ab'), 'xaB', true, false], [plainGlob('A?c'), 'axC', true, false],
    // The sign of the Kelvin and the long s have a case that is a letter's of ASCII, which has another.
    [literal('Élan'), 'éLAN', true, false], [plainGlob('Él*'), 'éLan', true, false], [literal('\u212a'), 'k', false, false], [plainGlob('\u212a*'), 'Kb', false, false], [plainGlob('?s'), 'a\u017f', false, false], [plainGlob('i*'), '\u0130x', false, false],
    [patternOf('Ab', any, 'C', digits, 'D'), 'aBxC1c1d', true, false], [patternOf('Ab', any, 'C', digits, 'D'), 'AbxC1C1D', true, true], [patternOf('Ab', noDigitOrOne, 'c'), 'abC', true, false],
  ];
  it.each(cased.map((row) => [spelled(row[0]), row.slice(1), row] as const))('%s meets without regard to case and with it %j', (_, __, [pattern, text, ignored, regarded]) => {
    expect([pattern.matches(text, true), pattern.matches(text, false), pattern.matches(text)]).toEqual([ignored, regarded, regarded]);
  });

  const shown: readonly (readonly [pattern: Pattern, text: string, head: string, tail: string, only: string | undefined, isEverything: boolean])[] = [
    [plainGlob('*'), '*', '', '', undefined, true], [plainGlob('**'), '**', '', '', undefined, true], [plainGlob('?*'), '?*', '', '', undefined, false],
    [plainGlob(''), '', '', '', '', false], [plainGlob('ab'), 'ab', 'ab', 'ab', 'ab', false], [literal('*'), '*', '*', '*', '*', false], [literal('a?b'), 'a?b', 'a?b', 'a?b', 'a?b', false],
    [plainGlob('ab*c?de'), 'ab*c?de', 'ab', 'de', undefined, false], [plainGlob('*ab'), '*ab', '', 'ab', undefined, false], [plainGlob('ab?'), 'ab?', 'ab', '', undefined, false],
    [patternOf('ab', digits, 'c', digit, 'de'), 'ab*c?de', 'ab', 'de', undefined, false], [patternOf('a', noDigitOrOne, 'bc'), 'abc', 'a', 'bc', undefined, false],
    [patternOf('a*b', any, 'c?d'), 'a*b*c?d', 'a*b', 'c?d', undefined, false], [patternOf(digits), '*', '', '', undefined, false],
    [patternOf('a', plainGlob('b*'), ['c', digit], literal('?')), 'ab*c??', 'ab', '?', undefined, false], [patternOf('a', literal('*'), ['b']), 'a*b', 'a*b', 'a*b', 'a*b', false], [patternOf(), '', '', '', '', false],
    [new Pattern('', []), '', '', '', undefined, false],
    // What comes behind the Region is not known of all of them at once.
    [glob('a.${region}.b'), 'a.${region}.b', 'a.', '', undefined, false], [glob('a*b.${region}'), 'a*b.${region}', 'a', '', undefined, false], [glob('${region}'), '${region}', '', '', undefined, false],
    [arnGlob('arn:aws:s3:::a*b'), 'arn:aws:s3:::a*b', 'arn:aws:s3:::a', 'b', undefined, false], [arnGlob('arn:aws:s3:::a'), 'arn:aws:s3:::a', 'arn:aws:s3:::a', 'arn:aws:s3:::a', 'arn:aws:s3:::a', false],
  ];
  it.each(shown.map((row) => [spelled(row[0]), row.slice(1), row] as const))('%s has its text, beginning and end: %j', (_, __, [pattern, text, head, tail, only, isEverything]) => {
    expect({ text: pattern.text, head: pattern.head, tail: pattern.tail, only: pattern.literal, isEverything: pattern.isEverything }).toEqual({ text, head, tail, only, isEverything });
  });

  it('of Regions is the union of one for each', () => {
    expect(glob('a-${region}').alternatives.map((one) => one.text)).toEqual(expect.arrayContaining(['a-eu-west-1', 'a-cn-north-1', 'a-us-gov-west-1']));
    const single = plainGlob('a*');
    expect(single.alternatives).toEqual([single]);
  });
});

describe('one pattern', () => {
  const pairs: readonly (readonly [pattern: Pattern, other: Pattern, covered: boolean, ignored?: boolean])[] = [
    [plainGlob('*'), plainGlob('a'), true], [plainGlob('*'), plainGlob('a*?'), true], [plainGlob('*'), glob('${region}'), true], [plainGlob('*'), plainGlob('*'), true], [plainGlob('?*'), plainGlob('*'), false],
    [literal('ab'), literal('ab'), true], [literal('ab'), literal('abc'), false], [literal('a*'), plainGlob('a*'), false], [plainGlob('a*'), literal('a*'), true], [literal('Ab'), literal('aB'), false, true],
    [plainGlob('a*'), plainGlob('ab*'), true], [plainGlob('ab*'), plainGlob('a*'), false], [plainGlob('a*'), plainGlob('a?*b'), true], [plainGlob('a*c'), plainGlob('a*b*c'), true], [plainGlob('a*c'), plainGlob('a*b'), false],
    [plainGlob('AB*'), plainGlob('abc*'), false, true], [plainGlob('ab*'), plainGlob('ABc'), false, true], [plainGlob('AB*'), plainGlob('cab*'), false], [plainGlob('*B'), plainGlob('*ab'), false, true], [plainGlob('*b'), plainGlob('*aB'), false, true],
    [plainGlob('a?'), plainGlob('ab'), true], [plainGlob('a?'), plainGlob('a?'), true], [plainGlob('a?'), plainGlob('a*'), false], [plainGlob('a?b'), plainGlob('a*b'), false], [plainGlob('a*'), plainGlob('a*'), true],
    // A class covers itself and its characters; every class is of any characters.
    [patternOf('a', digit), literal('a1'), true], [patternOf('a', digit), literal('ab'), false], [patternOf('a', digit), patternOf('a', digit), true], [patternOf('a', digit), plainGlob('a?'), false],
    [plainGlob('a?'), patternOf('a', digit), true], [plainGlob('a?'), patternOf('a', digits), false], [plainGlob('a*'), patternOf('a', digits), true], [patternOf('a', digits), patternOf('a', digits), true],
    [patternOf('a', digits), patternOf('a', digit, digit), true], [patternOf('a', digits), plainGlob('a*'), false], [patternOf('a', digit), patternOf('a', { of: 'letter', times: 'one' }), false],
    [plainGlob('a?b'), patternOf('a', noCharacterOrOne, 'b'), false], [plainGlob('a*b'), patternOf('a', noCharacterOrOne, 'b'), true],
    // Of several it covers all, and one of several suffices to cover another.
    [plainGlob('*-*'), glob('${region}'), true], [plainGlob('us-*'), glob('${region}'), false], [plainGlob('a-*-?'), glob('a-${region}'), true], [plainGlob('A-*'), glob('a-${region}'), false, true],
    [glob('a-${region}'), literal('a-eu-west-1'), true], [glob('a-${region}'), literal('a-here'), false], [glob('a-${region}-*'), glob('a-${region}-b*'), true], [glob('a-${region}'), plainGlob('a-*'), false],
    [glob('A-${region}'), literal('a-eu-west-1'), false, true],
  ];
  it.each(pairs.map((row) => [spelled(row[0]), spelled(row[1]), row[2], row] as const))('%s is seen to cover %s: %s', (_, __, ___, [pattern, other, covered, ignored = covered]) => {
    expect([pattern.covers(other, false), pattern.covers(other, true)]).toEqual([covered, ignored]);
  });
});

describe('an ARN pattern', () => {
  it.each<[name: string, pattern: Pattern, matched: readonly string[], others: readonly string[]]>([
    ['matches part by part', arnGlob('arn:aws:iam::*1:role/*'), ['arn:aws:iam::1:role/', 'arn:aws:iam::21:role/a/b'], ['arn:aws:iam::2:role/a', 'arn:aws:iam::2:role/a:1:role/b']],
    ['has wildcards of one character that stop at a colon', arnGlob('arn:?:s3:::b'), ['arn:a:s3:::b'], ['arn:::s3:::b', 'arn::s3:::b']],
    ['keeps colons in the sixth part', arnGlob('arn:aws:sns:*:*:a*?b'), ['arn:aws:sns:r:1:axb', 'arn:aws:sns:r:1:a:b:b', 'arn:aws:sns:::a:b'], ['arn:aws:sns:r:1:ab', 'arn:aws:sns:r:1:2:axb']],
    ['goes back to the right part', arnGlob('arn:aws:*:*:*:a*:b'), ['arn:aws:x:y:z:a:b', 'arn:aws:x:y:z:a:c:b'], ['arn:aws:w:x:y:z:a:b', 'arn:aws:x:y:a:b']],
    ['of `*` is every ARN', arnGlob('*'), ['arn:aws:s3:::a', ''], []],
    ['without wildcards is one ARN', arnGlob('arn:aws:s3:::a'), ['arn:aws:s3:::a'], ['arn:aws:s3:::A', 'arn:aws:s3:::ab']],
    ['that is literal has no wildcards', asArn(literal('arn:aws:s3:::*')), ['arn:aws:s3:::*'], ['arn:aws:s3:::a']],
    ['keeps narrower wildcards', asArn(patternOf('arn:aws:iam::', digits, ':role/', any)), ['arn:aws:iam::12:role/a'], ['arn:aws:iam::ab:role/a']],
  ])('%s', (_, pattern, matched, others) => { expect([...matched, ...others].filter((text) => pattern.matches(text))).toEqual(matched); });

  it('crosses colons where it is read as one text', () => { expect(plainGlob('arn:aws:iam::*1:role/*').matches('arn:aws:iam::2:role/a:1:role/b')).toBe(true); });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
describe('a text with variables', () => {
  const active: TemplateOptions = { wildcards: true, variables: true };
  const equal: TemplateOptions = { wildcards: false, variables: true };
  const arn: TemplateOptions = { ...active, arn: true };
  const values: Readonly<Record<string, string>> = { 'aws:username': 'jo*', 'aws:principaltag/team': 'red', empty: '' };
  const filled = (text: string, options: TemplateOptions): Pattern | undefined => fill(parseTemplate(text, options), (key) => values[key]);

  it.each<[name: string, text: string, options: TemplateOptions, matched: readonly string[], others: readonly string[]]>([
    ['takes values as they are', '${aws:username}', active, ['jo*'], ['joe', 'jo', '${aws:username}']],
    ['has wildcards beside them', 'a/${aws:username}/*', active, ['a/jo*/', 'a/jo*/b'], ['a/joe/b', 'a/jo*']],
    ['has no wildcards beside them where they are not active', '${aws:username}/*?', equal, ['jo*/*?'], ['jo*/ab', 'jo*/']],
    ['names keys without regard to case', '${AWS:UserName}-${aws:PrincipalTag/Team}', active, ['jo*-red'], ['jo*-']],
    ['may have spaces around a key', '${ aws:PrincipalTag/team }', active, ['red'], ['']],
    ['takes an empty value', 'a${empty}b', active, ['ab'], ['axb']],
    ['takes a default where there is no value', '${none, \'de*fault\'}', active, ['de*fault'], ['default', 'deXfault']],
    ['takes a default that follows at once', '${none,\'a\'}', active, ['a'], ['']],
    ['takes a default with spaces around', '${none  ,  \'a b\'  }', active, ['a b'], ['']],
    ['takes an empty default', 'x${none, \'\'}', active, ['x'], ['xa']],
    ['takes a value before a default', '${aws:PrincipalTag/team, \'blue\'}', active, ['red'], ['blue']],
    ['takes a value before a default behind a space', '${aws:PrincipalTag/team , \'blue\'}', active, ['red'], ['blue']],
    ['has a literal star', 'a${*}', active, ['a*'], ['a', 'ab']],
    ['has a literal question mark', 'a${?}', active, ['a?'], ['ab']],
    ['has a literal dollar sign', 'a${$}{aws:username}', active, ['a${aws:username}'], ['a', 'ajo*']],
    ['has literal signs beside wildcards', '${*}*${?}?', active, ['*?x', '*ab?x'], ['a?x', '*xx', '*?']],
    ['has literal signs beside values', '${*}${aws:username}*', active, ['*jo*', '*jo*x'], ['jo*', 'ajo*']],
    ['has braces and dollar signs that name nothing', 'x{y}$5}${aws:PrincipalTag/team}', active, ['x{y}$5}red'], ['xred', 'x{y}red']],
    ['may leave a brace open', 'a*${aws:username', active, ['a${aws:username', 'ab${aws:username'], ['ajo*']],
    ['has no variables where they are not active', '${aws:username}*', { wildcards: true, variables: false }, ['${aws:username}', '${aws:username}x'], ['jo*']],
    ['has neither where neither is active', '${aws:username}*', { wildcards: false, variables: false }, ['${aws:username}*'], ['jo*', '${aws:username}x']],
    ['without variables has its wildcards', 'a*', active, ['a', 'ab'], ['b']],
    ['without variables has none where they are not active', 'a*', equal, ['a*'], ['a', 'ab']],
    ['is read part by part as an ARN', 'arn:aws:iam::*:user/${aws:username}', arn, ['arn:aws:iam::1:user/jo*'], ['arn:aws:iam::1:2:user/jo*', 'arn:aws:iam::1:user/joe']],
    ['is read as one text otherwise', 'arn:aws:iam::*:user/${aws:username}', active, ['arn:aws:iam::1:user/jo*', 'arn:aws:iam::1:2:user/jo*'], ['arn:aws:iam::1:user/joe']],
    ['is read part by part with literal signs', 'arn:aws:iam::*:user/${*}', arn, ['arn:aws:iam::1:user/*'], ['arn:aws:iam::1:2:user/*', 'arn:aws:iam::1:user/a']],
    ['with literal signs is read as one text otherwise', 'arn:aws:iam::*:user/${*}', active, ['arn:aws:iam::1:user/*', 'arn:aws:iam::1:2:user/*'], ['arn:aws:iam::1:user/a']],
    ['without variables is read part by part', 'arn:aws:iam::*:user/a', arn, ['arn:aws:iam::1:user/a'], ['arn:aws:iam::1:2:user/a']],
  ])('%s', (_, text, options, matched, others) => {
    const pattern = filled(text, options)!;
    expect([...matched, ...others].filter((one) => pattern.matches(one))).toEqual(matched);
  });

  it.each<[text: string]>([['${none}'], ['a${none}*'], ['${aws:username}${none}'], ['${}'], ['${none, default}'], ['${a, b, \'c\'}'], ['${aws:PrincipalTag/a,team}'], ['${none, \'a\' b}']])('is no text where %s has no value', (text) => {
    expect(filled(text, active)).toBeUndefined();
  });

  it.each<[text: string, keys: readonly string[]]>([
    ['${aws:UserName}/${aws:PrincipalTag/Team, \'x\'}/${AWS:username}', ['aws:username', 'aws:principaltag/team']], ['${ a }${b , \'x\'}${*}', ['a', 'b']], ['${a,b}', ['a,b']], ['${x, y, \'z\'}', ['x, y, \'z\'']],
  ])('%s names the keys %j', (text, keys) => {
    const template = parseTemplate(text, active);
    expect(isPattern(template)).toBe(false);
    expect(template as Template).toMatchObject({ text, variables: keys, arn: false });
  });

  it.each<[text: string, options: TemplateOptions]>([['${*}', active], ['a${', active], ['a${?}', arn], ['a', active]])('%s is a pattern at once', (text, options) => { expect(isPattern(parseTemplate(text, options))).toBe(true); });
});

describe('reading character by character', () => {
  it.each<[name: string, pattern: Pattern, text: string, places: readonly number[]]>([
    ['nothing stands at the beginning', plainGlob('ab?'), '', [0]],
    ['nothing stands also behind what may be left out', patternOf(any, noDigitOrOne, 'a'), '', [0, 1, 2]],
    ['nothing stands before what must be there', plainGlob('?a'), '', [0]],
    ['a star may be left out, but not one character', plainGlob('*?a'), '', [0, 1]],
    ['a character stands behind it', plainGlob('ab'), 'a', [1]],
    ['a character that does not fit stands nowhere', plainGlob('ab'), 'b', []],
    ['all stands at the end', plainGlob('ab'), 'ab', [2]],
    ['more than all stands nowhere', plainGlob('ab'), 'abc', []],
    ['a star stays and goes on', plainGlob('*a'), 'a', [0, 1, 2]],
    ['each place is named once', patternOf(any, noCharacterOrOne, 'a'), 'x', [0, 1, 2]],
    ['each place is named once and in order', patternOf(any, noCharacterOrOne, digits, 'a'), '1a', [0, 1, 2, 3, 4]],
  ])('%s', (_, { tokens }, text, places) => {
    expect(text.split('').reduce((at, char) => step(tokens, at, char, false), enter(tokens, 0))).toEqual(places);
  });

  it('may disregard case', () => {
    expect([step(['A'], [0], 'a', true), step(['A'], [0], 'a', false)]).toEqual([[1], []]);
  });
});
