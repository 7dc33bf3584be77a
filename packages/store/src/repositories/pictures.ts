import type { PictureReading } from '@minhchung/domain';
import { sql } from 'kysely';
import { PICTURE_READINGS_KEPT } from '../limits.ts';
import { atomically } from '../query/atomically.ts';
import { among } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import type { PictureReadingTable } from '../schema/pictures.ts';

/** Which cameras are to be looked at. */
export interface PictureClaim {
  /** Codes of the networks whose devices can be reached; null: all. */
  readonly network_codes: readonly string[] | null;
  /** Only cameras last looked at before this true time. */
  readonly before_ms: number;
  readonly at_ms: number;
  readonly limit: number;
  /** The last camera of the claim before; null: from the beginning. */
  readonly after: string | null;
}

export interface PictureRepository {
  /**
   * Takes polled cameras of ONVIF recorders that are due, and marks them as looked at: of several pollers one gets
   * each. One that dies before it has looked leaves a look out, and nothing is done twice. In order of id.
   */
  claim(claim: PictureClaim): Promise<string[]>;
  /** Adds a reading; only the newest `PICTURE_READINGS_KEPT` stay. Reading the same instant twice changes nothing. */
  record(camera_id: string, reading: PictureReading): Promise<void>;
  /** Readings since the view was last accepted, oldest first. */
  readings(camera_id: string): Promise<PictureReading[]>;
  /** What the camera shows from now on is what it is to show. */
  acceptView(camera_id: string, at_ms: number): Promise<void>;
}

/** What looking whether lenses still see has found. */
export function pictureRepository(db: Db): PictureRepository {
  return {
    async claim({ network_codes, before_ms, at_ms, limit, after }) {
      const due = db
        .selectFrom('cameras')
        .innerJoin('recorders', 'recorders.id', 'cameras.recorder_id')
        .innerJoin('networks', 'networks.id', 'recorders.network_id')
        .leftJoin('picture_looks as looks', 'looks.camera_id', 'cameras.id')
        .select((eb) => ['cameras.id as camera_id', eb.val(at_ms).as('looked_at_ms')])
        .where('cameras.reach', '=', 'polled')
        .where('cameras.retired_at_ms', 'is', null)
        .where('recorders.kind', '=', 'onvif')
        .where((eb) =>
          // Of recorders played at their maker's address only those with ONVIF beside give stills.
          eb.or([eb('recorders.playback_vendor', 'is', null), eb('recorders.device_url', 'like', 'http%')]),
        )
        .where('cameras.id', '>', after ?? '')
        .where(among('networks.code', network_codes ?? undefined))
        .where((eb) =>
          eb.or([eb('looks.looked_at_ms', 'is', null), eb('looks.looked_at_ms', '<', before_ms)]),
        )
        .orderBy('cameras.id')
        .limit(limit);
      const claimed = await db
        .insertInto('picture_looks')
        .columns(['camera_id', 'looked_at_ms'])
        .expression(due)
        .onConflict((conflict) =>
          conflict
            .column('camera_id')
            .doUpdateSet({ looked_at_ms: at_ms })
            .where('picture_looks.looked_at_ms', '<', before_ms),
        )
        .returning('camera_id')
        .execute();
      return claimed.map((row) => row.camera_id).sort();
    },

    record: (camera_id, reading) =>
      atomically(db, async (tx) => {
        await tx
          .insertInto('picture_readings')
          .values({ camera_id, ...reading, is_monochrome: reading.is_monochrome ? 1 : 0 })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await sql`delete from picture_readings where camera_id = ${camera_id} and at_ms < (
          select min(at_ms) from (select at_ms from picture_readings where camera_id = ${camera_id}
            order by at_ms desc limit ${PICTURE_READINGS_KEPT}) as kept)`.execute(tx);
      }),

    async readings(camera_id) {
      const rows = await db
        .selectFrom('picture_readings as readings')
        .leftJoin('picture_looks as looks', 'looks.camera_id', 'readings.camera_id')
        .selectAll('readings')
        .where('readings.camera_id', '=', camera_id)
        .where((eb) => eb('readings.at_ms', '>=', eb.fn.coalesce('looks.accepted_from_ms', eb.lit(0))))
        .orderBy('readings.at_ms')
        .execute();
      return rows.map(toReading);
    },

    async acceptView(camera_id, at_ms) {
      await db
        .insertInto('picture_looks')
        .values({ camera_id, looked_at_ms: 0, accepted_from_ms: at_ms })
        .onConflict((conflict) => conflict.column('camera_id').doUpdateSet({ accepted_from_ms: at_ms }))
        .execute();
    },
  };
}

function toReading({ camera_id: _, is_monochrome, ...numbers }: PictureReadingTable): PictureReading {
  return { ...numbers, is_monochrome: is_monochrome === 1 };
}
