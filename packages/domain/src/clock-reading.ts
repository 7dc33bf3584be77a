/**
 * One look at a clock: what it said, and the true instants between which it said it.
 *
 * `resolution_ms` is the step in which the clock speaks: ONVIF's DateTime has whole seconds (1000), so a
 * reading of `device_time_ms` means that the clock stood in `[device_time_ms, device_time_ms + resolution_ms)`.
 */
export interface ClockReading {
  readonly device_time_ms: number;
  readonly resolution_ms: number;
  /** True time just before the question left this host. */
  readonly sent_at_ms: number;
  /** True time just after the first byte of the answer came back. */
  readonly received_at_ms: number;
  readonly method: ClockReadingMethod;
}

/**
 * How an offset came to be known. `photo`: the recorder's screen beside a synchronised clock. `declared`: said by the
 * person who handed the footage in.
 */
export type ClockReadingMethod = 'onvif_utc' | 'onvif_local' | 'photo' | 'declared';
