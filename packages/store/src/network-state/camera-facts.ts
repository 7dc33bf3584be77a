import { type AliasedRawBuilder, type RawBuilder, sql } from 'kysely';

/**
 * What one row of `cameras` says of its camera's state, as SQL: the same rules as the domain's (`attestedState`, a
 * state nobody confirmed lately is unknown), here because a city is counted in the database and not row by row.
 * The query around it joins `observations` (current), `recorder_polls` and `coverages` (current).
 */
export interface StateRules {
  readonly now_ms: number;
  /** A polled state that was last seen longer ago than this is unknown. */
  readonly stale_after_ms: number;
  /** An attestation is believed for this long. */
  readonly attestation_valid_ms: number;
}

/** The end of the current interval: its own, or the last poll of the recorder that carries it on. */
const SEEN_UNTIL_MS = sql<number>`case when recorder_polls.last_polled_at_ms > observations.until_ms
  then recorder_polls.last_polled_at_ms else observations.until_ms end`;

/** The newest attestation until now, as one column of it. */
function attested(column: 'works' | 'at_ms', now_ms: number): RawBuilder<number> {
  return sql<number>`(select ${sql.ref(`word.${column}`)} from attestations as word
    where word.camera_id = cameras.id and word.at_ms <= ${now_ms}
    order by word.at_ms desc, word.id desc limit 1)`;
}

/** `online` … `unknown`, with the reason why it is unknown where that is a matter of age. */
export function stateOfCamera({
  now_ms,
  stale_after_ms,
  attestation_valid_ms,
}: StateRules): RawBuilder<string> {
  const by_attestation = sql`case
    when ${attested('at_ms', now_ms)} + ${attestation_valid_ms} > ${now_ms}
    then case when ${attested('works', now_ms)} = 1 then 'online' else 'offline' end
    else 'unknown' end`;
  const by_poll = sql`case
    when observations.state is null or ${SEEN_UNTIL_MS} < ${now_ms - stale_after_ms} then 'unknown'
    else observations.state end`;
  return sql<string>`case when cameras.reach = 'owner_only' then ${by_attestation} else ${by_poll} end`;
}

/** The last time it was seen or attested to work; null: never. */
export function lastWorkedAt_ms({ now_ms }: StateRules): AliasedRawBuilder<number | null, 'worked_at_ms'> {
  const by_attestation = sql`(select max(word.at_ms) from attestations as word
    where word.camera_id = cameras.id and word.works = 1 and word.at_ms <= ${now_ms})`;
  const before = sql`(select max(earlier.until_ms) from observations as earlier
    where earlier.camera_id = cameras.id and earlier.state in ('online', 'degraded'))`;
  return sql<number | null>`case when cameras.reach = 'owner_only' then ${by_attestation}
    when observations.state in ('online', 'degraded') then ${SEEN_UNTIL_MS} else ${before} end`.as(
    'worked_at_ms',
  );
}
