import type { WrittenAnswer } from './answer.ts';
import { lettersApart } from './letters.ts';

/** Members of a question, with what they say. Others are whoever asks's own. */
const members: Readonly<Record<string, string>> = {
  id: 'anything; stands in the answer',
  kind: 'what `policy` is: as `--kind`',
  policy: 'the policy document, as an object or as text',
  policies: 'instead of `kind` and `policy`, several that a request meets together: a list of `{"kind", "policy"}`, of which a kind may be `boundary`, too',
  perimeter: 'the definition, as `perimeter.yaml` has it',
  account: 'the account that owns the policy',
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
  reach: 'outside: who gets through, `anonymous`, `any-account`, `shared-issuer`, `any-organization-member`, `named-account`, `service` or `network-bound`',
  at: 'outside or undecided: the statement that it is about, as a JSON pointer into the policy; empty: AWS\'s own Allow beside an SCP or RCP',
  witness: 'outside: a request that gets through, with every condition key that it carries',
  through: 'outside, of policies together: the statement of each that admits the request, `{"plane", "at"}`, with `--format json` also its `file`',
  stoppedBy: 'inside, of policies together: which of them keep outsiders out, each by itself or, where none does, together',
  unknownAccounts: 'undecided: accounts of which the definition does not tell whose they are',
  unknownBuckets: 'undecided: buckets of which it does not',
  notes: 'what is worth knowing besides; left out where there is nothing',
  changes: 'outside, with `--format json` alone: what to change, one after another; `after the changes above: …`: in what those for the objectives before it make, so that all can be made together',
  closed: 'with `changes`: `true` where all of them, with those above, were tried and close it',
  heldBy: 'inside, with `--format json` alone: what in the policies keeps outsiders out, or where several parts do and some would do alone, as few as do together; of a policy far longer than AWS takes ends with how many statements were not tried',
};
const table = (heads: string, rows: Readonly<Record<string, string>>): string[] => [`| ${heads} | meaning |`, '|---|---|', ...Object.entries(rows).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`), ''];
/** Questions and answers as Markdown. */
export const batchReference = (): string => [
  'With `--jsonl` each line of standard input is a question, a JSON object:', '', ...table('member', members),
  'Members that its kind does not use are ignored. Each answer is `{"id", "objectives"}`, under which stands by its name what each objective comes to; `{"id", "error"}` where the question',
  'cannot be read, with `"line"` instead of an `id` that it does not have. Where there is no question at all the exit status is 2. `--format json` writes the same of one question, without `id`:', '', ...table('field', fields),
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
