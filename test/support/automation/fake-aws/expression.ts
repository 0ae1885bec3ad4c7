import type { Fields } from '../types.ts';
import { checkValue, type Path, type Value } from './expression-path.ts';
import { reservedWords } from './reserved-words.ts';
import { AwsError, members } from './service.ts';

export const invalid = (message: string): never => { throw new AwsError('ValidationException', message); };

/** The names and values of one request, and which of them its expressions use: DynamoDB refuses a request that brings more. */
export class Words {
  readonly #names: Readonly<Record<string, unknown>>;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #used = new Set<string>();

  constructor({ ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Fields) {
    members({ names, values }, { names: 'map', values: 'map' });
    this.#names = names as Fields;
    this.#values = values as Fields;
    Object.values(this.#values).forEach(checkValue);
  }

  name(word: string): string {
    if (word.startsWith('#')) { this.#used.add(word); return typeof this.#names[word] === 'string' ? this.#names[word] : invalid(`\`${word}\` is not among the names`); }
    return reservedWords.has(word.toUpperCase()) ? invalid(`Attribute name is a reserved keyword; reserved keyword: ${word}`) : word;
  }
  value(word: string): Value {
    this.#used.add(word);
    return this.#values[word] as Value | undefined ?? invalid(`\`${word}\` is not among the values`);
  }
  /** To be asked once every expression is read. */
  checkUsed(): void {
    for (const word of [...Object.keys(this.#names), ...Object.keys(this.#values)]) if (!this.#used.has(word)) invalid(`Value unused in expressions: ${word}`);
  }
}

export type Operand = { readonly path: Path } | { readonly value: Value };
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'exists'; readonly path: Path; readonly want: boolean }
  | { readonly kind: 'begins'; readonly path: Path; readonly value: Value }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Operand; readonly right: Operand };

/** Reads what the runbooks use of DynamoDB's expressions and refuses the rest. */
export class Reader {
  readonly #tokens: readonly string[];
  readonly #words: Words;
  #at = 0;

  constructor(text: unknown, words: Words) {
    if (typeof text !== 'string' || text.trim() === '') throw new AwsError('ParamValidationError', `${JSON.stringify(text)} is not an expression`);
    this.#tokens = text.match(/[#:]?\w+|<>|<=|>=|\S/g) ?? [];
    this.#words = words;
  }
  peek(): string { return this.#tokens[this.#at] ?? ''; }
  take(): string { this.#at += 1; return this.#tokens[this.#at - 1] ?? invalid('the expression ends too early'); }
  accept(token: string): boolean {
    if (this.peek().toUpperCase() !== token) return false;
    this.#at += 1;
    return true;
  }
  expect(token: string): void { if (!this.accept(token)) invalid(`Syntax error; token: \`${this.peek()}\`, expected \`${token}\``); }
  end(): void { if (this.peek() !== '') invalid(`Syntax error; token: \`${this.peek()}\``); }

  path(): Path {
    const first = this.take();
    if (!/^#?[A-Za-z_]\w*$/.test(first) && !/^#\w+$/.test(first)) invalid(`Syntax error; token: \`${first}\``);
    const path: [string, ...(string | number)[]] = [this.#words.name(first)];
    for (;;) {
      if (this.accept('.')) path.push(this.#words.name(this.take()));
      else if (this.accept('[')) { path.push(Number(this.take())); this.expect(']'); } else return path;
    }
  }
  value(): Value { return this.#words.value(this.take()); }
  operand(): Operand { return this.peek().startsWith(':') ? { value: this.value() } : { path: this.path() }; }

  condition(): Condition {
    const whole = this.#or();
    this.end();
    return whole;
  }
  #or(): Condition {
    let left = this.#and();
    while (this.accept('OR')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }
  #and(): Condition {
    let left = this.#not();
    while (this.accept('AND')) left = { kind: 'and', left, right: this.#not() };
    return left;
  }
  #not(): Condition {
    if (this.accept('NOT')) return { kind: 'not', of: this.#not() };
    if (this.accept('(')) { const inner = this.#or(); this.expect(')'); return inner; }
    return this.#call() ?? this.#comparison();
  }
  #call(): Condition | undefined {
    if (this.#tokens[this.#at + 1] !== '(') return undefined;
    const name = this.take();
    this.expect('(');
    const path = this.path();
    let condition: Condition;
    if (name === 'attribute_exists' || name === 'attribute_not_exists') condition = { kind: 'exists', path, want: name === 'attribute_exists' };
    else if (name === 'begins_with') { this.expect(','); condition = { kind: 'begins', path, value: this.value() }; } else return invalid(`Invalid function name; function: ${name}`);
    this.expect(')');
    return condition;
  }
  #comparison(): Condition {
    const left = this.operand();
    const operator = this.take();
    if (!['=', '<>', '<', '<=', '>', '>='].includes(operator)) invalid(`Syntax error; token: \`${operator}\``);
    return { kind: 'compare', operator, left, right: this.operand() };
  }
}
