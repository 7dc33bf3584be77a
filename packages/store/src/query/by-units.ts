import { setImmediate as nextTurn } from 'node:timers/promises';
import { UNITS_PER_COUNT_MAX } from '../limits.ts';

/**
 * Counts in parts of some units each, with a turn of the event loop between them: SQLite answers within the program,
 * and whoever waits meanwhile is served between two parts. The answers are put together as they come.
 */
export async function byUnits<T>(
  unit_ids: readonly string[],
  ask: (part: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let from = 0; from < unit_ids.length; from += UNITS_PER_COUNT_MAX) {
    if (from > 0) await nextTurn();
    for (const one of await ask(unit_ids.slice(from, from + UNITS_PER_COUNT_MAX))) found.push(one);
  }
  return found;
}
