/** What an iterable yields, made once and only as far as somebody reads. */
export class Remembered<T> implements Iterable<T> {
  readonly #made: T[] = [];
  readonly #more: Iterator<T>;
  constructor(all: Iterable<T>) { this.#more = all[Symbol.iterator](); }
  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; ; i++) {
      if (i === this.#made.length) {
        const next = this.#more.next();
        if (next.done === true) return;
        this.#made.push(next.value);
      }
      yield this.#made[i]!;
    }
  }
}
