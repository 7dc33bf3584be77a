import type { CameraState, Observation, Span } from '@minhchung/domain';
import { sql } from 'kysely';
import { OBSERVATION_GAP_MAX_MS } from '../limits.ts';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { lockRow } from '../query/lock-row.ts';
import { newId } from '../query/new-id.ts';

/** What a poll of the camera's recorder saw. */
export interface PolledState {
  readonly camera_id: string;
  /** The recorder that was polled: its later polls carry the interval on until a change is written. */
  readonly recorder_id: string;
  readonly state: CameraState;
  readonly reason: string;
  readonly at_ms: number;
  /** The poll of the recorder before this one: an interval that it carried ends there. */
  readonly last_polled_at_ms: number | null;
}

export interface ObservationRepository {
  /**
   * What one look at one camera saw. The same state and reason as before extends the interval; another one opens
   * a new one. A look older than the newest interval's end changes nothing.
   */
  record(
    camera_id: string,
    state: CameraState,
    reason: string,
    at_ms: number,
  ): Promise<{ readonly changed: boolean }>;
  /**
   * As `record`, for a poll of a whole recorder; afterwards the polls of that recorder carry the interval on by
   * themselves, so that a poll which sees the same again has nothing to write here. A camera that is not (or no
   * longer) polled at that recorder is left alone.
   */
  recordPolled(polled: PolledState): Promise<{ readonly changed: boolean }>;
  /** The newest interval of each camera that has one. */
  current(camera_ids: readonly string[]): Promise<Observation[]>;
  /** Newest first. */
  history(camera_id: string, page: PageRequest): Promise<Page<Observation>>;
  /** Intervals that meet the span, oldest first. */
  during(camera_ids: readonly string[], span: Span): Promise<Observation[]>;
}

/** The end of an interval: what it says itself, or the last poll of the recorder that carries it on. */
const UNTIL_MS = sql<number>`case when recorder_polls.last_polled_at_ms > observations.until_ms
  then recorder_polls.last_polled_at_ms else observations.until_ms end`;

export function observationRepository(db: Db): ObservationRepository {
  const observations = () =>
    db
      .selectFrom('observations')
      .leftJoin('recorder_polls', 'recorder_polls.recorder_id', 'observations.recorder_id')
      .select(['observations.id', 'observations.camera_id', 'observations.state', 'observations.reason'])
      .select(['observations.from_ms', UNTIL_MS.as('until_ms')]);

  return {
    record: (camera_id, state, reason, at_ms) =>
      atomically(db, async (tx) => {
        // One writer at a time per camera.
        await lockRow(tx, 'cameras', camera_id);
        const current = await currentOf(tx, camera_id);
        return await record(tx, { camera_id, recorder_id: null, state, reason, at_ms }, current);
      }),

    recordPolled: (polled) =>
      atomically(db, async (tx) => {
        await lockRow(tx, 'cameras', polled.camera_id);
        const camera = await tx
          .selectFrom('cameras')
          .select('id')
          .where('id', '=', polled.camera_id)
          .where('recorder_id', '=', polled.recorder_id)
          .where('reach', '=', 'polled')
          .where('retired_at_ms', 'is', null)
          .executeTakeFirst();
        if (camera === undefined) return { changed: false };
        // The poll itself may be reported already, in this transaction: then it is no end of what was before.
        const current = await currentOf(tx, polled.camera_id);
        const carried_until_ms = current?.carried_by === polled.recorder_id ? polled.last_polled_at_ms : null;
        const until_ms = Math.max(current?.stated_until_ms ?? 0, carried_until_ms ?? 0);
        return await record(tx, polled, current === undefined ? undefined : { ...current, until_ms });
      }),

    async current(camera_ids) {
      return await inParts(camera_ids, (ids) =>
        observations()
          .where('observations.camera_id', 'in', ids)
          .where('observations.is_current', '=', 1)
          .execute(),
      );
    },

    async history(camera_id, page) {
      const keys = keyset(page, ['observations.from_ms', 'observations.id'], 'desc');
      const rows = await observations()
        .where('observations.camera_id', '=', camera_id)
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(
        rows,
        page,
        (row) => [row.from_ms, row.id],
        (row) => row,
      );
    },

    async during(camera_ids, { start_ms, end_ms }) {
      return await inParts(camera_ids, (ids) =>
        observations()
          .where('observations.camera_id', 'in', ids)
          .where('observations.from_ms', '<', end_ms)
          .where(sql<boolean>`${UNTIL_MS} >= ${start_ms}`)
          .orderBy('observations.from_ms')
          .orderBy('observations.id')
          .execute(),
      );
    },
  };
}

interface SeenState extends Omit<PolledState, 'recorder_id' | 'last_polled_at_ms'> {
  readonly recorder_id: string | null;
}

interface CurrentState {
  readonly id: string;
  readonly state: CameraState;
  readonly reason: string;
  readonly until_ms: number;
}

async function currentOf(tx: Db, camera_id: string) {
  return await tx
    .selectFrom('observations')
    .leftJoin('recorder_polls', 'recorder_polls.recorder_id', 'observations.recorder_id')
    .select(['observations.id', 'observations.state', 'observations.reason', UNTIL_MS.as('until_ms')])
    .select(['observations.until_ms as stated_until_ms', 'observations.recorder_id as carried_by'])
    .where('observations.camera_id', '=', camera_id)
    .where('observations.is_current', '=', 1)
    .executeTakeFirst();
}

async function record(
  tx: Db,
  { camera_id, recorder_id, state, reason, at_ms }: SeenState,
  current: CurrentState | undefined,
): Promise<{ readonly changed: boolean }> {
  if (current !== undefined && current.until_ms >= at_ms) return { changed: false };
  const is_same = current?.state === state && current.reason === reason;
  if (is_same && at_ms - current.until_ms <= OBSERVATION_GAP_MAX_MS) {
    await end(tx, current.id, { until_ms: at_ms, recorder_id });
    return { changed: false };
  }
  if (current !== undefined) {
    await end(tx, current.id, { until_ms: current.until_ms, recorder_id: null, is_current: 0 });
  }
  const row = { camera_id, recorder_id, state, reason, from_ms: at_ms, until_ms: at_ms, is_current: 1 };
  await tx
    .insertInto('observations')
    .values({ id: newId(at_ms), ...row })
    .execute();
  return { changed: !is_same };
}

async function end(
  tx: Db,
  id: string,
  ending: {
    readonly until_ms: number;
    readonly recorder_id: string | null;
    readonly is_current?: number;
  },
): Promise<void> {
  await tx.updateTable('observations').set(ending).where('id', '=', id).execute();
}
