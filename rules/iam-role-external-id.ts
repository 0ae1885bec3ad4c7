import { answerVerdict, type Outside } from '../core/answer.ts';
import { defineRule } from '../core/rule.ts';
import { notApplicable, type Finding } from '../core/verdict.ts';
import { ask, type Partner, type Policy, type Statement } from '../policy/index.ts';

export const iamRoleExternalId = defineRule({
  id: 'iam-role-external-id',
  title: 'IAM roles ask partners for the external id agreed with them',
  why: 'A partner that serves many customers from one account can be talked by one of them into using your role; only an external id that is fixed, and yours alone, stops that.',
  fix: 'In the statement that trusts the partner, require sts:ExternalId with StringEquals and the one id agreed with this partner, without wildcards.',
  severity: 'high', boundary: 'identity', objective: 'principals',
  resourceTypes: ['AWS::IAM::Role'], trigger: 'change',
  parameters: {},
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  ],
  requirements: ['R40', 'R60'],
  exception: 'allow',
  evaluate({ managedByAws, path, trustPolicy, arn }, { perimeter, account, now }) {
    if (managedByAws) return notApplicable(`AWS keeps the trust policies of roles under \`${path}\``);
    if (perimeter.partners.length === 0) return notApplicable('the perimeter names no partners');
    const askAbout = (partners: readonly Partner[]) =>
      ask({ kind: 'trust', policy: trustPolicy, perimeter: { ...perimeter, partners }, account, now, resource: arn, callers: 'partners' }, 'principals');
    const ids = pinnedIds(trustPolicy);
    const verdict = answerVerdict(askAbout(perimeter.partners), '/assumeRolePolicyDocument', { describe: (outside) => describe(outside, perimeter.partners, ids) });
    if (verdict.kind !== 'compliant') return verdict;

    // By now every partner that gets in presents an id it agreed to. So a partner that is outside once an id counts as agreed no more is one that can present it.
    const accepts = (partner: Partner, id: string): boolean => {
      const agreed = typeof partner.externalIds === 'object' ? partner.externalIds : [...ids.keys()];
      return agreed.includes(id) && askAbout([{ ...partner, externalIds: agreed.filter((one) => one !== id) }]).answer === 'outside';
    };
    const findings: Finding[] = [];
    for (const [id, statement] of ids) {
      const admitted = perimeter.partners.filter((partner) => accepts(partner, id));
      const sharing = perimeter.partners.filter((partner) => admitted.includes(partner) || (typeof partner.externalIds === 'object' && partner.externalIds.includes(id)));
      if (admitted.length === 0 || sharing.length < 2) continue;
      findings.push({
        at: `/assumeRolePolicyDocument${statement.at}`,
        message: `partners ${sharing.map(({ name }) => `\`${name}\``).join(' and ')} share the external id \`${id}\`, so it does not tell one from the other`,
        severity: 'medium',
        fix: 'Agree on an external id of its own with each partner, and give each a statement of its own.',
      });
    }
    const [first, ...rest] = findings;
    return first === undefined ? verdict : { kind: 'non-compliant', findings: [first, ...rest], notes: verdict.notes };
  },
});

function describe({ witness, at }: Outside, partners: readonly Partner[], ids: ReadonlyMap<string, Statement>): string {
  const { account = '' } = witness.principal;
  const partner = partners.find(({ accounts }) => accounts.includes(account));
  const id = witness.context['sts:ExternalId'];
  const how = typeof id !== 'string' ? 'without an external id'
    : ids.has(id) ? `with the external id \`${id}\`, which was not agreed with it`
      : `with an external id that it may choose, such as \`${id}\``;
  return `partner \`${partner?.name ?? account}\` (account ${account}) can assume the role ${how}, through ${at.slice(1).replace('/', ' ')}`;
}

/** External ids that an Allow fixes exactly, each with the first statement that does. */
function pinnedIds({ statements }: Policy): ReadonlyMap<string, Statement> {
  const ids = new Map<string, Statement>();
  for (const statement of statements) {
    if (statement.effect !== 'Allow') continue;
    for (const { key, values } of statement.conditions) {
      if (key !== 'sts:externalid') continue;
      // A pattern or a variable fixes nothing; the engine has answered for those already.
      for (const value of values) if (!/[*?$]/.test(value) && !ids.has(value)) ids.set(value, statement);
    }
  }
  return ids;
}
