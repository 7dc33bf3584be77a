/** How long a recorder that keeps failing is left alone. */
export interface Cooldown {
  /** Failures in a row that are asked again at every sweep, so that a short trouble is short on record. */
  readonly failures_free: number;
  /** The longest pause; "back again" is noticed within this and one period more. */
  readonly pause_ms_max: number;
}

/**
 * When a recorder is polled again after `failures` failures in a row: at the next sweep, and from
 * `failures_free` on after a pause that doubles up to its most. `chance`, 0 … 1, takes up to a quarter off, so that a
 * street that went dark together is not asked again all at once.
 */
export function nextDue_ms(
  failures: number,
  sweep: { readonly now_ms: number; readonly next_ms: number },
  cooldown: Cooldown,
  chance: number,
): number {
  const beyond = failures - cooldown.failures_free;
  if (beyond <= 0) return sweep.next_ms;
  const period_ms = sweep.next_ms - sweep.now_ms;
  const pause_ms = Math.min(cooldown.pause_ms_max, period_ms * 2 ** Math.min(beyond, 20));
  return Math.max(sweep.next_ms, Math.round(sweep.now_ms + pause_ms * (1 - chance / 4)));
}
