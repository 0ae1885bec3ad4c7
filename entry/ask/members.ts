import type { WrittenAnswer } from './answer.ts';
import { lettersApart } from './letters.ts';

/** Members of a question, with what they say. Others are whoever asks's own. */
const members: Readonly<Record<string, string>> = {
  id: 'anything; stands in the answer',
  kind: 'what `policy` is: as `--kind`',
  policy: 'the policy document, as an object or as text',
  policies: 'instead of `kind` and `policy`, several that a request meets together: a list of `{"kind", "policy"}`, of which a kind may be `boundary`, too',
  perimeter: 'the definition, as `perimeter.yaml` has it',
  account: 'the account of the resource, role, endpoint or principal',
  service: 'as `--service`; may be left out',
  resource: 'the ARN the policy hangs on; may be left out',
  endpointType: '`gateway` or `interface`; left out: `interface`',
  viaEndpoint: '`true`: as `--via-endpoint`',
  objectives: 'a list, as `--objective`; left out: the usual ones',
  now: 'the time from which conditions are judged, such as `2026-01-31T00:00:00Z`, or milliseconds since 1970, up to the year 9999; left out: now',
};
/** What stands under an objective in an answer. */
const fields: Readonly<Record<keyof WrittenAnswer, string>> = {
  answer: '`inside`: no request from outside gets through; `outside`: one does; `undecided`',
  because: 'why, as a sentence; inside: the fewest conditions that hold it, or what else does',
  reach: 'outside: who gets through: `anonymous`, without signing; `any-account` of AWS; `shared-issuer`, whoever has a token of an issuer that serves many; `any-organization-member` of somebody else\'s; `named-account`, one that is named; `service`, an AWS service; `network-bound`, whoever is in a network that the policy names; [severities](policy-engine.md#who-is-outside) follow from it',
  at: 'outside or undecided: the statement that it is about, as a JSON pointer into the policy; empty: AWS\'s own Allow beside an SCP or RCP',
  witness: 'outside: a request that gets through, with every condition key that it carries',
  through: 'outside, of policies together: the statement of each that admits the request, `{"plane", "at"}`, with `--format json` also its `file`',
  stoppedBy: 'inside, of policies together: which of them keep outsiders out, each by itself or, where none does, together',
  unknownAccounts: 'undecided: accounts of which the definition does not tell whose they are',
  unknownBuckets: 'undecided: buckets of which it does not',
  notes: 'what is worth knowing besides; left out where there is nothing',
  changes: 'outside, with `--format json` alone: changes in the order in which to make them; those that begin with `after the changes above:` are made in the policy as the changes of the objectives before leave it',
  closed: 'with `changes`: `true`: the policy with them, and with those of the objectives before, was asked again and is inside; missing: it was not, or is not',
  heldBy: 'inside, with `--format json` alone: the conditions, names and Denies that keep outsiders out; where there are more than are needed, as few as suffice. Of policies far beyond AWS\'s size not every statement is tried; then the last entry says how many were not',
};
const table = (heads: string, rows: Readonly<Record<string, string>>): string[] => [`| ${heads} | meaning |`, '|---|---|', ...Object.entries(rows).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`), ''];
/** Questions and answers as Markdown. */
export const batchReference = (): string => [
  'With `--jsonl` each line of standard input is a question, a JSON object:', '', ...table('member', members),
  'Members that its kind does not use are ignored. Each answer is `{"id", "objectives"}`, under which stands by its name what each objective comes to; `{"id", "error"}` where the question',
  'cannot be read, with `"line"` instead of an `id` that it does not have. Where there is no question at all the exit status is 2. `--format json` writes the same of one question, without `id`:', '', ...table('field', fields),
].join('\n');

/** What `diff` writes with `--format json`. */
const differences: Readonly<Record<string, string>> = {
  equal: '`true` where both allow the same requests',
  added: 'what the new one allows that the old one did not: `{"kind"}`, `nothing`, `request` or `undecided`',
  removed: 'what the old one allowed that the new one does not, likewise',
  request: 'of `kind` `request`: one that makes the difference, an example of what may be many, with every condition key that it carries',
  at: 'of `kind` `request`: the statement that admits it, as a JSON pointer into the policy; empty: AWS\'s own Allow beside an SCP or RCP',
  because: 'of `kind` `undecided`: why',
  notes: 'what is worth knowing besides; left out where there is nothing',
};
/** What `diff` says, as Markdown. */
export const differenceReference = (): string => [
  'A sentence shows one request of each side. `with K v and without L` names keys that it carries and keys that it lacks: those that decide about it, of which a few are told; the request has all.', '',
  'With `--format json`:', '', ...table('field', differences),
].join('\n');

/** A member that is none, but nearly one: in other letters, or one letter apart, or two in a long name. */
export function misspelled(asked: object): readonly [string, string] | undefined {
  const plain = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');
  for (const given of Object.keys(asked)) {
    const meant = Object.hasOwn(members, given) ? undefined : Object.keys(members).find((one) => lettersApart(plain(given), plain(one)) <= (one.length < 4 ? 0 : one.length < 8 ? 1 : 2));
    if (meant !== undefined) return [given, meant];
  }
  return undefined;
}
