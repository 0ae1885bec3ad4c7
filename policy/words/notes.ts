import { matchesNobody } from '../decide.ts';
import type { Statement } from '../parse.ts';
import { isUnheardOf } from '../tables/keys.ts';
import { mappedClaims } from '../tables/shared-issuers.ts';
import { isClaim, providerOf } from '../world/providers.ts';
import type { World } from '../world/world.ts';

/** What a reader of the policies should know though it admits nobody. */
export function notesOn({ policies, profile, question: { kind } }: World): readonly string[] {
  const notes = new Set<string>();
  for (const { statements } of policies) for (const one of statements) noteStatement(one, notes);
  for (const key of profile.keys) {
    if (isUnheardOf(key)) notes.add(`\`${key}\` is in none of our tables: requests are taken to lack it, or to carry anything`);
    else if (isClaim(key)) for (const note of ofClaim(key, kind === 'trust' && !profile.isOpen ? profile.federated : [])) notes.add(note);
  }
  return [...notes];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
function noteStatement({ principals, actions, resources, conditions }: Statement, notes: Set<string>): void {
  if (principals !== undefined) {
    const { everyone, aws, services, federated, canonicalUsers } = principals;
    for (const one of aws) for (const note of ofPrincipal(one)) notes.add(note);
    if (!everyone && aws.length + services.length + federated.length + canonicalUsers.length === 0) notes.add('an empty list of principals is none that AWS takes; it names nobody');
    for (const one of services) if (!/[.*?]/.test(one)) notes.add(`\`${one}\` is no service principal that IAM takes (their names are such as \`s3.amazonaws.com\`)`);
  }
  for (const { text } of actions.test.given) if (lacksPrefix(text)) notes.add(`\`${text === '' ? '""' : text}\` is no action that IAM takes (\`*\`, or a name after its service's prefix, such as \`s3:GetObject\`)`);
  for (const { operator: { family, wildcards, name }, given, name: key } of conditions) if (family === 'string' && !wildcards) for (const { text } of given) if (text.includes('*')) notes.add(`the \`*\` in \`${text}\` is a character of \`${key}\` under \`${name}\`, no wildcard`);
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (aws:PrincipalArn)
  for (const { key, given } of conditions) if (key === 'aws:principalarn') for (const { text } of given) if (/^arn:[^:]*:sts:[^:]*:[^:]*:assumed-role\//i.test(text)) notes.add(`\`${text}\` is no request's \`aws:PrincipalArn\`, which of a session is the ARN of its role (such as \`arn:aws:iam::111122223333:role/app\`)`);
  if (resources === undefined) return;
  if (resources.test.isEmpty) notes.add('an empty list of resources is none that AWS takes; it names nothing');
  for (const { text } of resources.test.given) if (lacksPrefix(text)) notes.add(`\`${text === '' ? '""' : text}\` is no resource that IAM takes (\`*\` or an ARN)`);
}
/** Whether it is neither `*` nor has anything before a colon; the name of a key in a variable has. */
const lacksPrefix = (text: string): boolean => !text.includes(':') && !/^\*+$/.test(text);

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
