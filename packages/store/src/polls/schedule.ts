/** What the register's changes mean for polling: called by the repositories that make them. */
import { sql } from 'kysely';
import type { Db } from '../query/insert.ts';

/** Brings the row of a recorder in line with the register: whether it is polled at all, and in which network. */
export async function refreshPolling(tx: Db, recorder_id: string): Promise<void> {
  await sql`
    insert into recorder_polls (recorder_id, network_id, due_at_ms)
    select recorders.id, recorders.network_id,
      case when (recorders.device_url is not null or recorders.folder_path is not null)
        and exists (select 1 from cameras where cameras.recorder_id = recorders.id
          and cameras.retired_at_ms is null and cameras.reach = 'polled') then 0 else null end
    from recorders where recorders.id = ${recorder_id}
    on conflict (recorder_id) do update set
      network_id = excluded.network_id,
      due_at_ms = case when excluded.due_at_ms is null then null
        else coalesce(recorder_polls.due_at_ms, excluded.due_at_ms) end`.execute(tx);
}

/**
 * Another camera, address or account: what is known of the recorder's failures no longer counts, and it is due at
 * once. A poll under way asked the old question: its report will be late.
 */
export async function pollAnew(tx: Db, recorder_id: string): Promise<void> {
  await refreshPolling(tx, recorder_id);
  await sql`
    update recorder_polls
    set due_at_ms = case when due_at_ms is null then null else 0 end, lease_token = lease_token + 1,
      lease_owner = null, lease_until_ms = null, failures_in_a_row = 0, refused_at_ms = null
    where recorder_id = ${recorder_id}`.execute(tx);
}

/**
 * Gives state and coverage of a camera the ends that its recorder's polls have carried them to, and lets the polls
 * carry them no further: the camera goes to another recorder, or is no longer polled.
 */
export async function settleCamera(tx: Db, camera_id: string): Promise<void> {
  await sql`
    update observations
    set recorder_id = null, until_ms = (
      select case when polls.last_polled_at_ms > observations.until_ms
        then polls.last_polled_at_ms else observations.until_ms end
      from recorder_polls as polls where polls.recorder_id = observations.recorder_id)
    where camera_id = ${camera_id} and is_current = 1 and recorder_id is not null`.execute(tx);
  await sql`
    update coverages
    set recorder_id = null, grows = 0,
      retained_to_device_ms = retained_to_device_ms + grows * ${CARRIED_MS},
      observed_at_ms = observed_at_ms + ${CARRIED_MS}
    where camera_id = ${camera_id} and is_current = 1 and recorder_id is not null`.execute(tx);
}

/** How far the polls of its recorder have carried a coverage on. */
const CARRIED_MS = sql`(
  select case when polls.last_answered_at_ms > coverages.observed_at_ms
    then polls.last_answered_at_ms - coverages.observed_at_ms else 0 end
  from recorder_polls as polls where polls.recorder_id = coverages.recorder_id)`;

/** What of a camera decides how it is polled. */
interface PolledAs {
  readonly id: string;
  readonly recorder_id: string;
  readonly source_token: string | null;
  readonly reach: string;
  readonly retired_at_ms: number | null;
}

/** After a camera was changed: nothing, unless the change is about how it is polled. */
export async function cameraPollingChanged(tx: Db, before: PolledAs, after: PolledAs): Promise<void> {
  const parts = ['recorder_id', 'source_token', 'reach', 'retired_at_ms'] as const;
  if (parts.every((part) => before[part] === after[part])) return;
  await settleCamera(tx, after.id);
  if (before.recorder_id !== after.recorder_id) await refreshPolling(tx, before.recorder_id);
  await pollAnew(tx, after.recorder_id);
}
