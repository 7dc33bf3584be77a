/**
 * Runs `task` for every item, at most `limit` at a time, in order of arrival. A task that throws, or items that
 * cannot be told any more, reject the whole run after the tasks already started have ended, so nothing goes on
 * unseen.
 */
export async function forEachConcurrently<T>(
  items: AsyncIterable<T> | Iterable<T>,
  limit: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = each(items);
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    try {
      while (failures.length === 0) {
        const next = await iterator.next();
        if (next.done === true) return;
        await task(next.value);
      }
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(Array.from({ length: limit }, work));
  await iterator.return(undefined);
  if (failures.length > 0) throw failures[0];
}

async function* each<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T, undefined> {
  yield* items;
}
