import type { ItemState } from '@minhchung/domain';
import { sql } from 'kysely';
import { byUnits } from '../query/by-units.ts';
import { among } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';

/** Cameras of whose footage a recorder holds this many whole days; null: nothing. */
export interface HeldDays {
  readonly days: number | null;
  readonly cameras: number;
}

/** An item still to be fetched, and when its footage is expected to be overwritten. */
export interface SoonOverwritten {
  readonly item_id: string;
  readonly request_number: string;
  readonly camera_code: string;
  readonly unit_id: string;
  readonly state: string;
  readonly overwrite_at_ms: number;
}

const DAY_MS = 86_400_000;
/** Beyond a month nobody tells days apart: everything longer is one row. */
const DAYS_TOLD_MAX = 31;

/** Counts cameras by the length of what their recorder held when it was last asked. */
export async function heldDays(db: Db, unit_ids: readonly string[]): Promise<HeldDays[]> {
  const length_ms = sql`(coverages.retained_to_device_ms - coverages.retained_from_device_ms)`;
  const days = sql<
    number | null
  >`case when ${length_ms} >= ${DAYS_TOLD_MAX * DAY_MS} then ${sql.lit(DAYS_TOLD_MAX)}
    else ${length_ms} / ${sql.lit(DAY_MS)} end`;
  const rows = await byUnits(unit_ids, (part) => {
    const each = db
      .selectFrom('cameras')
      .innerJoin('coverages', (join) =>
        join.onRef('coverages.camera_id', '=', 'cameras.id').on('coverages.is_current', '=', 1),
      )
      .select(days.as('days'))
      .where('cameras.retired_at_ms', 'is', null)
      .where(among('cameras.unit_id', part));
    return db
      .selectFrom(each.as('each_one'))
      .select((eb) => ['days', eb.fn.countAll<number>().as('cameras')])
      .groupBy('days')
      .execute();
  });
  const sums = new Map<number | null, number>();
  for (const { days, cameras } of rows) sums.set(days, (sums.get(days) ?? 0) + cameras);
  const of = ({ days }: HeldDays) => days ?? -1;
  return [...sums].map(([days, cameras]) => ({ days, cameras })).sort((a, b) => of(a) - of(b));
}

/** States in which the footage of an item is still to be fetched. */
export const TO_FETCH = [
  'awaiting_decision',
  'approved',
  'queued',
  'running',
  'waiting',
  'failed',
] as const satisfies readonly ItemState[];

/** Items still to be fetched, the soonest overwritten first. */
export function soonOverwritten(
  db: Db,
  unit_ids: readonly string[],
  before_ms: number,
  rows_max: number,
): Promise<SoonOverwritten[]> {
  return db
    .selectFrom('extraction_items')
    .innerJoin('cameras', 'cameras.id', 'extraction_items.camera_id')
    .innerJoin('extraction_requests', 'extraction_requests.id', 'extraction_items.request_id')
    .select(['extraction_items.id as item_id', 'extraction_requests.number as request_number'])
    .select(['cameras.code as camera_code', 'cameras.unit_id', 'extraction_items.state'])
    .select(sql<number>`extraction_items.overwrite_at_ms`.as('overwrite_at_ms'))
    .where(among('extraction_items.state', TO_FETCH))
    .where('extraction_items.overwrite_at_ms', '<=', before_ms)
    .where(among('cameras.unit_id', unit_ids))
    .orderBy('extraction_items.overwrite_at_ms')
    .orderBy('extraction_items.id')
    .limit(rows_max)
    .execute();
}
