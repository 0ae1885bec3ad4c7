import { matchesNobody } from '../decide.ts';
import { isUnheardOf } from '../tables/keys.ts';
import { mappedClaims } from '../tables/shared-issuers.ts';
import { isClaim, providerOf } from '../world/providers.ts';
import type { World } from '../world/world.ts';

/** What a reader of the policies should know though it admits nobody. */
export const notesOn = ({ policies, profile, question: { kind } }: World): string[] => [
  ...policies.flatMap(({ statements }) => statements.flatMap(({ principals }) => principals?.aws ?? [])).flatMap(ofPrincipal),
  ...profile.keys.flatMap((key) => isUnheardOf(key) ? [`\`${key}\` is in none of our tables: requests are taken to lack it, or to carry anything`] : isClaim(key) ? ofClaim(key, kind === 'trust' && !profile.isOpen ? profile.federated : []) : []),
];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const isPrincipal = /^(?:\d{12}|arn:aws[a-z-]*:(?:iam::(?:\d{12}|cloudfront):(?:root|(?:user|role)\/.+)|sts::\d{12}:(?:assumed-role\/.+\/.+|federated-user\/.+)))$/;
const ofPrincipal = (one: string): string[] => /^A(ROA|IDA)[A-Z0-9]+$/.test(one) ? [`\`${one}\` is the unique id of a deleted principal and matches nobody`]
  : matchesNobody(one) ? [`\`${one}\` has a wildcard inside a principal, which IAM does not allow, and matches nobody`]
    : isPrincipal.test(one) ? [] : [`\`${one}\` is no principal that IAM takes (\`*\`, an account's id, the ARN of its root, of a user, role or session) and matches nobody`];

/** A claim that AWS hands to no policy, or of an issuer of which none of the providers is. */
function ofClaim(key: string, providers: readonly string[]): string[] {
  const end = key.lastIndexOf(':');
  const issuer = key.slice(0, end);
  const lacking = !mappedClaims(issuer).includes(key.slice(end + 1)) ? 'is no claim that AWS hands to policies'
    : providers.length > 0 && providers.every((one) => { const provider = providerOf(one); return provider !== undefined && provider.issuer.toLowerCase() !== issuer; }) ? 'is a claim of an issuer of which no provider is named' : undefined;
  return lacking === undefined ? [] : [`\`${key}\` ${lacking}: requests lack it`];
}
