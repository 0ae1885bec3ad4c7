import { matchesNobody } from '../decide.ts';
import type { Element, Principals, Statement } from '../parse.ts';
import { isUnheardOf } from '../tables/keys.ts';
import { mappedClaims } from '../tables/shared-issuers.ts';
import { isClaim, providerOf } from '../world/providers.ts';
import type { World } from '../world/world.ts';

/** What a reader of the policies should know though it admits nobody. */
export const notesOn = ({ policies, profile, question: { kind } }: World): string[] => [
  ...new Set(policies.flatMap(({ statements }) => statements).flatMap(ofStatement)),
  ...profile.keys.flatMap((key) => isUnheardOf(key) ? [`\`${key}\` is in none of our tables: requests are taken to lack it, or to carry anything`] : isClaim(key) ? ofClaim(key, kind === 'trust' && !profile.isOpen ? profile.federated : []) : []),
];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const ofStatement = ({ principals, actions, resources }: Statement): string[] => [
  ...principals?.aws.flatMap(ofPrincipal) ?? [],
  ...principals !== undefined && namesNobody(principals) ? ['an empty list of principals is none that AWS takes; it names nobody'] : [],
  ...principals?.services.flatMap((one) => /[.*?]/.test(one) ? [] : [`\`${one}\` is no service principal that IAM takes (their names are such as \`s3.amazonaws.com\`)`]) ?? [],
  ...lackingPrefix(actions).map((one) => `${one} is no action that IAM takes (\`*\`, or a name after its service's prefix, such as \`s3:GetObject\`)`),
  ...resources?.test.isEmpty === true ? ['an empty list of resources is none that AWS takes; it names nothing'] : [],
  ...resources === undefined ? [] : lackingPrefix(resources).map((one) => `${one} is no resource that IAM takes (\`*\` or an ARN)`),
];
const namesNobody = ({ everyone, aws, services, federated, canonicalUsers }: Principals): boolean => !everyone && [aws, services, federated, canonicalUsers].every((one) => one.length === 0);
/** Values that are neither `*` nor have anything before a colon; the names of keys in variables do. */
const lackingPrefix = ({ test }: Element): string[] => test.values.flatMap((one) => one.includes(':') || /^\*+$/.test(one) ? [] : [`\`${one === '' ? '""' : one}\``]);

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
