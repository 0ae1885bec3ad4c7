/** What an iterable yields, made once and only as far as somebody reads; begun anew where making it was broken off, as by a budget that is spent. */
export class Remembered<T> implements Iterable<T> {
  readonly #begin: () => Iterator<T>;
  #made: T[] = [];
  #more: Iterator<T> | undefined;
  constructor(begin: () => Iterator<T>) { this.#begin = begin; }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; ; i++) {
      if (i === this.#made.length && !this.#makeOne()) return;
      yield this.#made[i]!;
    }
  }

  #makeOne(): boolean {
    try {
      const next = (this.#more ??= this.#begin()).next();
      if (next.done !== true) this.#made.push(next.value);
      return next.done !== true;
    } catch (error) {
      // A generator that threw says from then on that it is done, which would pass for having seen everything.
      this.#made = [];
      this.#more = undefined;
      throw error;
    }
  }
}
