import { certify } from '../../core/certificate.ts';
import { insideCallers, insideResources, type Clause } from '../../core/inside.ts';
import type { Outside } from '../../core/pins.ts';
import { asList, statementsOf, type Document } from '../../core/policy-document.ts';
import { issuerOf, parsePolicy, prefixOf, type Objective, type Question } from '../../policy/index.ts';

/**
 * Kinds of requests that the definition counts as mine, or admits, and that a document in place of the question's policy would no longer allow: those
 * that the policy lets in on purpose, for whoever writes `*` alone means nobody in particular.
 */
export function costOf(question: Question, objective: Objective, { witness: { principal } }: Outside, before: Document, after: Document): readonly string[] {
  const text = JSON.stringify(before);
  const isMeant = ({ of }: Clause): boolean => /AWS services/.test(of) ? /PrincipalIsAWSService|PrincipalServiceName/i.test(text)
    : /^(tokens|federated|SAML)/.test(of) ? of.startsWith('tokens of my tenancy') && text.includes('"Federated"') && !of.endsWith(` ${issuerOf(principal.provider)}`)
      : /partner/.test(of) ? question.perimeter.partners.some((one) => [...one.accounts, ...one.reachable].some((id) => text.includes(id)))
        : /unsigned|AWS-owned/.test(of) ? statementsOf(before).some((one) => asList(one['Resource']).some((arn) => /^arn:[^:]*:s3:::[^*]/.test(String(arn)))) : true;
  return [...new Set(certify(question, [{ policy: parsePolicy(after), inside: insideOf(question, objective).filter(isMeant) }]).lost.map(({ of }) => of))];
}

function insideOf(question: Question, objective: Objective): readonly Clause[] {
  const { kind, account, perimeter, resource } = question;
  const place = { kind, account, region: resource?.split(':')[3] || 'us-east-1', service: prefixOf(question) };
  // What binds accounts and organizations comes from templates that prove what they keep.
  if (kind === 'scp' || kind === 'rcp') return [];
  switch (objective) {
    case 'principals': return insideCallers(perimeter, place);
    case 'resources': return insideResources(perimeter, place);
    // Of services those that act for somebody of mine; whichever they are.
    case 'deputies': return [...insideCallers({ ...perimeter, services: [] }, place), ...actingForMine(question)];
    // Whoever of mine comes from elsewhere is to be kept out.
    case 'networks': return [];
  }
}

function actingForMine({ perimeter: { organizations, standaloneAccounts }, account }: Question): Clause[] {
  const acting = (test: object): Clause => ({ of: 'AWS services that act for you', policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' }, StringEquals: test } }] }) });
  return [...organizations.length === 0 ? [] : [acting({ 'aws:SourceOrgID': organizations, 'aws:SourceAccount': account })], ...standaloneAccounts.length === 0 ? [] : [acting({ 'aws:SourceAccount': standaloneAccounts })]];
}
