import { describe, expect, it } from 'vitest';
import { aroundIds, aroundVariables, piecesOf, type Around } from '../../../policy/world/pieces.ts';

const around = (before: readonly string[], after: readonly string[]): Around => ({ before: new Set(before), after: new Set(after) });

describe('what stands around variables', () => {
  it.each<[string, readonly string[], Around]>([
    ['what stands around ids anyway', ['logs-*', '${aws:PrincipalAccount}'], aroundIds],
    ['characters', ['logs-${aws:PrincipalAccount}/x', 'home:${aws:username}+'], around([...aroundIds.before, '-'], [...aroundIds.after, '+'])],
    ['anything at wildcards and other variables', ['*${aws:PrincipalTag/a}${aws:PrincipalTag/b}?'], around([...aroundIds.before, '*'], [...aroundIds.after, '*'])],
  ])('is %s', (_, texts, expected) => { expect(aroundVariables(texts)).toEqual(expected); });
});

describe('pieces of a pattern that an id may meet', () => {
  it.each<[string, string, Around, readonly string[]]>([
    ['behind what may stand before it', 'logs-11*', around(['-'], ['/']), ['11*', '*']],
    ['not behind anything else', 'logs-11/', around(['x'], ['/']), []],
    ['not before anything else', 'logs-11/', around(['-'], ['x']), []],
    ['from a star and to one', 'x*1*y', around([], []), ['*', '*1*', '*']],
    ['with several stars taken for one', 'x**1', around([], ['']), ['*', '*1']],
    ['behind a wildcard for one character', 'x?1', around(['-'], ['']), ['1']],
    ['not behind one where the text begins', '?1', around([''], ['']), ['?1']],
    ['behind anything', 'x1', around(['*'], ['']), ['1']],
    ['not at the ends, where something stands before and after', '1', around(['*'], ['*']), []],
    ['with as many characters as an id has', '12345', around(['', '1'], ['', '5']), ['1234', '234', '2345']],
  ])('are those %s', (_, pattern, where, expected) => { expect(piecesOf(pattern, where, /[\d*?]+/g, 4)).toEqual(expected); });
});
