import { describe, expect, it } from 'vitest';
import { spelled } from '../../items/spelling.ts';

describe('a member is found whatever the case of its letters', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['as Config writes it', { dBInstanceStatus: 'available' }, 'available'],
    ['as the API writes it', { DBInstanceStatus: 'available' }, 'available'],
    ['in both, where Config\'s comes first', { DBInstanceStatus: 'modifying', dBInstanceStatus: 'available' }, 'available'],
    ['in both, where Config\'s holds nothing', { dBInstanceStatus: null, DBInstanceStatus: 'available' }, 'available'],
    ['not at all', { status: 'available' }, undefined],
  ])('%s', (_, object, value) => { expect(spelled(object, ['dBInstanceStatus'])).toEqual({ dBInstanceStatus: value }); });
});
