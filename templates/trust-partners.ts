import type { Partner, Perimeter } from '../policy/index.ts';
import { pathsOf, some, type Conditions } from './conditions.ts';
import { CannotWrite, type Part } from './template.ts';

/** A partner that a role is for, with the external ids that it must show. */
export interface Guest { readonly partner: Partner; /** Its place in the definition, from 1. */ readonly number: number; readonly ids: readonly string[] }

/** Partners that a role is for; of those without external id `leftOut` says why they are not among them. */
export function guestsOf({ partners }: Perimeter, names: readonly string[], externalId: string, leftOut: string[]): readonly Guest[] {
  const unknown = names.find((one) => !partners.some(({ name }) => name === one));
  if (unknown !== undefined) throw new CannotWrite(`\`partners\`: the definition has no partner \`${unknown}\`; it has ${partners.map(({ name }) => `\`${name}\``).join(', ') || 'none'}`);
  return partners.flatMap((partner, index): Guest[] => {
    const { name, accounts, externalIds } = partner;
    if ((names.length > 0 && !names.includes(name)) || accounts.length === 0) return [];
    const ids = externalIds === 'pinned' ? externalId === '' ? [] : [externalId] : externalIds ?? [];
    if (ids.length > 0) return [{ partner, number: index + 1, ids }];
    leftOut.push(`partner ${name}: ${externalIds === 'pinned' ? 'its external id is left to the policy, so pass `externalId`' : 'no external id is agreed in the definition'}`);
    return [];
  });
}

export const letIn = ({ partner: { name, accounts }, number, ids }: Guest): Part => ({
  statement: { Sid: `Partner${number}`, Effect: 'Allow', Principal: { AWS: some(accounts) }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': some(ids) } } },
  does: `lets ${name} assume the role with its external id`, exceptions: [`partner ${name}`],
});

/** Whatever other statement admits a guest, it must show its external id. A trust policy is short, so the principal stands where it takes the least room. */
export const heldToId = (perimeter: Perimeter, { partner: { name, accounts }, number, ids }: Guest): Part => ({
  statement: { Sid: `Partner${number}WithExternalId`, Effect: 'Deny', Principal: { AWS: some(accounts) }, Action: 'sts:AssumeRole', Condition: withoutId(perimeter, ids) },
  does: `refuses it to ${name} without its external id`,
});

/** A partner's account may have come into an organization of mine, whose members show none. */
function withoutId(perimeter: Perimeter, ids: readonly string[]): Conditions {
  const { organizations } = perimeter;
  const paths = pathsOf(perimeter);
  return {
    StringNotEqualsIfExists: { ...organizations.length === 0 || paths.length > 0 ? {} : { 'aws:PrincipalOrgID': some(organizations) }, 'sts:ExternalId': some(ids) },
    ...paths.length === 0 ? {} : { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': some(paths) } },
  };
}

/** The definition with nobody as partner but guests, who show the ids that the policy asks for. */
export const asGuests = (perimeter: Perimeter, guests: readonly Guest[]): Perimeter => ({ ...perimeter, partners: guests.map(({ partner, ids }) => ({ ...partner, externalIds: ids })) });
