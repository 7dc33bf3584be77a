/**
 * What every origin of footage can be asked, and what flows from it into a cut.
 *
 * All times here are the *device's own*: what the clock that stamped the frames claimed, expressed as
 * milliseconds or microseconds since 1970-01-01T00:00:00Z by that clock. Correction to true time happens in
 * the rules of cutting and in the manifest, never in the frames.
 */
import type { Span } from '../span.ts';
import type { FolderTimeSource } from './folder-index.ts';

/** The pictures of one origin, as a decoder must be told of them. */
export type StreamDescription = VideoStreamDescription;

export const VIDEO_CODECS = ['h264', 'h265', 'mjpeg'] as const;
export type VideoCodec = (typeof VIDEO_CODECS)[number];

export interface VideoStreamDescription {
  readonly kind: 'video';
  readonly codec: VideoCodec;
  readonly width: number;
  readonly height: number;
  /**
   * AVCDecoderConfigurationRecord (`avcC`, ISO/IEC 14496-15 5.3.3.1) or HEVCDecoderConfigurationRecord
   * (`hvcC`, 8.3.3.1). Its NAL unit length size is always 4. Empty for MJPEG, whose pictures describe themselves.
   */
  readonly decoder_configuration: Uint8Array;
}

export const AUDIO_CODECS = ['aac', 'pcmu', 'pcma'] as const;
export type AudioCodec = (typeof AUDIO_CODECS)[number];

/** The sound of one origin. */
export interface AudioStreamDescription {
  readonly kind: 'audio';
  readonly codec: AudioCodec;
  readonly sample_rate_hz: number;
  readonly channel_count: number;
  /** AudioSpecificConfig (ISO/IEC 14496-3 1.6.2.1) for AAC; empty for G.711. */
  readonly decoder_configuration: Uint8Array;
}

/** One raw access unit of AAC (no ADTS header), or any number of whole samples of G.711. */
export interface AudioPacket {
  /** Device time of the first sample, in microseconds since the Unix epoch. */
  readonly device_time_us: number;
  readonly data: Uint8Array;
}

/** One document of the metadata track (ONVIF analytics, UTF-8 XML), as the device sent it. */
export interface MetadataPacket {
  readonly device_time_us: number;
  readonly data: Uint8Array;
}

/** What is read beside the pictures. What is not wanted is not even fetched where the source lets us choose. */
export interface TracksWanted {
  readonly audio: boolean;
  readonly metadata: boolean;
}

/** One access unit; of MJPEG one whole JPEG. */
export interface MediaPacket {
  /** Presentation time on the device's clock, in microseconds since the Unix epoch. */
  readonly device_time_us: number;
  /** True when decoding may start here (IDR, or an IRAP picture of H.265). */
  readonly is_keyframe: boolean;
  /** NAL units, each behind a 4-byte big-endian length, nothing added and nothing removed. Of MJPEG the JPEG itself. */
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
  /** Comes before the first sound and at every change of it; sound is interleaved with pictures as the source has it. */
  | { readonly type: 'audio_stream'; readonly stream: AudioStreamDescription }
  | { readonly type: 'audio'; readonly packet: AudioPacket }
  | { readonly type: 'metadata'; readonly packet: MetadataPacket }
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
  /** Of files: what told when they begin, in the order in which it is asked. Left out: frames carry their time. */
  readonly times_from?: readonly FolderTimeSource[];
  /** Of files handed in: those that have sound, or may have, whether they were read or not. Left out: none was handed in. */
  readonly parts_with_sound?: readonly string[];
}

export type FootageSourceKind = 'onvif_replay' | 'recording_folder' | 'playback_url' | 'upload';

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
   * Left out, `tracks` means pictures only; sound and metadata may come late or early by a few seconds against them.
   */
  read(device_span: Span, signal: AbortSignal, tracks?: TracksWanted): AsyncIterable<FootageEvent>;
  /** Valid after `read` ended; says what was in fact used. */
  origin(): FootageOrigin;
  close(): Promise<void>;
}
