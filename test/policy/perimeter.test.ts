import { describe, expect, it } from 'vitest';
import { emptyPerimeter } from '../../policy/index.ts';

const leaves = (value: unknown): unknown[] => typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];

describe('the empty perimeter', () => {
  it('says nothing of what is mine, and takes AWS for itself', () => {
    const { services, ...rest } = emptyPerimeter;
    expect(services).toBe('any');
    expect(leaves(rest).filter((one) => one !== undefined)).toEqual([false]);
    expect(rest).toMatchObject({ accounts: undefined, identityProviders: undefined, networks: { organization: false } });
  });
});
