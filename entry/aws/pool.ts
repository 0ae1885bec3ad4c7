/** Runs a task for each, so many at a time; results keep the order. A task that throws ends it all, so tasks catch what they expect. */
export async function inPool<T, R>(all: readonly T[], abreast: number, task: (one: T) => Promise<R>, done: (count: number) => void = () => undefined): Promise<R[]> {
  const results: R[] = [];
  let [next, finished] = [0, 0];
  const worker = async (): Promise<void> => {
    for (let place = next++; place < all.length; place = next++) {
      results[place] = await task(all[place]!);
      done(++finished);
    }
  };
  await Promise.all(Array.from({ length: Math.min(abreast, all.length) }, worker));
  return results;
}
