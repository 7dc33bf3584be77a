import type { CameraState, ClockOffsetEstimate } from '@minhchung/domain';
import { sql } from 'kysely';
import { inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import { toRecorder } from '../repositories/recorders.ts';
import type { TakenPoll } from './claim.ts';
import type { ClaimedPoll, PolledCamera } from './poll-repository.ts';

/** Puts beside each taken recorder what its poll needs to know: a few questions for all of them. */
export async function withDetails(tx: Db, taken: readonly TakenPoll[]): Promise<ClaimedPoll[]> {
  const ids = taken.map(({ recorder_id }) => recorder_id);
  const rows = await inParts(ids, (part) =>
    tx.selectFrom('recorders').selectAll().where('id', 'in', part).execute(),
  );
  const recorders = new Map(rows.map((row) => [row.id, toRecorder(row)]));
  const cameras = Map.groupBy(await camerasOf(tx, ids), ({ recorder_id }) => recorder_id);
  const offsets = await newestOffsets(
    tx,
    rows.map(({ clock_id }) => clock_id),
  );
  return taken.map(({ recorder_id, ...poll }) => {
    const recorder = recorders.get(recorder_id)!;
    return {
      ...poll,
      recorder,
      cameras: (cameras.get(recorder_id) ?? []).map(({ camera }) => camera),
      offset: offsets.get(recorder.clock_id) ?? null,
    };
  });
}

async function camerasOf(tx: Db, recorder_ids: readonly string[]) {
  const rows = await inParts(recorder_ids, (part) =>
    tx
      .selectFrom('cameras as c')
      .leftJoin('observations as o', (join) =>
        join.onRef('o.camera_id', '=', 'c.id').on('o.is_current', '=', 1),
      )
      .leftJoin('coverages as v', (join) => join.onRef('v.camera_id', '=', 'c.id').on('v.is_current', '=', 1))
      .leftJoin('recorder_polls as p', 'p.recorder_id', 'o.recorder_id')
      .where('c.recorder_id', 'in', part)
      .where('c.retired_at_ms', 'is', null)
      .where('c.reach', '=', 'polled')
      .select(['c.id', 'c.code', 'c.unit_id', 'c.source_token', 'c.recorder_id'])
      .select(['o.state', 'o.reason', 'o.until_ms', 'o.recorder_id as carried_by', 'p.last_polled_at_ms'])
      .select(['v.observed_at_ms', 'v.retained_from_device_ms', 'v.retained_to_device_ms', 'v.grows'])
      .select('v.recorder_id as coverage_carried_by')
      .execute(),
  );
  return rows.map((row) => ({ recorder_id: row.recorder_id, camera: toPolledCamera(row) }));
}

interface CameraRow {
  readonly id: string;
  readonly code: string;
  readonly unit_id: string;
  readonly source_token: string | null;
  readonly recorder_id: string;
  readonly state: CameraState | null;
  readonly reason: string | null;
  readonly until_ms: number | null;
  readonly carried_by: string | null;
  readonly last_polled_at_ms: number | null;
  readonly observed_at_ms: number | null;
  readonly retained_from_device_ms: number | null;
  readonly retained_to_device_ms: number | null;
  readonly grows: number | null;
  readonly coverage_carried_by: string | null;
}

function toPolledCamera(row: CameraRow): PolledCamera {
  return {
    id: row.id,
    code: row.code,
    unit_id: row.unit_id,
    source_token: row.source_token,
    observed:
      row.state === null
        ? null
        : {
            state: row.state,
            reason: row.reason!,
            until_ms: Math.max(row.until_ms!, row.last_polled_at_ms ?? 0),
            is_carried: row.carried_by === row.recorder_id,
          },
    covered:
      row.observed_at_ms === null
        ? null
        : {
            observed_at_ms: row.observed_at_ms,
            retained_from_device_ms: row.retained_from_device_ms,
            retained_to_device_ms: row.retained_to_device_ms,
            grows: row.grows === 1,
            is_carried: row.coverage_carried_by === row.recorder_id,
          },
  };
}

async function newestOffsets(
  tx: Db,
  clock_ids: readonly string[],
): Promise<ReadonlyMap<string, ClockOffsetEstimate>> {
  const rows = await inParts(clock_ids, (part) =>
    tx
      .selectFrom('clock_offsets as o')
      .selectAll()
      .where('o.clock_id', 'in', part)
      .where('o.epoch_from_ms', '=', (eb) =>
        eb
          .selectFrom('clock_offsets as newer')
          .whereRef('newer.clock_id', '=', 'o.clock_id')
          .select(sql<number>`max(newer.epoch_from_ms)`.as('newest')),
      )
      .execute(),
  );
  return new Map(rows.map(({ clock_id, ...estimate }) => [clock_id, estimate]));
}
