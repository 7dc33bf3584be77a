import type { ManifestNative } from './manifest-natives.ts';
import type { ManifestFile, ManifestUnit } from './manifest-parts.ts';
import type { ManifestAudioFile, ManifestAudioTrack, ManifestMetadataFile } from './manifest-sound.ts';

/** The part of the manifest that speaks of camera, clock, spans and files of footage. */
export interface ManifestFootage {
  readonly camera: ManifestCamera;
  readonly recorder: { readonly id: string; readonly name: string; readonly kind: string };
  /** The clock that stamped the frames. */
  readonly clock: ManifestClock;
  /** The clock that the camera shows in the picture, where one is known; left out where none is. */
  readonly display_clock?: ManifestDisplayClock;
  /** What the officer asked for, true time. */
  readonly requested_span: ReadableSpan;
  /** What was approved: the requested span or a part of it, true time. */
  readonly approved_span: ReadableSpan;
  /**
   * What the recorder was asked for, in order of the approved parts; at least one. More than one where the clock was
   * set. Searches with the same approved part are alternatives: the clock was set at an unknown moment, and at each
   * instant of the part one of their offsets held.
   */
  readonly searches: readonly ManifestSearch[];
  /** A break between frames counts as a hole when it is longer than this. */
  readonly hole_min_ms: number;
  /** What the frames show to exist within the searched spans: in order of search, then sorted and disjoint. */
  readonly found_spans: readonly FoundSpan[];
  /**
   * What of each approved part, true time, is not surely covered by what was found: covered whatever the offset is
   * within its bounds, and under every alternative. In order; a gap never reaches from one part into the next.
   */
  readonly gaps: readonly ManifestGap[];
  /** `archived` when there is no gap, else `partial`. */
  readonly outcome: 'archived' | 'partial';
  readonly source: ManifestSource;
  /** At least one, except where nothing that was handed in can be read. */
  readonly masters: readonly ManifestMaster[];
  /** Sound that MP4 cannot carry, beside the masters. Left out: there is none. */
  readonly audio_files?: readonly ManifestAudioFile[];
  /** What the device said besides pictures and sound. Left out: there is none, or it was not wanted. */
  readonly metadata_files?: readonly ManifestMetadataFile[];
  /** Files as people handed them in; left out where the footage came from a device or a folder. */
  readonly natives?: readonly ManifestNative[];
  readonly derivatives: readonly ManifestDerivative[];
}

/** `[start_ms, end_ms)`. */
export interface ManifestSpan {
  readonly start_ms: number;
  readonly end_ms: number;
}

/** A span with the same instants as people read them (RFC 3339, UTC, milliseconds). */
export interface ReadableSpan extends ManifestSpan {
  readonly start_utc: string;
  readonly end_utc: string;
}

export interface ManifestPosition {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
}

/** `kind` is the owner class; owners are not named. */
export interface ManifestCamera {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unit: ManifestUnit;
  readonly kind: 'community' | 'household';
  readonly position: ManifestPosition | null;
  readonly aim_point: ManifestPosition | null;
}

/**
 * How the offset came to be known, seen from the time of the footage. `step_within`: one of several alternatives,
 * because the clock was set at a moment that nobody knows, or the frames do not show which side of it they are from.
 */
export type OffsetBasis =
  | 'measured_before_and_after'
  | 'measured_before'
  | 'measured_later'
  | 'step_within'
  | 'assumed'
  | 'unknown';

/** The clock that stamped the frames. */
export interface ManifestClock {
  readonly id: string;
  readonly name: string;
  readonly kind: 'recorder' | 'camera' | 'host';
}

/** A clock seen in the picture. It stamped nothing: no time of this manifest is made from it. */
export interface ManifestDisplayClock extends ManifestClock {
  /** Display − true time over the whole approved span; both bounds null when nobody measured it. */
  readonly offset_min_ms: number | null;
  readonly offset_max_ms: number | null;
  readonly basis: OffsetBasis;
  readonly method: string | null;
  /** True time of the reading closest to the approved span. */
  readonly measured_at_ms: number | null;
  readonly reading_count: number;
  /**
   * Display − the clock that stamped the frames, one for each search, in their order; none while either offset is
   * unknown. They surely disagree where zero lies outside the bounds.
   */
  readonly differences: readonly { readonly min_ms: number; readonly max_ms: number }[];
}

/** One question to the recorder. `offset = device clock - true time`; both bounds null when unknown. */
export interface ManifestSearch {
  /** The part of the approved span that was searched, true time. */
  readonly approved_part: ReadableSpan;
  /** What the recorder was asked for, by its own clock: the approved part widened by the offset's bounds. */
  readonly device_span: ManifestSpan;
  readonly offset_min_ms: number | null;
  readonly offset_max_ms: number | null;
  readonly basis: OffsetBasis;
  readonly method: string | null;
  /** True time of the reading closest to the approved part. */
  readonly measured_at_ms: number | null;
  readonly reading_count: number;
  /** Wanted frames that came before any keyframe: nothing can decode them, so they are in no master. */
  readonly undecodable_packet_count: number;
  /** Left out: nobody counted them (packages made before it was done). */
  readonly short_breaks?: ManifestShortBreaks;
  /** What a reader must know besides: drift, a step, another clock on screen that disagrees. */
  readonly note: string;
}

/**
 * Breaks between frames that are too short to be holes, in the searched span: longer than three times the median
 * spacing of the master's frames and than 200 ms, and not longer than `hole_min_ms`. Between two masters the longer
 * of their spacings counts. Of a break that reaches out of the span only what lies inside is counted.
 */
export interface ManifestShortBreaks {
  readonly count: number;
  readonly total_ms: number;
  readonly longest_ms: number;
}

/** One stretch of footage in device time, and between which true instants it begins and ends. */
export interface FoundSpan {
  /** Index of the search that found it. */
  readonly search: number;
  readonly device_start_ms: number;
  readonly device_end_ms: number;
  readonly true_time: {
    readonly start_min_ms: number;
    readonly start_max_ms: number;
    readonly end_min_ms: number;
    readonly end_max_ms: number;
  } | null;
}

export interface ManifestGap extends ManifestSpan {
  readonly reason: string;
  readonly text: { readonly vi: string; readonly en: string };
}

/** Where the bytes came from, without credentials. */
export interface ManifestSource {
  readonly kind: string;
  readonly address: string;
  readonly parts: readonly string[];
  /** Streams that exist at the source and were not taken, with the reason. */
  readonly streams_left_out: readonly string[];
  /** Parts that exist at the source and could not be used, with the reason. */
  readonly parts_left_out: readonly string[];
  /** Of files: what told when those that were read begin, in the order in which it is asked. */
  readonly times_from?: readonly ('name' | 'metadata' | 'modification')[];
}

/** Between which true instants a frame was taken; null when the offset is unknown. */
export type TrueTimeUs = { readonly min_us: number; readonly max_us: number } | null;

/**
 * One master: a stream copy in MP4. The device time of a frame is `first_frame_device_time_us` plus the frame's
 * presentation time in the file, counted from the first presented frame.
 */
export interface ManifestMaster extends ManifestFile {
  /** Index of the search that found it: its offset is the one of the frames, its device span the one wanted. */
  readonly search: number;
  readonly codec: 'h264' | 'h265' | 'mjpeg';
  readonly width: number;
  readonly height: number;
  readonly frame_count: number;
  readonly timescale: number;
  readonly first_frame_device_time_us: number;
  readonly last_frame_device_time_us: number;
  readonly first_frame_true_time: TrueTimeUs;
  readonly last_frame_true_time: TrueTimeUs;
  /** Which frames lie in the device span of the search; those before and after are there because a decoder needs them. */
  readonly wanted: {
    readonly frames_before: number;
    readonly frames_inside: number;
    readonly frames_after: number;
    readonly first_inside_device_time_us: number | null;
    readonly last_inside_device_time_us: number | null;
  };
  /** A frame shown after the first keyframe may need frames before it, which are not in the file. */
  readonly open_gop: boolean;
  /** SEI of ONVIF Media Signing were present in the stream, and are in the copy. */
  readonly signed_video_sei: boolean;
  /** Tracks of sound in the file, in its order. Left out: there is none. */
  readonly audio_tracks?: readonly ManifestAudioTrack[];
  /** Packets of sound for which there was no place. Left out: none. */
  readonly audio_packets_left_out?: number;
}

/** Something made from a master for convenience; the master is the evidence. */
export interface ManifestDerivative extends ManifestFile {
  readonly kind: 'playable' | 'contact_sheet';
  readonly master_name: string;
  readonly master_sha256: string;
  /** Frames with `from <= device time < to`. */
  readonly from_device_time_us: number;
  readonly to_device_time_us: number;
  /** The copy carries the sound of the master. Left out: it is silent. */
  readonly has_sound?: true;
}
