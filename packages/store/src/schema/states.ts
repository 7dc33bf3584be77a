import type { ClockReadingMethod } from '@minhchung/domain';

/** An interval of unchanged state. One row per camera is current. */
export interface ObservationTable {
  id: string;
  camera_id: string;
  state: 'online' | 'degraded' | 'offline' | 'refused' | 'unknown';
  reason: string;
  from_ms: number;
  /** The last poll that saw it, as far as `recorder_id` does not carry it on. */
  until_ms: number;
  /** 0/1. */
  is_current: number;
  /** The recorder whose polls keep seeing it: it lasts until that recorder's last poll. Null: until `until_ms`. */
  recorder_id: string | null;
}

/**
 * What a recorder holds of one camera. The current row is carried on by the recorder's polls as long as they find
 * what was to be expected, brought up to date in place when they do not, and frozen as history once it is
 * `COVERAGE_STEP_MS` old.
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
  /** The recorder whose polls keep finding it as expected; null: true at `observed_at_ms` and no longer. */
  recorder_id: string | null;
  /** 0/1: recording goes on, so the newest footage keeps its distance from the present. */
  grows: number;
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
  method: ClockReadingMethod;
}
