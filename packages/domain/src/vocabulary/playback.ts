/** Recorders that play what they hold at an address of the maker's own, with the wanted time written into it. */

export const PLAYBACK_VENDORS = ['hikvision', 'dahua', 'uniview', 'generic'] as const;
export type PlaybackVendor = (typeof PLAYBACK_VENDORS)[number];

/**
 * What a device takes the time in its playback address for: UTC; its own local time; its local time although a `Z`
 * stands behind it; seconds since 1970 of UTC; seconds since 1970 of its local time.
 */
export const TIME_SEMANTICS = [
  'utc',
  'device_local',
  'local_written_as_utc',
  'unix_utc',
  'unix_local',
] as const;
export type TimeSemantics = (typeof TIME_SEMANTICS)[number];

/**
 * Where the times of frames come from: what the device sends with them (the header extension 0xABAC, or RTCP sender
 * reports mapped over RTP time); or RTP time counted from what was asked.
 */
export const FRAME_TIME_SOURCES = ['stamped', 'counted'] as const;
export type FrameTimeSource = (typeof FRAME_TIME_SOURCES)[number];

/** Where the device begins: at the keyframe before the asked instant, at it, or at the keyframe after it. */
export const START_RULES = ['keyframe_before', 'exact', 'keyframe_after', 'unknown'] as const;
export type StartRule = (typeof START_RULES)[number];

/** Why a finding no longer counts. */
export const STALE_REASONS = ['firmware_changed', 'clock_changed'] as const;
export type StaleReason = (typeof STALE_REASONS)[number];

/** What a calibration settled. Nothing of it is ever assumed. */
export interface PlaybackFinding {
  readonly semantics: TimeSemantics;
  /** Local time of the device minus its UTC, as it really counts; 0 where the address is in UTC. */
  readonly zone_offset_min: number;
  readonly frame_times: FrameTimeSource;
  /** Time written on frames minus the device's UTC, in minutes; 0 where frames carry none. */
  readonly frame_offset_min: number;
  readonly start_rule: StartRule;
  /** False: the device plays on beyond the asked end. */
  readonly honours_end: boolean;
  /** Longest time between keyframes that was seen. */
  readonly keyframe_interval_ms: number;
  /** A frame said to be at `t` was stamped within `[t, t + time_resolution_ms)`. */
  readonly time_resolution_ms: number;
  /** How the device answers for a time it cannot hold (`rtsp_404`, `ended_empty`, …); null: with something else. */
  readonly nothing_answer: string | null;
  readonly method: 'frame_times' | 'picture_reading';
  readonly calibrated_at_ms: number;
  readonly calibrated_by_person_id: string;
  /** Of the device when it was calibrated; null: it does not say. */
  readonly firmware_version: string | null;
  readonly stale: { readonly reason: StaleReason; readonly since_ms: number } | null;
}

/** How a recorder is asked to play, and what is known of its answers. */
export interface PlaybackSettings {
  readonly vendor: PlaybackVendor;
  /** Path and query of the address with placeholders; never host, port or account. */
  readonly template: string;
  /** Of cameras without a channel of their own; 1 for a device with a single lens. */
  readonly channel: number;
  /** Null: the port of an `rtsp:` device address, else 554. */
  readonly rtsp_port: number | null;
  /** Null: never calibrated. */
  readonly finding: PlaybackFinding | null;
}
