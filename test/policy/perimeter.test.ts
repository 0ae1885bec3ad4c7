import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../core/definition.ts';
import { defaultPerimeter, emptyPerimeter } from '../../policy/index.ts';

const leaves = (value: unknown): unknown[] => typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];

describe('the empty perimeter', () => {
  it('says nothing of what is mine, and takes AWS for itself', () => {
    const { services, ...rest } = emptyPerimeter;
    expect(services).toBe('any');
    expect(leaves(rest).filter((one) => one !== undefined)).toEqual([false]);
    expect(rest).toMatchObject({ accounts: undefined, identityProviders: undefined, networks: { organization: false } });
  });
});

describe('the default perimeter', () => {
  it('is what a definition comes to that says no more than what is mine', () => {
    expect(readDefinition({ version: 1, organizations: ['o-4tkekae453'] }).perimeter).toEqual({ ...defaultPerimeter, organizations: ['o-4tkekae453'] });
    expect(defaultPerimeter.awsOwnedResources.length).toBeGreaterThan(100);
  });
});
