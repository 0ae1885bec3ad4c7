import { matches } from '../../core/exceptions.ts';
import { asList, type Statement } from '../../core/policy-document.ts';
import { quoted, type StatementChange } from '../../core/statement-changes.ts';

/** A Deny that is meant to stand over an Allow, and leaves out part of it: what the Allow has of actions or resources besides, or everybody in the place of those whom it names. */
export const asWideAs = (allow: Statement, deny: Statement, place: string): StatementChange[] => [
  ...(['Action', 'Resource'] as const).flatMap((element) => {
    const [of, given] = [allow[element], deny[element]].map((some) => some === undefined ? [] : asList(some).map(String));
    const missing = of!.filter((one) => !given!.some((pattern) => matches(pattern.toLowerCase(), one.toLowerCase())));
    return missing.length === 0 || given!.length === 0 ? [] : [{ text: `add ${quoted(missing)} to the \`${element}\` of ${place}`, statement: { ...deny, [element]: [...given!, ...missing] } }];
  }),
  ...deny['Principal'] === undefined || deny['Principal'] === '*' || allow['Principal'] === undefined ? [] : [{ text: `write \`*\` instead of \`${JSON.stringify(deny['Principal'])}\` under \`Principal\` in ${place}`, statement: { ...deny, Principal: '*' } }],
];
