/**
 * What every origin of footage can be asked, and what flows from it into a cut.
 *
 * All times here are the *device's own*: what the clock that stamped the frames claimed, expressed as
 * milliseconds or microseconds since 1970-01-01T00:00:00Z by that clock. Correction to true time happens in
 * the rules of cutting and in the manifest, never in the frames.
 */
import type { Span } from '../span.ts';

/** One coded stream, as a decoder must be told of it. */
export type StreamDescription = VideoStreamDescription;

export interface VideoStreamDescription {
  readonly kind: 'video';
  readonly codec: 'h264' | 'h265';
  readonly width: number;
  readonly height: number;
  /**
   * AVCDecoderConfigurationRecord (`avcC`, ISO/IEC 14496-15 5.3.3.1) or HEVCDecoderConfigurationRecord
   * (`hvcC`, 8.3.3.1). Its NAL unit length size is always 4.
   */
  readonly decoder_configuration: Uint8Array;
}

/** One access unit. */
export interface MediaPacket {
  /** Presentation time on the device's clock, in microseconds since the Unix epoch. */
  readonly device_time_us: number;
  /** True when decoding may start here (IDR, or an IRAP picture of H.265). */
  readonly is_keyframe: boolean;
  /** NAL units, each behind a 4-byte big-endian length, nothing added and nothing removed. */
  readonly data: Uint8Array;
}

/**
 * What a source yields, in decode order. A `stream` event comes first and again at every change of codec,
 * size or parameter sets: from there on a new master begins. A `discontinuity` says that the device itself
 * declares a break (the D bit of ONVIF Streaming 6.2, the border of two files that do not touch, a step of
 * the clock): packets on both sides must not be joined, and the next packet is a keyframe.
 */
export type FootageEvent =
  | { readonly type: 'stream'; readonly stream: StreamDescription }
  | { readonly type: 'packet'; readonly packet: MediaPacket }
  | { readonly type: 'discontinuity' };

/** The answer to "what do you hold in this span?". Only a source that answered can say that it holds nothing. */
export interface Holdings {
  /** Spans held that meet the question, in device time, normalised (sorted, disjoint, not touching). */
  readonly spans: readonly Span[];
  /** From the oldest to the newest thing the source still holds at all; null when it is empty. */
  readonly retained: Span | null;
}

/** Where bytes were taken from, as the manifest may say it: never with credentials. */
export interface FootageOrigin {
  readonly kind: FootageSourceKind;
  /** Address without user information, or the folder's name. */
  readonly address: string;
  /** Recording tokens, or file names relative to the folder, in the order they were read. */
  readonly parts: readonly string[];
  /** Streams that exist at the source and were not taken, with the reason ("audio: not approved"). */
  readonly streams_left_out: readonly string[];
  /** Parts that exist at the source and could not be used, with the reason ("12-00-00.mp4: no video in it"). */
  readonly parts_left_out: readonly string[];
}

export type FootageSourceKind = 'onvif_replay' | 'recording_folder';

/**
 * One origin of footage. Errors are `CodedError`s: `SOURCE_UNREACHABLE` (may still hold it: the item waits),
 * `SOURCE_REFUSED` (credentials), `SOURCE_STALLED`, `SOURCE_BROKEN` (answered nonsense), `CANCELLED`.
 */
export interface FootageSource {
  readonly kind: FootageSourceKind;
  /**
   * How coarsely the source states its times, in milliseconds: a frame said to be at `t` was stamped somewhere
   * in `[t, t + time_resolution_ms)`. 0 where every frame carries its own stamp (replay), 1000 for a folder of
   * files named by whole seconds. Whoever asks widens the bound by it.
   */
  readonly time_resolution_ms: number;
  holdings(device_span: Span, signal: AbortSignal): Promise<Holdings>;
  /**
   * Everything from the keyframe at or before `device_span.start_ms` up to at least the last packet, in decode
   * order, that a frame before `device_span.end_ms` needs; a source may yield more (whole groups of pictures).
   * The consumer trims. Back-pressure is the consumer's pull: a source never runs ahead without bound.
   */
  read(device_span: Span, signal: AbortSignal): AsyncIterable<FootageEvent>;
  /** Valid after `read` ended; says what was in fact used. */
  origin(): FootageOrigin;
  close(): Promise<void>;
}
