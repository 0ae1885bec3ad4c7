import { hash } from 'node:crypto';

/** What became of an item beside those already seen of the same resource. */
export type Standing = 'new' | 'newer' | 'older' | 'same' | 'conflict';

/**
 * The latest state of every resource, in typed arrays: some 40 bytes each, so that a million resources fit beside
 * everything else. Resources are told apart by 64 bits of a hash of what identifies them.
 */
export class Resources {
  #size = 1 << 12;
  #count = 0;
  /** Open addressing: a resource's number plus one, or zero. */
  #slots = new Uint32Array(this.#size * 2);
  #high = new Uint32Array(this.#size);
  #low = new Uint32Array(this.#size);
  #time = new Float64Array(this.#size);
  #content = new Uint32Array(this.#size);
  #state = new Uint32Array(this.#size);

  /** Enters an item under its resource's number; the latest one counts; what becomes of two at the same time is the caller's to say. */
  enter(identity: string, time: number, content: string): { readonly standing: Standing; readonly resource: number } {
    if (this.#count === this.#size) this.#grow();
    const [high, low] = wordsOf(identity);
    const mark = wordsOf(content)[0];
    const slot = this.#slotOf(high, low);
    const known = this.#slots[slot]!;
    const resource = known === 0 ? this.#count++ : known - 1;
    const before = this.#time[resource]!;
    if (known === 0) {
      this.#slots[slot] = resource + 1;
      this.#high[resource] = high;
      this.#low[resource] = low;
    } else if (time < before) return { standing: 'older', resource };
    else if (time === before) return { standing: this.#content[resource] === mark ? 'same' : 'conflict', resource };
    this.#time[resource] = time;
    this.#content[resource] = mark;
    return { standing: known === 0 ? 'new' : 'newer', resource };
  }

  /** The capture time of the latest item. */
  timeOf(resource: number): number { return this.#time[resource]!; }
  /** What the caller remembers of the resource; zero at first. */
  state(resource: number): number { return this.#state[resource]!; }
  remember(resource: number, state: number): void { this.#state[resource] = state; }

  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    let slot = (high ^ low) & mask;
    for (let held = this.#slots[slot]!; held !== 0 && (this.#low[held - 1] !== low || this.#high[held - 1] !== high); held = this.#slots[slot]!) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    this.#size *= 2;
    const larger = <T extends Uint32Array | Float64Array>(make: (size: number) => T, old: T): T => { const array = make(this.#size); array.set(old); return array; };
    const words = (size: number): Uint32Array<ArrayBuffer> => new Uint32Array(size);
    [this.#high, this.#low, this.#content, this.#state] = [larger(words, this.#high), larger(words, this.#low), larger(words, this.#content), larger(words, this.#state)];
    this.#time = larger((size) => new Float64Array(size), this.#time);
    this.#slots = new Uint32Array(this.#size * 2);
    for (let resource = 0; resource < this.#count; resource++) this.#slots[this.#slotOf(this.#high[resource]!, this.#low[resource]!)] = resource + 1;
  }
}

function wordsOf(content: string): readonly [number, number] {
  const digest = hash('sha1', content, 'buffer');
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}
