import fc from 'fast-check';
import { realisticPolicies } from '../bench/policies.ts';
import { seeded, type Random } from '../bench/random.ts';
import type { Posed } from '../bench/world.ts';
import { Members, mutated, textOf, valueOf, type Value } from './mutations.ts';
import { brokenStatement, documentBreaks, statementBreaks } from './unreadable.ts';

/** One text to read and judge. */
export interface Input {
  readonly name: string;
  readonly text: string;
  /** Whose account, service and resource the questions name. */
  readonly asked: Posed;
  /** Nothing but an error is right. */
  readonly isUnreadable: boolean;
}

const policies = realisticPolicies(600, 20_261_126);
const statementsOf = (text: string): readonly Members[] => {
  const document = valueOf(JSON.parse(text)) as Members;
  return document.entries.find(([name]) => name === 'Statement')![1] as readonly Members[];
};

/** Members by the right names with anything in them, which gets past a reader's first questions more often than anything at all. */
const element = fc.constantFrom('Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition', 'Sid', '__proto__', 'constructor');
const content = fc.oneof(fc.constantFrom<unknown>('Allow', 'Deny', '*', 's3:*', [], {}, { AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453' } }), fc.jsonValue({ maxDepth: 3 }));
const statement = fc.oneof(fc.dictionary(element, content, { maxKeys: 6 }), fc.jsonValue({ maxDepth: 2 }),
  fc.dictionary(element, content, { maxKeys: 3 }).map((one) => ({ Effect: 'Allow', Principal: '*', Action: '*', ...one })));
const shaped = fc.record({ Version: fc.oneof(fc.constant<unknown>('2012-10-17'), fc.jsonValue({ maxDepth: 1 })), Statement: fc.oneof(fc.array(statement, { maxLength: 3 }), statement) }, { requiredKeys: ['Statement'] });
const anything = fc.oneof(
  fc.record({ name: fc.constant('any JSON value'), text: fc.jsonValue({ maxDepth: 6, noUnicodeString: false }).map((one) => JSON.stringify(one)) }),
  fc.record({ name: fc.constant('any text'), text: fc.string({ unit: 'binary', maxLength: 60 }) }),
  fc.record({ name: fc.constant('a document of any members'), text: shaped.map((one) => JSON.stringify(one)) }),
  fc.record({ name: fc.constant('a document of any members'), text: shaped.map((one) => JSON.stringify(one)) }),
);

function unreadable(random: Random, asked: Posed): string {
  const one = random.pick(statementsOf(asked.text));
  if (random.chance(0.7)) {
    const kind = random.pick(statementBreaks);
    return textOf(new Members([['Version', '2012-10-17'], ['Statement', [brokenStatement(random, one, kind)]]]));
  }
  return textOf(random.pick(documentBreaks)[1](random, one));
}

/** Follows from the two numbers alone. */
export function inputAt(seed: number, index: number): Input {
  const random = seeded(seed * 7_368_787 + index);
  const asked = random.pick(policies);
  switch (random.below(8)) {
    case 0: case 1: {
      const [made] = fc.sample(anything, { seed: random.below(2 ** 31), numRuns: 1 });
      return { ...made!, asked, isUnreadable: false };
    }
    case 2: return { name: 'an unreadable member', text: unreadable(random, asked), asked, isUnreadable: true };
    case 3: {
      const at = random.below(asked.text.length);
      const char = random.pick(['{', '}', '[', ']', '"', ',', ':', '\\', '\u0000', '\ufeff', 'x', ' ']);
      return { name: 'a text with a slip', text: random.chance(0.5) ? asked.text.slice(0, at) : asked.text.slice(0, at) + char + asked.text.slice(at + random.below(2)), asked, isUnreadable: false };
    }
    default: {
      let value: Value = valueOf(JSON.parse(asked.text));
      for (let i = 1 + random.below(3); i > 0; i--) value = mutated(random, value);
      return { name: 'a mutated policy', text: textOf(value), asked, isUnreadable: false };
    }
  }
}
