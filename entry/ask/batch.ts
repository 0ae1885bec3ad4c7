import { duplicateKey } from '../../policy/index.ts';
import { answersOf } from './answer.ts';
import { BadQuestion } from './bad-question.ts';
import { misspelled } from './members.ts';
import { perimeterReader, readQuestion, written } from './question.ts';

export interface Line { readonly text: string; readonly status: 0 | 1 | 2 }

/** Answers one line of questions at a time, in order; a bad line gets its error and the batch goes on, as does one that is no text (`undefined`). */
export function answerer(now: number): (line: string | undefined, number: number) => Line | undefined {
  const perimeterOf = perimeterReader();
  return (line, number) => {
    if (line === undefined) return bad({ line: number, error: 'not UTF-8 text; save it as UTF-8' });
    if (line.trim() === '') return undefined;
    let value: unknown;
    // A byte order mark stands before the first line of some files.
    try { value = JSON.parse(number === 1 ? line.replace(/^\uFEFF/, '') : line); } catch (error) { return bad({ line: number, error: `not JSON: ${(error as Error).message}` }); }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad({ line: number, error: 'expected an object with `id`, `kind`, `policy`, `perimeter`, `account`' });
    const twice = duplicateKey(line, value);
    const asked = value as Record<string, unknown>;
    if (asked['id'] !== undefined && written(asked['id']) === undefined) return bad({ line: number, error: '`id`: nested too deeply' });
    const id = asked['id'] === undefined ? { line: number } : { id: asked['id'] };
    if (twice !== undefined) return bad({ ...id, error: `\`${twice}\`: the member stands there twice` });
    const [given, meant] = misspelled(asked) ?? [];
    if (given !== undefined) return bad({ ...id, error: `\`${given}\`: a question has no such member; is \`${meant!}\` meant?` });
    try {
      const answers = answersOf(readQuestion(asked, perimeterOf(asked['perimeter']), now));
      const open = Object.values(answers).some((one) => one.answer !== 'inside');
      return { text: JSON.stringify({ ...id, objectives: answers }), status: open ? 1 : 0 };
    } catch (error) {
      if (error instanceof BadQuestion) return bad({ ...id, error: error.message });
      throw error;
    }
  };
}
const bad = (value: object): Line => ({ text: JSON.stringify(value), status: 2 });
