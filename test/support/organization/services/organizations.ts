import { page, speaksForOrganization, unitsAbove, type Account, type State, type Unit } from '../state.ts';
import type { Handlers } from '../context.ts';
import { AwsError } from '../wire/error.ts';
import type { Fields } from '../wire/decode.ts';

const arn = ({ partition, management, id }: State, kind: string, name: string): string => `arn:${partition}:organizations::${management}:${kind}/${id}/${name}`;
const described = (state: State, { id, name, email, status }: Account): Fields => ({ Id: id, Arn: arn(state, 'account', id), Name: name, Email: email, Status: status, State: status, JoinedMethod: 'CREATED', JoinedTimestamp: 1_600_000_000 });
const unit = (state: State, { id, name }: Unit): Fields => ({ Id: id, Arn: arn(state, 'ou', id), Name: name, Path: `${[state.id, ...unitsAbove(state, id).reverse()].join('/')}/` });
const policyTypes = [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }, { Type: 'RESOURCE_CONTROL_POLICY', Status: 'ENABLED' }];
const sized = (input: Fields, largest = 20): number => Math.min(Number(input['MaxResults'] ?? largest), largest);

function mustExist(state: State, id: unknown, error: string): string {
  if (id !== state.root && !state.units.some((one) => one.id === id) && !(error !== 'ParentNotFoundException' && state.accounts.some((one) => one.id === id))) throw new AwsError(error, `You specified ${error === 'ParentNotFoundException' ? 'a parent' : 'a target'} that doesn't exist.`);
  return String(id);
}

const summary = (state: State, { id, name, type }: State['policies'][number]): Fields => ({ Id: id, Arn: id.endsWith('FullAWSAccess') ? `arn:${state.partition}:organizations::aws:policy/${type.toLowerCase()}/${id}` : arn(state, `policy`, `${type.toLowerCase()}/${id}`), Name: name, Description: '', Type: type, AwsManaged: id.endsWith('FullAWSAccess') });

const operations: Handlers = {
  DescribeOrganization: (_, { state }) => ({ Organization: {
    Id: state.id, Arn: `arn:${state.partition}:organizations::${state.management}:organization/${state.id}`, FeatureSet: 'ALL', MasterAccountId: state.management, MasterAccountEmail: 'management@example.com',
    MasterAccountArn: arn(state, 'account', state.management), AvailablePolicyTypes: policyTypes,
  } }),
  ListRoots: (input, { state }) => ({ Roots: [{ Id: state.root, Arn: arn(state, 'root', state.root), Name: 'Root', PolicyTypes: policyTypes }] }),
  ListOrganizationalUnitsForParent(input, { state }) {
    const parent = mustExist(state, input['ParentId'], 'ParentNotFoundException');
    const { items, next } = page(state.units.filter((one) => one.parent === parent), input['NextToken'], sized(input));
    return { ...next, OrganizationalUnits: items.map((one) => unit(state, one)) };
  },
  ListAccounts(input, { state }) {
    const { items, next } = page(state.accounts, input['NextToken'], sized(input));
    return { ...next, Accounts: items.map((one) => described(state, one)) };
  },
  ListAccountsForParent(input, { state }) {
    const parent = mustExist(state, input['ParentId'], 'ParentNotFoundException');
    const { items, next } = page(state.accounts.filter((one) => one.parent === parent), input['NextToken'], sized(input));
    return { ...next, Accounts: items.map((one) => described(state, one)) };
  },
  ListParents(input, { state }) {
    const child = state.accounts.find(({ id }) => id === input['ChildId']) ?? state.units.find(({ id }) => id === input['ChildId']);
    if (child?.parent === undefined) throw new AwsError('ChildNotFoundException', "You specified a child that doesn't exist.");
    return { Parents: [{ Id: child.parent, Type: child.parent === state.root ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
  },
  ListAWSServiceAccessForOrganization(input, { state }) {
    const { items, next } = page([...state.serviceAccess], input['NextToken'], sized(input));
    return { ...next, EnabledServicePrincipals: items.map((ServicePrincipal) => ({ ServicePrincipal, DateEnabled: 1_600_000_000 })) };
  },
  ListDelegatedAdministrators(input, { state }) {
    const found = state.accounts.filter(({ id }) => [...state.delegated.get(id) ?? []].some((service) => (input['ServicePrincipal'] ?? service) === service));
    const { items, next } = page(found, input['NextToken'], sized(input));
    return { ...next, DelegatedAdministrators: items.map((one) => ({ ...described(state, one), DelegationEnabledDate: 1_600_000_000 })) };
  },
  ListDelegatedServicesForAccount(input, { state }) {
    const services = state.delegated.get(String(input['AccountId']));
    if (services === undefined || services.size === 0) throw new AwsError('AccountNotRegisteredException', 'The specified account is not a delegated administrator for this AWS service.');
    const { items, next } = page([...services], input['NextToken'], sized(input));
    return { ...next, DelegatedServices: items.map((ServicePrincipal) => ({ ServicePrincipal, DelegationEnabledDate: 1_600_000_000 })) };
  },
  ListPolicies(input, { state }) {
    const { items, next } = page(state.policies.filter(({ type }) => type === input['Filter']), input['NextToken'], sized(input));
    return { ...next, Policies: items.map((one) => summary(state, one)) };
  },
  ListPoliciesForTarget(input, { state }) {
    const target = mustExist(state, input['TargetId'], 'TargetNotFoundException');
    const { items, next } = page(state.policies.filter(({ type, targets }) => type === input['Filter'] && targets.includes(target)), input['NextToken'], sized(input));
    return { ...next, Policies: items.map((one) => summary(state, one)) };
  },
  ListTargetsForPolicy(input, { state }) {
    const policy = policyOf(state, input['PolicyId']);
    const { items, next } = page(policy.targets, input['NextToken'], sized(input));
    return { ...next, Targets: items.map((id) => ({
      TargetId: id, Arn: arn(state, /^\d/.test(id) ? 'account' : id === state.root ? 'root' : 'ou', id), Name: state.accounts.find((one) => one.id === id)?.name ?? state.units.find((one) => one.id === id)?.name ?? 'Root', Type: /^\d/.test(id) ? 'ACCOUNT' : id === state.root ? 'ROOT' : 'ORGANIZATIONAL_UNIT',
    })) };
  },
  DescribePolicy(input, { state }) {
    const policy = policyOf(state, input['PolicyId']);
    return { Policy: { PolicySummary: summary(state, policy), Content: JSON.stringify(policy.content) } };
  },
};

function policyOf(state: State, id: unknown): State['policies'][number] {
  const found = state.policies.find((one) => one.id === id);
  if (found === undefined) throw new AwsError('PolicyNotFoundException', "We can't find a policy with the PolicyId that you specified.");
  return found;
}

/** AWS Organizations: everything but DescribeOrganization answers only the management account and delegated administrators. */
export const organizations: Handlers = Object.fromEntries(Object.entries(operations).map(([operation, handler]): [string, Handlers[string]] => [operation, (input, context) => {
  const { state, account } = context;
  if (state.options.organization === false) throw new AwsError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
  if (operation !== 'DescribeOrganization' && !speaksForOrganization(state, account)) throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.");
  return handler(input, context);
}]));
