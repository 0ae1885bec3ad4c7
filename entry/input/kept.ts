import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { isPresent } from '../../items/configuration-item.ts';
import type { DeliveredItem } from './read.ts';
import { Spool } from './spool.ts';

type Parse = (item: DeliveredItem) => ConfigurationItem | undefined;

/** Items kept whole until everything has been read: by resource, and by id or ARN where others refer to their type. */
export class Kept {
  readonly #parse: Parse;
  readonly #spool = new Spool();
  readonly #byResource = new Map<number, number>();
  readonly #byName = new Map<string, number>();
  readonly #found = new Map<number, ConfigurationItem | undefined>();

  constructor(parse: Parse) { this.#parse = parse; }

  close(): void { this.#spool.remove(); }

  keep(index: number, { file, place, bytes }: DeliveredItem): void { this.#byResource.set(index, this.#spool.add({ index, file, place }, bytes)); }

  forget(index: number): void { this.#byResource.delete(index); }

  /** The item of a resource that was kept. */
  of(index: number): ConfigurationItem | undefined {
    const start = this.#byResource.get(index);
    return start === undefined ? undefined : this.#at(start);
  }

  /** The latest item of a resource that others refer to; a deletion takes it away. */
  enter(index: number, item: ConfigurationItem, { file, place, bytes }: DeliveredItem): void {
    const names = [item.resourceId, item.arn].map((name) => `${item.resourceType} ${name}`);
    const start = isPresent(item) ? this.#spool.add({ index, file, place }, bytes) : undefined;
    for (const name of names) {
      if (start === undefined) this.#byName.delete(name);
      else this.#byName.set(name, start);
    }
  }

  find(type: string, id: string): ConfigurationItem | undefined {
    const start = this.#byName.get(`${type} ${id}`);
    if (start === undefined) return undefined;
    // Many plans ask for the same few.
    if (!this.#found.has(start)) this.#found.set(start, this.#at(start));
    return this.#found.get(start);
  }

  #at(start: number): ConfigurationItem | undefined {
    const { note: { file, place }, bytes } = this.#spool.at(start);
    return this.#parse({ bytes, file, place, type: undefined });
  }
}
