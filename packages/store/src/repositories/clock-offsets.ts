import type { ClockOffsetEstimate } from '@minhchung/domain';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';

export interface ClockOffsetRepository {
  /** Oldest epoch first. */
  historyOf(clock_id: string): Promise<ClockOffsetEstimate[]>;
  /** The same of many clocks; those never measured are left out. */
  historiesOf(clock_ids: readonly string[]): Promise<ReadonlyMap<string, ClockOffsetEstimate[]>>;
  /** Narrows the epoch with the same beginning, or adds a new one. */
  save(clock_id: string, estimate: ClockOffsetEstimate): Promise<void>;
}

export function clockOffsetRepository(db: Db): ClockOffsetRepository {
  return {
    historyOf: async (clock_id) => (await historiesOf(db, [clock_id])).get(clock_id) ?? [],
    historiesOf: (clock_ids) => historiesOf(db, clock_ids),

    async save(clock_id, estimate) {
      const { epoch_from_ms, began_as, min_ms, max_ms, first_reading_ms, last_reading_ms, readings, method } =
        estimate;
      const row = { began_as, min_ms, max_ms, first_reading_ms, last_reading_ms, readings, method };
      await db
        .insertInto('clock_offsets')
        .values({ clock_id, epoch_from_ms, ...row })
        .onConflict((conflict) => conflict.columns(['clock_id', 'epoch_from_ms']).doUpdateSet(row))
        .execute();
    },
  };
}

async function historiesOf(
  db: Db,
  clock_ids: readonly string[],
): Promise<Map<string, ClockOffsetEstimate[]>> {
  const rows = await inParts(clock_ids, (ids) =>
    db
      .selectFrom('clock_offsets')
      .selectAll()
      .where('clock_id', 'in', ids)
      .orderBy('clock_id')
      .orderBy('epoch_from_ms')
      .execute(),
  );
  const found = new Map<string, ClockOffsetEstimate[]>();
  for (const { clock_id, ...estimate } of rows) {
    const known = found.get(clock_id);
    if (known === undefined) found.set(clock_id, [estimate]);
    else known.push(estimate);
  }
  return found;
}
