import type { Clock, ClockOffsetEstimate } from '@minhchung/domain';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';

/** Whose clock it is. */
export interface ClockHome {
  readonly clock: Clock;
  readonly recorder_id: string;
  /** Set for a clock of a camera's own. */
  readonly camera_id: string | null;
  readonly unit_id: string;
}

/** A server time handed out to one person for reading one clock. */
export interface ClockChallenge {
  readonly id: string;
  readonly clock_id: string;
  readonly person_id: string;
  readonly issued_at_ms: number;
}

export interface ClockSightRepository {
  /** The recorder or camera a clock belongs to; null for an unknown clock. */
  homeOf(clock_id: string): Promise<ClockHome | null>;
  /** The clock on a camera's own display; null: none was registered. */
  ofCamera(camera_id: string): Promise<Clock | null>;
  /** Throws `ALREADY_EXISTS` when the camera has a clock already. */
  addToCamera(camera_id: string, clock: Clock): Promise<void>;
  issue(challenge: ClockChallenge): Promise<void>;
  /** Uses a challenge up; null when it is not this person's, not of this clock, unknown or used before. */
  use(challenge: Omit<ClockChallenge, 'issued_at_ms'>, at_ms: number): Promise<ClockChallenge | null>;
  /** Forgets challenges handed out before a true time. */
  forgetBefore(at_ms: number): Promise<void>;
  /** The newest stretch of each clock that has one. */
  newestOffsets(clock_ids: readonly string[]): Promise<ReadonlyMap<string, ClockOffsetEstimate>>;
}

/** Clocks read by eye, and which clock belongs where. */
export function clockSightRepository(db: Db): ClockSightRepository {
  return {
    homeOf: (clock_id) => homeOf(db, clock_id),

    async ofCamera(camera_id) {
      const row = await db
        .selectFrom('camera_clocks')
        .innerJoin('clocks', 'clocks.id', 'camera_clocks.clock_id')
        .selectAll('clocks')
        .where('camera_clocks.camera_id', '=', camera_id)
        .executeTakeFirst();
      return row ?? null;
    },

    addToCamera: (camera_id, clock) =>
      atomically(db, async (tx) => {
        const what = { kind: 'clock', name: clock.name };
        await insertNew(tx, 'clocks', { ...clock }, what);
        await insertNew(tx, 'camera_clocks', { camera_id, clock_id: clock.id }, what);
      }),

    async issue(challenge) {
      await db
        .insertInto('clock_challenges')
        .values({ ...challenge, used_at_ms: null })
        .execute();
    },

    async use({ id, clock_id, person_id }, at_ms) {
      const used = await db
        .updateTable('clock_challenges')
        .set({ used_at_ms: at_ms })
        .where('id', '=', id)
        .where('clock_id', '=', clock_id)
        .where('person_id', '=', person_id)
        .where('used_at_ms', 'is', null)
        .executeTakeFirst();
      if (!changed(used)) return null;
      const query = db.selectFrom('clock_challenges').select(['id', 'clock_id', 'person_id', 'issued_at_ms']);
      return (await query.where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async forgetBefore(at_ms) {
      await db.deleteFrom('clock_challenges').where('issued_at_ms', '<', at_ms).execute();
    },

    async newestOffsets(clock_ids) {
      const rows = await inParts(clock_ids, (ids) =>
        db
          .selectFrom('clock_offsets')
          .selectAll()
          .where('clock_id', 'in', ids)
          .where((eb) =>
            eb(
              'epoch_from_ms',
              '=',
              eb
                .selectFrom('clock_offsets as newest')
                .select((max) => max.fn.max<number>('newest.epoch_from_ms').as('epoch_from_ms'))
                .whereRef('newest.clock_id', '=', 'clock_offsets.clock_id'),
            ),
          )
          .execute(),
      );
      return new Map(rows.map(({ clock_id, ...estimate }) => [clock_id, estimate]));
    },
  };
}

async function homeOf(db: Db, clock_id: string): Promise<ClockHome | null> {
  const clock = await db.selectFrom('clocks').selectAll().where('id', '=', clock_id).executeTakeFirst();
  if (clock === undefined) return null;
  const recorder = await db
    .selectFrom('recorders')
    .select(['id as recorder_id', 'unit_id'])
    .where('clock_id', '=', clock_id)
    .executeTakeFirst();
  if (recorder !== undefined) return { clock, ...recorder, camera_id: null };
  const camera = await db
    .selectFrom('camera_clocks')
    .innerJoin('cameras', 'cameras.id', 'camera_clocks.camera_id')
    .select(['cameras.id as camera_id', 'cameras.recorder_id', 'cameras.unit_id'])
    .where('camera_clocks.clock_id', '=', clock_id)
    .executeTakeFirst();
  return camera === undefined ? null : { clock, ...camera };
}
