import type { Answer, Objective, Question } from '../question.ts';

/** The smallest change that closes what an answer found, as an instruction; `undefined` where nothing is open. */
export function suggestChange(question: Question, objective: Objective, answer: Answer): string | undefined {
  if (answer.answer !== 'outside') return undefined;
  const place = answer.at.slice(1).replace('/', ' ');
  const { organizations, identityProviders, partners } = question.perimeter;
  const condition = (key: string, values: readonly string[]): string => `add \`"Condition": {"StringEquals": {"${key}": ${JSON.stringify(values.length === 1 ? values[0] : values)}}}\` to ${place}`;
  const mine = organizations.length > 0 ? organizations : [question.account];
  const suffix = organizations.length > 0 ? 'OrgID' : 'Account';
  if (objective === 'resources') return condition(`aws:Resource${suffix}`, mine);
  if (objective === 'deputies') return condition(`aws:Source${suffix}`, mine);
  const { principal } = answer.witness;
  if (principal.kind === 'web-identity' || answer.reach === 'shared-issuer') {
    const issuer = (principal.provider ?? '').replace(/^.*oidc-provider\//, '');
    const entry = identityProviders?.find((one) => one.kind === 'claims' && one.issuer === issuer);
    const [claim, values] = entry?.kind === 'claims' ? Object.entries(entry.claims)[0] ?? [] : [];
    if (claim === undefined || values === undefined) return `pin the claim that names your tenancy, such as \`${issuer}:sub\`, in ${place}, and list the issuer under \`identityProviders\``;
    return `hold \`${issuer}:${claim}\` to ${values.map((one) => `\`${one}\``).join(' or ')} in ${place}`;
  }
  if (principal.kind === 'saml') return `remove the provider from ${place}, or list it under \`identityProviders\``;
  if (principal.kind === 'service') return `remove the service from ${place}, or list it under \`services\``;
  const partner = partners.find((one) => one.accounts.includes(principal.account ?? ''));
  if (partner !== undefined && question.kind === 'trust') {
    return Array.isArray(partner.externalIds) && partner.externalIds.length > 0 ? condition('sts:ExternalId', partner.externalIds as readonly string[])
      : `agree an external id with ${partner.name} and ${condition('sts:ExternalId', ['…'])}`;
  }
  if (answer.reach === 'named-account') return `remove account ${principal.account ?? ''} from ${place}, or ${condition(`aws:Principal${suffix}`, mine)}`;
  return condition(`aws:Principal${suffix}`, mine);
}
