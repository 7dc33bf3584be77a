import { deviceKey, type HouseholdClaim } from '@minhchung/domain';
import { sql } from 'kysely';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';

export interface HouseholdDeviceRepository {
  /** What households hold of the device at this address, released or not registered there any more left out. */
  claims(network_id: string, address: string): Promise<HouseholdClaim[]>;
  /**
   * Lets go of what cameras that are retired, or elsewhere now, held of the device. What a camera in use holds stays.
   * Returns the codes of the cameras whose claims ended.
   */
  release(network_id: string, address: string, by: { at_ms: number; person_id: string }): Promise<string[]>;
}

/** Devices of households. Claims are written by whatever registers a household's camera, and outlive it. */
export function householdDeviceRepository(db: Db): HouseholdDeviceRepository {
  return {
    async claims(network_id, address) {
      const rows = await db
        .selectFrom('household_devices as held')
        .innerJoin('cameras', 'cameras.id', 'held.camera_id')
        .select(['cameras.id as camera_id', 'cameras.code as camera_code', 'held.channel'])
        .where('held.network_id', '=', network_id)
        .where('held.device_key', '=', deviceKey(address))
        .where('held.released_at_ms', 'is', null)
        .orderBy('cameras.code')
        .orderBy('held.channel')
        .execute();
      return rows.map(({ channel, ...camera }) => ({
        ...camera,
        source_token: channel === '' ? null : channel,
      }));
    },

    async release(network_id, address, { at_ms, person_id }) {
      const device_key = deviceKey(address);
      const rows = await db
        .updateTable('household_devices')
        .set({ released_at_ms: at_ms, released_by_person_id: person_id })
        .where('network_id', '=', network_id)
        .where('device_key', '=', device_key)
        .where('released_at_ms', 'is', null)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('cameras')
                .innerJoin('recorders', 'recorders.id', 'cameras.recorder_id')
                .select('cameras.id')
                .whereRef('cameras.id', '=', 'household_devices.camera_id')
                .where('cameras.retired_at_ms', 'is', null)
                .where('recorders.network_id', '=', network_id)
                .where('recorders.device_key', '=', device_key),
            ),
          ),
        )
        .returning('camera_id')
        .execute();
      const ids = [...new Set(rows.map((row) => row.camera_id))];
      const cameras = await inParts(ids, (part) =>
        db.selectFrom('cameras').select('code').where('id', 'in', part).orderBy('code').execute(),
      );
      return cameras.map(({ code }) => code);
    },
  };
}

/** Notes that the device of a recorder is that of the households with cameras in use behind it. */
export async function claimDevice(tx: Db, recorder_id: string): Promise<void> {
  await sql`
    insert into household_devices (network_id, device_key, camera_id, channel)
    select recorders.network_id, recorders.device_key, cameras.id, coalesce(cameras.source_token, '')
    from cameras join recorders on recorders.id = cameras.recorder_id
    where recorders.id = ${recorder_id} and recorders.device_key is not null
      and cameras.kind = 'household' and cameras.retired_at_ms is null
    on conflict (network_id, device_key, camera_id, channel)
    do update set released_at_ms = null, released_by_person_id = null`.execute(tx);
}
