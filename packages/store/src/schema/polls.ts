/** When a recorder is polled next, by whom, and what its last poll came to. One row per recorder. */
export interface RecorderPollTable {
  recorder_id: string;
  /** As at the recorder; here so that a poller finds what is due in its networks by one index. */
  network_id: string;
  /** Null: nothing of this recorder is polled. While it is leased this is the end of the lease. */
  due_at_ms: number | null;
  lease_owner: string | null;
  lease_until_ms: number | null;
  /** Counts claims: a report that does not name the newest is late. */
  lease_token: number;
  /** Every current observation that names this recorder is true until here. */
  last_polled_at_ms: number | null;
  /** Every current coverage that names this recorder is true until here. */
  last_answered_at_ms: number | null;
  failures_in_a_row: number;
  /** Set while the device's account is refused; credentials set anew clear it. */
  refused_at_ms: number | null;
}
