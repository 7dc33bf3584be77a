import type { ClockOffsetEstimate } from '@minhchung/domain';
import type { Db } from '../query/insert.ts';

export interface ClockOffsetRepository {
  /** Oldest epoch first. */
  historyOf(clock_id: string): Promise<ClockOffsetEstimate[]>;
  /** Narrows the epoch with the same beginning, or adds a new one. */
  save(clock_id: string, estimate: ClockOffsetEstimate): Promise<void>;
}

export function clockOffsetRepository(db: Db): ClockOffsetRepository {
  return {
    async historyOf(clock_id) {
      const rows = await db
        .selectFrom('clock_offsets')
        .selectAll()
        .where('clock_id', '=', clock_id)
        .orderBy('epoch_from_ms')
        .execute();
      return rows.map(({ clock_id: _, ...estimate }) => estimate);
    },

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
