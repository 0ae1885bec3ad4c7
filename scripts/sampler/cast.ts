import type { Random } from '../bench/random.ts';

/** Who plays: few accounts and organizations, so that policies, definitions and requests meet often; beside each some that differ by a hair. */
export const own = '111111111111';
export const [sibling, stranger, alone, partner, partnersOther] = ['222222222222', '333333333333', '444444444444', '123456789012', '555555555555'] as const;
export const accounts: readonly string[] = [own, own, sibling, stranger, alone, partner, partnersOther, '111111111112', '211111111111', '333333333334', '777777777733', '999999999999'];
export const [mine, second, foreign] = ['o-4tkekae453', 'o-secondofmine', 'o-aaaaaaaaaa'] as const;
/** Of others, and alike: one id goes on behind that of mine, one differs at its end. */
export const foreignOrganizations: readonly string[] = [foreign, `${mine}x`, 'o-4tkekae454', 'o-zzzzzzzzzz'];
export const units: readonly string[] = ['', 'ou-ab12-11111111/', 'ou-ab12-22222222/', 'ou-ab12-11111111/ou-ab12-33333333/'];
export const [vpc, endpoint, block] = ['vpc-012abc01', 'vpce-0aaa1111', '192.0.2.0/24'] as const;
export const regions: readonly string[] = ['eu-west-1', 'us-east-1', 'ap-southeast-3'];
/** A Region of each partition but the first. */
export const homes: Readonly<Record<string, string>> = { 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' };
export const github = 'token.actions.githubusercontent.com';
export const [pool, foreignPool] = ['eu-west-1:11111111-2222-3333-4444-555555555555', 'eu-west-1:99999999-2222-3333-4444-555555555555'] as const;
/** Conditions on time are judged from here on. */
export const now = Date.parse('2026-01-01T00:00:00Z');

/** Those whose names tables hold as deputies, and some they do not. */
export const principals: readonly string[] = ['logs.amazonaws.com', 'cloudtrail.amazonaws.com', 'delivery.logs.amazonaws.com', 'sns.amazonaws.com', 's3.amazonaws.com', 'events.amazonaws.com', 'cloudfront.amazonaws.com', 'config.amazonaws.com', 'ec2.amazonaws.com', 'lambda.amazonaws.com', 'logs.us-east-1.amazonaws.com', 'cloudtrail.eu-west-1.amazonaws.com', 'rolesanywhere.amazonaws.com', 'secretsmanager.amazonaws.com', 'glacier.amazonaws.com', 'rds.amazonaws.com', 'cloudtrail.amazonaws.com.cn', 'logs.cn-north-1.amazonaws.com.cn', 'frob.amazonaws.com'];
/** Of which AWS documents the account alone of whom they act for. */
export const tellingAccounts: ReadonlySet<string> = new Set(['secretsmanager.amazonaws.com', 'glacier.amazonaws.com', 'lambda.amazonaws.com']);
/** Which older text has among those that do not always tell whether a service calls on. */
export const untoldVia: ReadonlySet<string> = new Set(['ec2', 'glue']);

export const pathIn = (random: Random, organization: string): string => `${organization}/r-ab12/${random.pick(units)}`;
export const callerArns = (account: string): readonly string[] => [`arn:aws:iam::${account}:role/app`, `arn:aws:iam::${account}:role/path/app`, `arn:aws:iam::${account}:user/jo`, `arn:aws:iam::${account}:root`, `arn:aws:sts::${account}:federated-user/jo`];
