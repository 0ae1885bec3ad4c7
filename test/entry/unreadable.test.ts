import { describe, expect, it } from 'vitest';
import { unreadable } from '../../entry/unreadable.ts';

describe('a file that cannot be read', () => {
  it.each([
    ['ENOENT', 'there is no file `p.json`; give its path from the folder you are in, or the whole path'], ['ENOTDIR', 'there is no file `p.json`; give its path from the folder you are in, or the whole path'],
    ['EISDIR', '`p.json` is a folder; name a file in it'], ['EACCES', 'you may not read `p.json`; let its owner permit it, or name a copy that you may read'], ['EIO', 'cannot read `p.json`: i/o error'],
  ])('says what to do: %s', (code, sentence) => { expect(unreadable('p.json', Object.assign(new Error('i/o error'), { code }))).toBe(sentence); });
});
