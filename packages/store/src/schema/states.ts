/** An interval of unchanged state. One row per camera is current. */
export interface ObservationTable {
  id: string;
  camera_id: string;
  state: 'online' | 'degraded' | 'offline' | 'refused' | 'unknown';
  reason: string;
  from_ms: number;
  /** The last poll that saw it. */
  until_ms: number;
  /** 0/1. */
  is_current: number;
}

/**
 * What a recorder holds of one camera. A recorder that overwrites moves on at every poll, so the current row is
 * kept up to date in place and frozen as history once it is `COVERAGE_STEP_MS` old.
 */
export interface CoverageTable {
  id: string;
  camera_id: string;
  /** True time of the first observation of this row. */
  opened_at_ms: number;
  /** True time of the observation the bounds are of. */
  observed_at_ms: number;
  /** Device time. */
  retained_from_device_ms: number | null;
  /** Device time. */
  retained_to_device_ms: number | null;
  /** 0/1. */
  is_current: number;
}

/** A stretch of readings of one clock, as `ClockOffsetEstimate`. */
export interface ClockOffsetTable {
  clock_id: string;
  epoch_from_ms: number;
  began_as: 'first' | 'step' | 'continued';
  /** Device clock minus true time lies in `[min_ms, max_ms]`. */
  min_ms: number;
  max_ms: number;
  first_reading_ms: number;
  last_reading_ms: number;
  readings: number;
  method: 'onvif_utc' | 'onvif_local' | 'photo';
}
