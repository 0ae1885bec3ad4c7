import type { Condition } from '../conditions.ts';
import { folded, plainGlob, step, type Pattern } from '../pattern.ts';
import { partitionOf, regions } from '../tables/regions.ts';
import { entriesOf, Language, shortestText } from './languages.ts';
import type { TextTest } from './region.ts';
import type { Work } from './work.ts';

const anyText = [plainGlob('?*')];
/** About what it costs to hold a text against a test, in comparisons. */
const costOf = ({ test }: TextTest, text: string): number => 2 + test.near(text).length * (3 + (text.length >> 4));

/**
 * A text of one of the forms, or any where there are none, that passes every test, liked ones first and the empty one last;
 * `undefined`: there is none. Most questions are answered by a guess or by how texts begin; the product of the patterns'
 * automata settles the rest.
 */
export function findText(tests: readonly TextTest[], forms: readonly Pattern[] | undefined, liked: readonly string[], work: Work): string | undefined {
  const found = new TextSearch(tests, forms ?? anyText, liked, work).find();
  return found === undefined && forms === undefined && tests.every(({ test, want }) => test.fits('') === want) ? '' : found;
}

/** Tells forms from others: what is written alike may differ in what wildcards stand for. */
function numberOf(forms: readonly Pattern[]): number {
  const known = numbers.get(forms) ?? numbered++;
  numbers.set(forms, known);
  return known;
}
const numbers = new WeakMap<readonly Pattern[], number>();
let numbered = 0;

class TextSearch {
  readonly #tests: readonly TextTest[];
  readonly #forms: readonly Pattern[];
  readonly #liked: readonly string[];
  readonly #work: Work;
  readonly #positives: readonly TextTest[];
  readonly #negatives: readonly TextTest[];

  constructor(tests: readonly TextTest[], forms: readonly Pattern[], liked: readonly string[], work: Work) {
    this.#tests = tests;
    this.#forms = forms;
    this.#liked = liked;
    this.#work = work;
    this.#positives = tests.filter((one) => one.want);
    this.#negatives = this.#positives.length === tests.length ? [] : tests.filter((one) => !one.want);
  }

  find(): string | undefined {
    for (const text of this.#liked) if (this.#fits(text)) return text;
    const finite = this.#positives.find(({ test }) => test.globs.length === 0 && !test.operator.ignoreCase);
    if (finite !== undefined) return finite.test.patterns.find((one) => this.#fits(one.text))?.text;
    if (this.#forms.every((form) => form.literal !== undefined)) return this.#forms.find((form) => this.#fits(form.text))?.text;
    const key = `${numberOf(this.#forms)} ${this.#tests.map(({ test, want }) => `${want ? '' : '-'}${test.id}`).join()}`;
    const known = this.#work.texts.get(key);
    if (known !== undefined) return known.text;
    const text = this.#inRegion(this.#settle());
    this.#work.texts.set(key, { text });
    return text;
  }

  /** An ARN in a Region that there is, where that does as well. */
  #inRegion(found: string | undefined): string | undefined {
    const parts = found?.split(':') ?? [];
    const [, partition, , region = ''] = parts;
    if (parts.length < 6 || region === '' || regions.includes(region)) return found;
    return ['us-east-1', ...regions].filter((one) => partitionOf(one) === partition).map((one) => parts.with(3, one).join(':')).find((text) => this.#fits(text)) ?? found;
  }

  #fits(text: string): boolean {
    this.#work.spend(this.#forms.length * (3 + (text.length >> 4)));
    // What must fit is said by fewer patterns than what must not, as a rule, and more often settles it.
    return this.#forms.some((form) => form.matches(text)) && this.#passes(this.#positives, text) && this.#passes(this.#negatives, text);
  }

  #passes(tests: readonly TextTest[], text: string): boolean {
    return tests.every((one) => { this.#work.spend(costOf(one, text)); return one.test.fits(text) === one.want; });
  }

  /** No test has finitely many texts. */
  #settle(): string | undefined {
    const [negatives, work] = [this.#negatives, this.#work];
    const live = this.#positives.map((one): Alternatives => {
      work.spend(3 * one.test.patterns.length);
      const { ignoreCase } = one.test.operator;
      return { ignoreCase, patterns: this.#open(one).filter((pattern) => this.#forms.some((form) => mayMeet(pattern, form, ignoreCase))) };
    });
    const asked: Alternatives = { ignoreCase: false, patterns: this.#forms.filter((form) => !negatives.some((negative) => covers(negative.test, form, false))) };
    const all = [...live, asked].sort(byLength);
    const found = this.#guess(all[0]!.patterns);
    if (found !== undefined) return found;
    // A text that is written out is held against all tests at once, so that no automaton need spell it.
    for (const { patterns, ignoreCase } of all) for (const one of patterns) if (isText(one, ignoreCase) && this.#fits(one.text)) return one.text;
    const held = live.map(({ patterns, ignoreCase }) => ({ ignoreCase, patterns: patterns.filter((pattern) => !isText(pattern, ignoreCase) && this.#forms.some((form) => mayHold(form, pattern, ignoreCase, work))) }));
    const [fewest, ...others] = [...held, asked].sort(byLength);
    return this.#walk(fewest!, others);
  }

  /** What a test's patterns leave beside those that are not to match, as far as is seen: the same whatever the forms, of which long lists meet many. */
  #open({ test }: TextTest): readonly Pattern[] {
    const [negatives, work] = [this.#negatives, this.#work];
    const all = test.patterns.flatMap((one) => one.alternatives);
    if (negatives.length === 0) return all;
    const { ignoreCase } = test.operator;
    const key = `${test.id} ${negatives.map((one) => one.test.id).join()}`;
    let open = work.open.get(key);
    if (open === undefined) {
      const isCovered = (one: Pattern): boolean => negatives.some((negative) => {
        work.spend(3 + 3 * negative.test.near(one.head).length);
        return covers(negative.test, one, ignoreCase);
      });
      work.open.set(key, open = all.filter((one) => isText(one, ignoreCase) ? this.#passes(negatives, one.text) : !isCovered(one)));
    }
    return open;
  }

  #guess(patterns: readonly Pattern[]): string | undefined {
    for (const pattern of patterns) {
      // People know names behind a slash or colon, not nothing.
      for (const star of /[/:]\*$/.test(pattern.text) ? ['x', ''] : ['', 'x']) {
        const guess = pattern.tokens.map((token) => typeof token === 'string' ? token : token.times === 'many' ? star : token.times === 'one' ? filler(token.of) : '').join('');
        if (guess !== '' && this.#fits(guess)) return guess;
        // A text of the form that people know, ending as the pattern does.
        const end = guess.slice(guess.lastIndexOf(':') + 1);
        for (const text of this.#liked) { const joined = `${text.slice(0, text.lastIndexOf(':') + 1)}${end}`; if (end !== '' && this.#fits(joined)) return joined; }
      }
    }
    return undefined;
  }

  #between(within: readonly Alternatives[], against: readonly Alternatives[]): string | undefined {
    const languageOf = ({ patterns, ignoreCase }: Alternatives): Language => new Language(entriesOf(patterns, ignoreCase), this.#work);
    return shortestText(within.map(languageOf), against.map(languageOf), this.#work);
  }

  /** The same where most of what a text is to be kept from is far from it: first, only what has matched one is kept from the next. */
  #avoiding(within: readonly Alternatives[], against: readonly Alternatives[]): string | undefined {
    const met = against.map(({ ignoreCase }) => ({ ignoreCase, patterns: [] as Pattern[] }));
    for (let tries = 0; tries < TRIES; tries++) {
      const found = this.#between(within, met.filter((one) => one.patterns.length > 0));
      if (found === undefined) return undefined;
      const hit = against.map(({ patterns, ignoreCase }) => { this.#work.spend(3 * patterns.length); return patterns.filter((one) => one.matches(found, ignoreCase)); });
      if (hit.every((some) => some.length === 0)) return found;
      hit.forEach((some, i) => { met[i]!.patterns.push(...some); });
    }
    return this.#between(within, against);
  }

  #walk(fewest: Alternatives, others: readonly Alternatives[]): string | undefined {
    const work = this.#work;
    for (const pattern of fewest.patterns) {
      if (isText(pattern, fewest.ignoreCase)) continue;
      // Of the other patterns only those that may meet this one matter, so that the automata stay small.
      const meeting = ({ patterns, ignoreCase }: Alternatives): Alternatives => {
        work.spend(8 * patterns.length);
        const meets = (one: Pattern): boolean => mayMeet(one, pattern, ignoreCase || fewest.ignoreCase);
        return { ignoreCase, patterns: patterns.flatMap((one) => meets(one) ? one.alternatives.filter(meets) : []) };
      };
      const beside = others.map(meeting);
      if (beside.some((one) => one.patterns.length === 0)) continue;
      const against = this.#negatives.map(({ test }) => meeting({ patterns: test.patterns, ignoreCase: test.operator.ignoreCase })).filter((one) => one.patterns.length > 0);
      const within = [{ patterns: [pattern], ignoreCase: fewest.ignoreCase }, ...beside];
      const found = against.reduce((sum, { patterns }) => sum + patterns.length, 0) > MANY ? this.#avoiding(within, against) : this.#between(within, against);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Of more patterns than these, those that a text is to be kept from are looked at one by one. */
const MANY = 30;
/** After so many texts in vain, what is close enough to matter is no less than all. */
const TRIES = 4;

/** Patterns of which one must match. */
interface Alternatives { readonly patterns: readonly Pattern[]; readonly ignoreCase: boolean }
const byLength = (a: Alternatives, b: Alternatives): number => a.patterns.length - b.patterns.length;

const filler = (of: string): string => of === 'digit' ? '9' : 'x';

/** Whether a pattern is one text; where case does not matter it is one of several. */
const isText = ({ literal }: Pattern, ignoreCase: boolean): boolean => literal !== undefined && !ignoreCase;

/** Whether two patterns begin and end alike, so that a text may match both. */
function mayMeet(a: Pattern, b: Pattern, ignoreCase: boolean): boolean {
  const read = (text: string): string => ignoreCase ? folded(text) : text;
  const [aHead, bHead, aTail, bTail] = [read(a.head), read(b.head), read(a.tail), read(b.tail)];
  return (aHead.startsWith(bHead) || bHead.startsWith(aHead)) && (aTail.endsWith(bTail) || bTail.endsWith(aTail));
}

/** Whether texts of the form may hold each run of characters that stands between wildcards of the pattern, for all that is seen run by run. */
function mayHold(form: Pattern, { runs }: Pattern, ignoreCase: boolean, work: Work): boolean {
  // How a pattern begins and ends is held against the form's beginning and end.
  return runs.every((run) => run.length < LONG || form.alternatives.some((one) => {
    work.spend(one.tokens.length * 2);
    let positions: readonly number[] = one.tokens.map((_, i) => i);
    for (const char of run) {
      if (positions.length === 0) return false;
      work.spend(3 * positions.length);
      positions = step(one.tokens, positions, char, ignoreCase);
    }
    return positions.length > 0;
  }));
}
/** Shorter runs stand in most texts. */
const LONG = 5;

/** Whether it is seen by how texts begin and end that no text of the forms fits a value of the test. */
export const isApart = ({ patterns, operator: { ignoreCase, family } }: Condition, forms: readonly Pattern[]): boolean =>
  (family === 'arn' || family === 'string') && patterns.every((one) => !one.isEverything && forms.every((form) => !mayMeet(one, form, ignoreCase)));

/** Whether some value of the test is seen to match all that a pattern matches. */
const covers = (test: Condition, pattern: Pattern, ignoreCase: boolean): boolean => (test.operator.ignoreCase || !ignoreCase) && test.near(pattern.head).some((one) => one.covers(pattern, test.operator.ignoreCase));
