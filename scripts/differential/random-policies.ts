import type { Random } from '../bench/random.ts';
import { accounts, actions, iam, keys, providers, resources, respelled, roles, services, session, trustActions, users, type Form, type Key } from './vocabulary.ts';

export type Kind = 'resource' | 'trust' | 'vpc-endpoint';
export type Statement = Readonly<Record<string, unknown>>;
export interface Document { readonly Version?: string; readonly Statement: readonly Statement[] }

const oneOrMore = <T>(random: Random, make: () => T, most = 3): T | T[] => random.chance(0.5) ? make() : Array.from({ length: 1 + random.below(most) }, make);

const variables = ['aws:username', 'aws:PrincipalTag/team', 'AWS:PRINCIPALACCOUNT', 'aws:PrincipalOrgID', 'aws:Absent', 'aws:TagKeys', 's3:prefix'];
const variable = (random: Random): string => {
  if (random.chance(0.25)) return random.pick(['${*}', '${?}', '${$}']);
  return `\${${random.pick(variables)}${random.chance(0.3) ? random.pick([", 'ann'", ", 'red'", ", 'r*d'", ",'ann'", ", ''"]) : ''}}`;
};

/** A text like the given one: itself, with wildcards, with a variable in it. Cut between characters, not inside one. */
function alike(random: Random, text: string, wildcards: boolean): string {
  const characters = [...text];
  const at = random.below(characters.length + 1);
  const from = (index: number): string => characters.slice(index).join('');
  const start = characters.slice(0, at).join('');
  const rest = from(at + random.below(4));
  switch (random.below(wildcards ? 8 : 5)) {
    case 0: case 1: case 2: return text;
    case 3: return `${start}${variable(random)}${random.chance(0.5) ? rest : ''}`;
    case 4: return random.pick([text.toUpperCase(), text.toLowerCase(), variable(random)]);
    case 5: return `${start}*${rest}`;
    case 6: return `${start}?${from(at + 1)}`;
    default: return `*${from(at)}`;
  }
}

const numeric = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
const textOperators = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'];
const operators: Readonly<Record<Form, readonly string[]>> = {
  text: textOperators, arn: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'StringLike', 'StringNotLike'], bool: ['Bool'], number: numeric.map((one) => `Numeric${one}`),
  date: numeric.map((one) => `Date${one}`), address: ['IpAddress', 'NotIpAddress'], binary: ['BinaryEquals'],
};
const blocks = ['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '192.0.2.0/24', '192.0.2.9', '198.51.100.1/32', '10.0.0.0/8', '::/0', '2001:db8::/32', '2001:db8::7', '2001:0db8:0:0::7', '::/1'];
const dates = ['2026-11-25T10:00:00Z', '2026-11-25', '2026-11-25T11:00:00+01:00', '2020-01-01T00:00:00Z', '1795600800', '4102444800'];

function valueFor(random: Random, key: Key, operator: string): unknown {
  if (/IpAddress/.test(operator)) return random.pick(blocks);
  if (/^Date/.test(operator)) return random.pick(dates);
  if (/^Numeric/.test(operator)) return random.pick<unknown>(['0', '9', '10', 10, '10.0', '10.5', '-3', '1000', 300]);
  if (/^Bool/.test(operator)) return random.pick<unknown>(['true', 'false', 'TRUE', true, false]);
  if (/^Binary/.test(operator)) return random.pick(key.values);
  const wildcards = /Like|Arn/.test(operator);
  if (/^Arn/.test(operator) && random.chance(0.1)) return random.pick(['*', 'arn:aws:iam::*', 'arn:*:iam::*:*', '*:aws:iam::111111111111:role/*', 'role/app']);
  return alike(random, random.pick(key.values), wildcards);
}

function condition(random: Random): readonly [operator: string, key: string, values: unknown] {
  const key = random.pick(keys);
  const name = respelled(random, key.name);
  if (random.chance(0.08)) return ['Null', name, oneOrMore(random, () => random.pick<unknown>(['true', 'false', true]), 1)];
  const base = random.pick(random.chance(0.9) ? operators[key.form] : [...textOperators, 'ArnLike', 'ArnNotLike']);
  const quantifier = random.chance(key.isList === true ? 0.7 : 0.1) ? random.pick(['ForAllValues:', 'ForAnyValue:', 'forallvalues:']) : '';
  const operator = `${quantifier}${random.chance(0.05) ? base.toLowerCase() : base}${random.chance(0.2) ? 'IfExists' : ''}`;
  return [operator, name, random.chance(0.02) ? [] : oneOrMore(random, () => valueFor(random, key, base))];
}

const principal: Readonly<Record<'AWS' | 'Service' | 'Federated' | 'CanonicalUser', (random: Random) => string>> = {
  AWS: (random) => {
    const account = random.pick(accounts);
    return random.pick([account, iam(account, 'root'), iam(account, `role/${random.pick(roles)}`), iam(account, `user/${random.pick(users)}`), session(account, random.pick(roles), random.pick(['one', 'two'])),
      `arn:aws:sts::${account}:federated-user/ann`, ...(random.chance(0.3) ? ['*', 'AROAEXAMPLEEXAMPLE', iam('*', 'root')] : [])]);
  },
  Service: (random) => random.pick(services),
  Federated: (random) => random.chance(0.1) ? '*' : random.pick([...providers.web, ...providers.saml]),
  CanonicalUser: () => '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
};
function principals(random: Random): unknown {
  if (random.chance(0.35)) return random.pick<unknown>(['*', { AWS: '*' }]);
  const types = random.some(['AWS', 'AWS', 'Service', 'Federated', ...(random.chance(0.05) ? ['CanonicalUser'] : [])] as (keyof typeof principal)[], 1, 2);
  return Object.fromEntries(types.map((type) => [type, oneOrMore(random, () => principal[type](random))]));
}

const actionLike = (random: Random, kind: Kind): string => random.chance(0.2) ? random.pick(['*', '*:*', 's?:Get*', 's*:*Object'])
  : random.pick([(one: string) => one, (one: string) => one.toUpperCase(), (one: string) => `${one.slice(0, one.indexOf(':') + 1 + random.below(5))}*`, (one: string) => one.replace(/:.../, ':???')])(random.pick(kind === 'trust' ? trustActions : actions));
const resourceLike = (random: Random): string => random.chance(0.25) ? random.pick(['*', 'arn:aws:s3:*', 'arn:*', 'arn:aws:s3:::*', 'arn:aws:sqs:*:*:*', 'arn:aws:S3:::bucket/*', 'arn:aws:lambda:*:function:worker*', 'arn:aws:iam::*:ro*/team/app'])
  : alike(random, random.pick(resources), true);

function statement(random: Random, kind: Kind): Statement {
  const condition_: Record<string, Record<string, unknown>> = {};
  for (let i = random.below(4); i > 0; i--) {
    const [operator, key, values] = condition(random);
    (condition_[operator] ??= {})[key] = values;
  }
  const negated = (name: string, probability: number): string => random.chance(probability) ? `Not${name}` : name;
  return {
    Effect: random.chance(0.65) ? 'Allow' : 'Deny',
    ...(random.chance(0.03) ? {} : { [negated('Principal', kind === 'trust' ? 0 : 0.12)]: principals(random) }),
    [negated('Action', 0.15)]: random.chance(0.5) ? '*' : oneOrMore(random, () => actionLike(random, kind)),
    ...(kind === 'trust' || random.chance(0.05) ? {} : { [negated('Resource', 0.15)]: random.chance(0.4) ? '*' : oneOrMore(random, () => resourceLike(random)) }),
    ...(Object.keys(condition_).length > 0 ? { Condition: condition_ } : {}),
  };
}

export function randomDocument(random: Random, kind: Kind): Document {
  const version = random.chance(0.85) ? '2012-10-17' : random.pick(['2008-10-17', undefined]);
  return { ...(version === undefined ? {} : { Version: version }), Statement: Array.from({ length: 1 + random.below(4) }, () => statement(random, kind)) };
}
