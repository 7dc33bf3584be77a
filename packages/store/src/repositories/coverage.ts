import type { Coverage } from '@minhchung/domain';
import { sql } from 'kysely';
import { COVERAGE_STEP_MS } from '../limits.ts';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { lockRow } from '../query/lock-row.ts';
import { newId } from '../query/new-id.ts';
import type { CoverageTable } from '../schema/states.ts';

/** How polls carry a coverage on without writing it again. */
export interface CarriedOn {
  /** The recorder whose answered polls do. */
  readonly recorder_id: string;
  /** True when recording goes on: the newest footage then keeps its distance from the present. */
  readonly grows: boolean;
}

export interface CoverageRepository {
  /**
   * What one poll saw. The newest row moves on with the recorder; the history gains a row every
   * `COVERAGE_STEP_MS`, and when the recorder became empty, was filled, or holds older footage than before.
   * With `carried_on`, later polls that find what was to be expected need not write it again.
   */
  record(coverage: Coverage, carried_on?: CarriedOn): Promise<void>;
  /** The newest of each camera that has one, as far as polls have carried it on. */
  latest(camera_ids: readonly string[]): Promise<Coverage[]>;
  /** Of each camera the newest steps of `history`, at most so many; cameras without one left out. */
  recent(camera_ids: readonly string[], per_camera_max: number): Promise<ReadonlyMap<string, Coverage[]>>;
  /** Newest first, each as it was when it was written: observed bounds only, none carried on. */
  history(camera_id: string, page: PageRequest): Promise<Page<Coverage>>;
}

/** How far the answered polls of its recorder have carried a coverage on. */
const CARRIED_MS = sql<number>`case when recorder_polls.last_answered_at_ms > coverages.observed_at_ms
  then recorder_polls.last_answered_at_ms - coverages.observed_at_ms else 0 end`;

export function coverageRepository(db: Db): CoverageRepository {
  return {
    record: (coverage, carried_on) => atomically(db, (tx) => record(tx, coverage, carried_on ?? null)),

    async latest(camera_ids) {
      const rows = await inParts(camera_ids, (ids) =>
        db
          .selectFrom('coverages')
          .leftJoin('recorder_polls', 'recorder_polls.recorder_id', 'coverages.recorder_id')
          .selectAll('coverages')
          .select(CARRIED_MS.as('carried_ms'))
          .where('coverages.camera_id', 'in', ids)
          .where('coverages.is_current', '=', 1)
          .execute(),
      );
      return rows.map(carriedOn);
    },

    async recent(camera_ids, per_camera_max) {
      const rows = await inParts(camera_ids, (ids) => {
        const rank = sql<number>`row_number() over (partition by camera_id order by opened_at_ms desc, id desc)`;
        const ranked = db
          .selectFrom('coverages')
          .selectAll()
          .select(rank.as('rank'))
          .where('camera_id', 'in', ids);
        return db
          .selectFrom(ranked.as('ranked'))
          .selectAll()
          .where('rank', '<=', per_camera_max)
          .orderBy('camera_id')
          .orderBy('rank')
          .execute();
      });
      const found = new Map<string, Coverage[]>();
      for (const row of rows) {
        const known = found.get(row.camera_id);
        if (known === undefined) found.set(row.camera_id, [toCoverage(row)]);
        else known.push(toCoverage(row));
      }
      return found;
    },

    async history(camera_id, page) {
      const keys = keyset(page, ['coverages.opened_at_ms', 'coverages.id'], 'desc');
      const rows = await db
        .selectFrom('coverages')
        .selectAll()
        .where('camera_id', '=', camera_id)
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.opened_at_ms, row.id], toCoverage);
    },
  };
}

async function record(tx: Db, coverage: Coverage, carried_on: CarriedOn | null): Promise<void> {
  const { camera_id, observed_at_ms } = coverage;
  // One poller at a time per camera.
  await lockRow(tx, 'cameras', camera_id);
  const current = await tx
    .selectFrom('coverages')
    .selectAll()
    .where('camera_id', '=', camera_id)
    .where('is_current', '=', 1)
    .executeTakeFirst();
  if (current !== undefined && current.observed_at_ms >= observed_at_ms) return;
  const bounds = {
    observed_at_ms,
    retained_from_device_ms: coverage.retained_from_device_ms,
    retained_to_device_ms: coverage.retained_to_device_ms,
    recorder_id: carried_on?.recorder_id ?? null,
    grows: carried_on?.grows === true ? 1 : 0,
  };
  if (current !== undefined && movesOn(current, coverage)) {
    await tx.updateTable('coverages').set(bounds).where('id', '=', current.id).execute();
    return;
  }
  if (current !== undefined) {
    const frozen = { is_current: 0, recorder_id: null, grows: 0 };
    await tx.updateTable('coverages').set(frozen).where('id', '=', current.id).execute();
  }
  const row = {
    id: newId(observed_at_ms),
    camera_id,
    opened_at_ms: observed_at_ms,
    is_current: 1,
    ...bounds,
  };
  await tx.insertInto('coverages').values(row).execute();
}

/** True for what a recorder does day by day; false for what should be seen in its history. */
function movesOn(before: CoverageTable, now: Coverage): boolean {
  const is_recent = now.observed_at_ms - before.opened_at_ms < COVERAGE_STEP_MS;
  const was_empty = before.retained_from_device_ms === null;
  const is_empty = now.retained_from_device_ms === null;
  const went_back = !was_empty && !is_empty && now.retained_from_device_ms! < before.retained_from_device_ms!;
  return is_recent && was_empty === is_empty && !went_back;
}

function carriedOn({ carried_ms, ...row }: CoverageTable & { readonly carried_ms: number }): Coverage {
  const { observed_at_ms, retained_to_device_ms, ...coverage } = toCoverage(row);
  const grown_ms = row.grows === 1 ? carried_ms : 0;
  return {
    ...coverage,
    observed_at_ms: observed_at_ms + carried_ms,
    retained_to_device_ms: retained_to_device_ms === null ? null : retained_to_device_ms + grown_ms,
  };
}

function toCoverage(row: CoverageTable): Coverage {
  const { camera_id, observed_at_ms, retained_from_device_ms, retained_to_device_ms } = row;
  return { camera_id, observed_at_ms, retained_from_device_ms, retained_to_device_ms };
}
