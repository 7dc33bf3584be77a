import { type ExpressionBuilder, sql } from 'kysely';
import { byUnits } from '../query/by-units.ts';
import { among } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import type { Tables } from '../schema/tables.ts';

/** Recorders by what is known of their clocks. */
export interface ClockCounts {
  readonly measured: number;
  readonly unmeasured: number;
  /** Surely further off than the limit. */
  readonly off: number;
}

/** A clock that is surely too far off, with its newest estimate. */
export interface ClockOff {
  readonly recorder_id: string;
  readonly recorder_code: string;
  readonly unit_id: string;
  readonly clock_id: string;
  readonly min_ms: number;
  readonly max_ms: number;
  readonly measured_at_ms: number;
}

/** Counts the clocks of the units' recorders by their newest stretch. */
export async function clockCounts(
  db: Db,
  unit_ids: readonly string[],
  limit_ms: number,
): Promise<ClockCounts> {
  const rows = await byUnits(unit_ids, (part) =>
    newestOffsets(db, part)
      .select((eb) => [
        eb.fn.countAll<number>().as('recorders'),
        eb.fn.count<number>('clock_offsets.clock_id').as('measured'),
        eb.fn.sum<number>(sql<number>`case when ${isOff(limit_ms)} then 1 else 0 end`).as('off'),
      ])
      .execute(),
  );
  const sum = { measured: 0, unmeasured: 0, off: 0 };
  for (const { recorders, measured, off } of rows) {
    sum.measured += measured;
    sum.unmeasured += recorders - measured;
    sum.off += Number(off ?? 0);
  }
  return sum;
}

/** The clocks that are surely further off than the limit, the worst first. */
export async function clocksOff(
  db: Db,
  unit_ids: readonly string[],
  limit_ms: number,
  rows_max: number,
): Promise<ClockOff[]> {
  const rows = await byUnits(unit_ids, (part) => worstOf(db, part, limit_ms, rows_max));
  const twiceOff = ({ min_ms, max_ms }: ClockOff) => Math.abs(min_ms + max_ms);
  return rows
    .sort((a, b) => twiceOff(b) - twiceOff(a) || (a.recorder_code < b.recorder_code ? -1 : 1))
    .slice(0, rows_max);
}

async function worstOf(
  db: Db,
  unit_ids: readonly string[],
  limit_ms: number,
  rows_max: number,
): Promise<ClockOff[]> {
  const rows = await newestOffsets(db, unit_ids)
    .select(['recorders.id as recorder_id', 'recorders.code as recorder_code', 'recorders.unit_id'])
    .select(['recorders.clock_id', 'clock_offsets.min_ms', 'clock_offsets.max_ms'])
    .select('clock_offsets.last_reading_ms as measured_at_ms')
    .where(isOff(limit_ms))
    .orderBy(sql`abs(clock_offsets.min_ms + clock_offsets.max_ms)`, 'desc')
    .orderBy('recorders.code')
    .limit(rows_max)
    .execute();
  return rows.map((row) => row as ClockOff);
}

function newestOffsets(db: Db, unit_ids: readonly string[]) {
  return db
    .selectFrom('recorders')
    .leftJoin('clock_offsets', (join) =>
      join
        .onRef('clock_offsets.clock_id', '=', 'recorders.clock_id')
        .on('clock_offsets.epoch_from_ms', '=', (eb) =>
          newestEpoch(eb as ExpressionBuilder<Tables, 'recorders'>),
        ),
    )
    .where(among('recorders.unit_id', unit_ids))
    .where(sql<boolean>`exists (select 1 from cameras
      where cameras.recorder_id = recorders.id and cameras.retired_at_ms is null)`);
}

function newestEpoch(eb: ExpressionBuilder<Tables, 'recorders'>) {
  return eb
    .selectFrom('clock_offsets as newest')
    .select((max) => max.fn.max<number>('newest.epoch_from_ms').as('epoch_from_ms'))
    .whereRef('newest.clock_id', '=', 'recorders.clock_id');
}

function isOff(limit_ms: number) {
  return sql<boolean>`(clock_offsets.min_ms > ${limit_ms} or clock_offsets.max_ms < ${-limit_ms})`;
}
