import type { CameraState, Observation, Span } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import { changed, type Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { lockRow } from '../query/lock-row.ts';
import { newId } from '../query/new-id.ts';
import type { ObservationTable } from '../schema/states.ts';

export interface ObservationRepository {
  /**
   * What one poll saw. The same state and reason as before extends the interval; another one opens a new one.
   * A poll older than the newest interval's end changes nothing.
   */
  record(
    camera_id: string,
    state: CameraState,
    reason: string,
    at_ms: number,
  ): Promise<{ readonly changed: boolean }>;
  /** The newest interval of each camera that has one. */
  current(camera_ids: readonly string[]): Promise<Observation[]>;
  /** Newest first. */
  history(camera_id: string, page: PageRequest): Promise<Page<Observation>>;
  /** Intervals that meet the span, oldest first. */
  during(camera_ids: readonly string[], span: Span): Promise<Observation[]>;
}

export function observationRepository(db: Db): ObservationRepository {
  return {
    record: (camera_id, state, reason, at_ms) =>
      atomically(db, (tx) => record(tx, camera_id, state, reason, at_ms)),

    async current(camera_ids) {
      const rows = await inParts(camera_ids, (ids) =>
        db
          .selectFrom('observations')
          .selectAll()
          .where('camera_id', 'in', ids)
          .where('is_current', '=', 1)
          .execute(),
      );
      return rows.map(toObservation);
    },

    async history(camera_id, page) {
      const keys = keyset(page, ['observations.from_ms', 'observations.id'], 'desc');
      const rows = await db
        .selectFrom('observations')
        .selectAll()
        .where('camera_id', '=', camera_id)
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.from_ms, row.id], toObservation);
    },

    async during(camera_ids, { start_ms, end_ms }) {
      const rows = await inParts(camera_ids, (ids) =>
        db
          .selectFrom('observations')
          .selectAll()
          .where('camera_id', 'in', ids)
          .where('from_ms', '<', end_ms)
          .where('until_ms', '>=', start_ms)
          .orderBy('from_ms')
          .orderBy('id')
          .execute(),
      );
      return rows.map(toObservation);
    },
  };
}

async function record(tx: Db, camera_id: string, state: CameraState, reason: string, at_ms: number) {
  // One poller at a time per camera.
  await lockRow(tx, 'cameras', camera_id);
  const extended = await tx
    .updateTable('observations')
    .set({ until_ms: at_ms })
    .where('camera_id', '=', camera_id)
    .where('is_current', '=', 1)
    .where('state', '=', state)
    .where('reason', '=', reason)
    .where('until_ms', '<', at_ms)
    .executeTakeFirst();
  if (changed(extended)) return { changed: false };
  const current = await tx
    .selectFrom('observations')
    .select(['id', 'until_ms'])
    .where('camera_id', '=', camera_id)
    .where('is_current', '=', 1)
    .executeTakeFirst();
  if (current !== undefined && current.until_ms >= at_ms) return { changed: false };
  if (current !== undefined) {
    await tx.updateTable('observations').set({ is_current: 0 }).where('id', '=', current.id).execute();
  }
  const row = { id: newId(at_ms), camera_id, state, reason, from_ms: at_ms, until_ms: at_ms, is_current: 1 };
  await tx.insertInto('observations').values(row).execute();
  return { changed: true };
}

function toObservation({ is_current: _, ...observation }: ObservationTable): Observation {
  return observation;
}
