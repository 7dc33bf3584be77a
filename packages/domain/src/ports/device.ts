/**
 * What the poller and the registry ask of a device, and what the replay source asks of a recorder. Implemented
 * by `packages/onvif`. Every call ends within its deadline and throws a `CodedError`: `DEVICE_UNREACHABLE`,
 * `DEVICE_TIMEOUT`, `DEVICE_REFUSED` (credentials; never tried twice), `DEVICE_BROKEN` (answered nonsense),
 * `DEVICE_UNSUPPORTED`.
 */
import type { ClockReading } from '../clock-reading.ts';
import type { Span } from '../span.ts';
import type {
  AudioPacket,
  AudioStreamDescription,
  MetadataPacket,
  StreamDescription,
  TracksWanted,
} from './footage.ts';

/** Address and secret of one device. The password exists in memory only. */
export interface DeviceAddress {
  /** ONVIF device service, e.g. `http://192.168.1.20/onvif/device_service`, without user information. */
  readonly device_url: string;
  readonly username: string | null;
  readonly password: string | null;
  /** The recorder registered at this address, whose certificate is pinned; absent while a device is being tried. */
  readonly recorder_id?: string;
  /** Where devices of its network may be (CIDR texts); absent or empty: wherever the deployment allows devices. */
  readonly network_cidrs?: readonly string[];
}

export interface DeviceDescription {
  readonly manufacturer: string;
  readonly model: string;
  readonly firmware_version: string;
  readonly serial_number: string;
}

/** One recording of Profile G (Recording Search, `RecordingInformation`), in device time. */
export interface RecordingInformation {
  readonly recording_token: string;
  /**
   * Token of the video source that was recorded: as the recorder states it, else by its recording job or its
   * configuration. Where none of them names a source of the device, the stated source id as it is.
   */
  readonly source_token: string;
  readonly source_name: string;
  readonly earliest_ms: number | null;
  readonly latest_ms: number | null;
  readonly status: string;
  /** Of a folder that is followed: for how long nothing in it was seen to be new or to grow; true time. */
  readonly unchanged_ms?: number;
}

/** What a recorder says of all its recordings together (GetRecordingSummary), in device time. */
export interface RecordingSummary {
  /** Null where it holds nothing or states no time. */
  readonly from_ms: number | null;
  readonly until_ms: number | null;
  readonly recording_count: number;
}

export interface MediaProfile {
  readonly profile_token: string;
  readonly name: string;
  readonly source_token: string;
  readonly codec: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** As the encoder is set: the most it may send. Null: not stated. */
  readonly frame_rate_fps: number | null;
  readonly bit_rate_kbps: number | null;
}

/**
 * What was learned of one device and need not be asked again by the next client: service addresses, how it
 * wants to be signed in to, its digest challenge, its clock, whether it refused the account. Made by
 * `createDeviceMemory`, kept per recorder for as long as the process lives, handed to every client of that
 * recorder. Small: 200,000 of them fit in memory. Holds no password.
 */
export interface DeviceMemory {
  /** True after the device refused the account: nothing is sent with these credentials any more. */
  readonly is_refused: boolean;
  /** Credentials were set anew, be they other ones or the same: a refusal and old challenges are forgotten. */
  forgetAccount(): void;
}

export interface DeviceClient {
  /** GetSystemDateAndTime, with the host's send and receive instants around it. */
  readClock(signal: AbortSignal): Promise<ClockReading>;
  describe(signal: AbortSignal): Promise<DeviceDescription>;
  profiles(signal: AbortSignal): Promise<MediaProfile[]>;
  /** Live RTSP address of a profile, with the host put right. No user information. */
  streamUri(profile_token: string, signal: AbortSignal): Promise<string>;
  /** HTTP address of a profile's still picture, with the host put right. No user information. */
  snapshotUri(profile_token: string, signal: AbortSignal): Promise<string>;
  /** GetRecordingSummary: one question, for all recordings together. */
  summary(signal: AbortSignal): Promise<RecordingSummary>;
  recordings(signal: AbortSignal): Promise<RecordingInformation[]>;
  /** Spans of one recording that hold data within the asked span (FindEvents/FindRecordings), in device time. */
  recordedSpans(recording_token: string, device_span: Span, signal: AbortSignal): Promise<Span[]>;
  /** GetReplayUri, with the host put right when the device names one that cannot be meant. No user information. */
  replayUri(recording_token: string, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** One access unit out of an RTSP replay, with the time of its 0xABAC header extension. */
export interface ReplayUnit {
  readonly device_time_us: number;
  readonly is_keyframe: boolean;
  /** True where the device set the D bit, or the stream was interrupted before this unit. */
  readonly discontinuity: boolean;
  /** NAL units behind 4-byte lengths, as the device sent them. */
  readonly data: Uint8Array;
}

export type ReplayEvent =
  | {
      readonly type: 'stream';
      readonly stream: StreamDescription;
      /** Other streams the device offers beside this one, described for the manifest ("audio: PCMU"). */
      readonly other_streams: readonly string[];
    }
  | { readonly type: 'unit'; readonly unit: ReplayUnit }
  | { readonly type: 'audio_stream'; readonly stream: AudioStreamDescription }
  | { readonly type: 'audio'; readonly packet: AudioPacket }
  | { readonly type: 'metadata'; readonly packet: MetadataPacket };

/** When one unit of plain playback belongs, as far as the device tells. */
export interface PlaybackTime {
  /**
   * Microseconds from the first picture of this playback, by the RTP clock of the pictures; sound is joined to it.
   * Pictures shown before the first one sent have negative times.
   */
  readonly media_time_us: number;
  /**
   * Microseconds since 1970 by the clock the device stamps with: its 0xABAC extension where it sends one, else its
   * RTCP sender reports. Null until a report has come, and for devices that send none. Many devices report the time
   * of sending instead of the time of recording: it is a statement to be calibrated, not a fact.
   */
  readonly ntp_time_us: number | null;
}

/** One access unit of plain playback. */
export interface PlaybackUnit extends PlaybackTime {
  readonly is_keyframe: boolean;
  /** True where the device set the D bit, or the stream was interrupted before this unit. */
  readonly discontinuity: boolean;
  /** NAL units behind 4-byte lengths, as the device sent them; of MJPEG one whole JPEG. */
  readonly data: Uint8Array;
}

/** Sound or metadata of plain playback: as `AudioPacket` and `MetadataPacket`. */
export interface PlaybackPacket extends PlaybackTime {
  readonly data: Uint8Array;
}

export type PlaybackEvent =
  | {
      readonly type: 'stream';
      readonly stream: StreamDescription;
      readonly other_streams: readonly string[];
    }
  | { readonly type: 'unit'; readonly unit: PlaybackUnit }
  | { readonly type: 'audio_stream'; readonly stream: AudioStreamDescription }
  | { readonly type: 'audio'; readonly packet: PlaybackPacket }
  | { readonly type: 'metadata'; readonly packet: PlaybackPacket };

export interface ReplayClient {
  /**
   * Plays `device_span` as fast as the device gives it. Ends at the RTCP BYE, at the end of the range, or when
   * the consumer stops; a connection that breaks is continued from the last whole frame. Throws `SOURCE_STALLED`
   * when nothing comes within the configured time, `SOURCE_BROKEN` for pictures without absolute time.
   */
  replay(
    request: {
      readonly uri: string;
      readonly device_span: Span;
      readonly address: DeviceAddress;
      /** Left out: pictures only. */
      readonly tracks?: TracksWanted;
    },
    signal: AbortSignal,
  ): AsyncIterable<ReplayEvent>;
  /**
   * Plays whatever an address gives, from its beginning, without ONVIF: a vendor's playback URL, which holds the
   * span in itself. Ends at the RTCP BYE, when the device closes the connection, when it falls silent after having
   * sent pictures, or after `stop_after_ms` of media time, whichever comes first; the caller judges whether that was
   * all. Never resumed.
   */
  play(
    request: {
      readonly uri: string;
      readonly address: DeviceAddress;
      readonly tracks?: TracksWanted;
      /** Media time after which to leave: many devices ignore the end they were asked for. Left out: never. */
      readonly stop_after_ms?: number;
    },
    signal: AbortSignal,
  ): AsyncIterable<PlaybackEvent>;
}
