/** The organization of the examples: its accounts, its networks, and the Regions they record in. */
export const organization = 'o-4tkekae453';

export const accounts = {
  security: '111122223333',
  storefront: '222233334444',
  payments: '333344445555',
  data: '444455556666',
  network: '555566667777',
  logistics: '666677778888',
} as const;
export const allAccounts: readonly string[] = Object.values(accounts);

export const partners = { monitoring: '123456789012', audit: '210987654321' } as const;

/** Where each account's recorder keeps the global types (IAM). */
export const homeRegion: Readonly<Record<string, string>> = {
  [accounts.security]: 'eu-west-1', [accounts.storefront]: 'eu-west-1', [accounts.payments]: 'eu-west-1',
  [accounts.data]: 'eu-central-1', [accounts.network]: 'eu-west-1', [accounts.logistics]: 'eu-central-1',
};

interface Vpc { readonly id: string; readonly account: string; readonly region: string; readonly name: string; readonly cidr: string }
const vpc = (id: string, account: string, region: string, name: string, cidr: string): Vpc => ({ id, account, region, name, cidr });

export const vpcs = {
  storefront: vpc('vpc-0c5e1d20aa4f10001', accounts.storefront, 'eu-west-1', 'storefront', '10.20'),
  payments: vpc('vpc-0c5e1d20aa4f10002', accounts.payments, 'eu-west-1', 'payments', '10.30'),
  data: vpc('vpc-0c5e1d20aa4f10003', accounts.data, 'eu-central-1', 'data-platform', '10.40'),
  network: vpc('vpc-0c5e1d20aa4f10004', accounts.network, 'eu-west-1', 'hub', '10.50'),
  logistics: vpc('vpc-0c5e1d20aa4f10005', accounts.logistics, 'eu-central-1', 'logistics', '10.60'),
  /** The default VPC of the payments account, which nobody removed; the definition does not list it. */
  paymentsDefault: vpc('vpc-0a9d77b1e3c2f0d00', accounts.payments, 'eu-west-1', '', '172.31'),
} as const;
export type VpcName = keyof typeof vpcs;

/** One subnet in each of two zones; their ids are the VPC's with the last digit for the zone. */
export function subnetIds(name: VpcName): readonly [string, string] {
  const stem = vpcs[name].id.replace('vpc-', 'subnet-').slice(0, -1);
  return [`${stem}a`, `${stem}b`];
}
