/**
 * Reading containers and making masters and derivatives. Implemented by `packages/media`, handed to
 * `packages/footage` and the extraction service.
 */
import type { AudioPacket, AudioStreamDescription, MediaPacket, StreamDescription } from './footage.ts';

/** One container file opened for reading. Times are microseconds from the start of the file's own timeline. */
export interface MediaFile {
  readonly stream: StreamDescription;
  /** Other streams in the file, described for the manifest ("audio: aac"). */
  readonly other_streams: readonly string[];
  /** Presentation time of the first frame and the end of the last one, in microseconds. */
  readonly first_time_us: number;
  readonly end_time_us: number;
  /** Packets in decode order from the keyframe at or before `start_time_us` (or the first packet). */
  packetsFrom(start_time_us: number, signal: AbortSignal): AsyncIterable<FilePacket>;
  /** The sound beside the pictures that can be kept as it is; null: none, or of a kind that `other_streams` names. */
  readonly audio: AudioStreamDescription | null;
  /** Sound from the packet that holds `start_time_us` on, in order, on the same timeline. Ends at once without sound. */
  audioFrom(start_time_us: number, signal: AbortSignal): AsyncIterable<FileAudioPacket>;
  close(): Promise<void>;
}

export interface FileAudioPacket {
  readonly time_us: number;
  readonly data: Uint8Array;
}

export interface FilePacket {
  readonly time_us: number;
  readonly is_keyframe: boolean;
  readonly data: Uint8Array;
  /**
   * Set on a keyframe whose parameter sets differ from what was said before (`MediaFile.stream`, or an earlier
   * packet): from here on the stream is described by this, and a new master begins.
   */
  readonly changed_stream?: StreamDescription;
}

export interface MediaReader {
  /** Opens an absolute path. Throws `MEDIA_UNREADABLE` (with the reason) for what is no video. */
  open(absolute_path: string, signal: AbortSignal): Promise<MediaFile>;
  /**
   * Whether a file has sound, or may have: a stream that nobody can name may be sound, and so may whatever is in a file that no tool
   * is there to look at. Throws `CANCELLED`.
   */
  mayHaveSound(absolute_path: string, signal: AbortSignal): Promise<boolean>;
}

/** Where a master's bytes go, in order, once: the archive's writer fits. */
export interface ByteSink {
  write(chunk: Uint8Array): Promise<void>;
}

/** Writes one master: plain MP4, forward only, `moov` at the end, memory of one group of pictures plus tables. */
export interface MasterWriter {
  /** Packets in decode order; the first must be a keyframe. */
  write(packet: MediaPacket): Promise<void>;
  /**
   * AAC beside the pictures, in order of time, interleaved as it comes. Gives the number of its track, from 0: one
   * more where the sound is described otherwise than before or steps back in time. Null: there are too many tracks
   * already, and the packet is not in the file.
   */
  writeAudio(stream: AudioStreamDescription, packet: AudioPacket): Promise<number | null>;
  /** Writes the index; nothing may be written afterwards. */
  finish(): Promise<MasterSummary>;
}

/** What a master turned out to be. Frames in presentation order; device time = first + pts. */
export interface MasterSummary {
  readonly frame_count: number;
  readonly size_bytes: number;
  /** Device time of the first and last presented frame. */
  readonly first_frame_device_time_us: number;
  readonly last_frame_device_time_us: number;
  readonly timescale: number;
}

export type MasterWriterFactory = (options: {
  readonly stream: StreamDescription;
  readonly sink: ByteSink;
}) => MasterWriter;

/** Progress of a media tool, 0 to 1 of the media time asked for. */
export type MediaProgress = (fraction: number) => void;

/** Where the sound of a master lies. */
export interface PlayableSound {
  /** How many tracks of sound the master itself has. */
  readonly master_track_count: number;
  /** WAVE files beside it, each with the time of its first sample, counted from the master's first frame. */
  readonly side_files: readonly { readonly path: string; readonly at_us: number }[];
}

export interface DerivativeMaker {
  /**
   * A browser-playable H.264 MP4 with fast start that holds exactly the frames of the master whose offset from
   * the master's first frame lies in `[from_us, to_us)`. Throws `TOOL_MISSING`, `TOOL_FAILED`, `TOOL_TIMEOUT`.
   */
  playable(request: {
    readonly master_path: string;
    readonly output_path: string;
    readonly from_us: number;
    readonly to_us: number;
    readonly signal: AbortSignal;
    readonly on_progress?: MediaProgress;
    /** Sound to carry along; left out: the copy is silent. */
    readonly sound?: PlayableSound;
  }): Promise<{ readonly frame_count: number }>;
  /** One JPEG with stills spread over the span, each labelled with the true time given for it. */
  contactSheet(request: {
    readonly master_path: string;
    readonly output_path: string;
    readonly stills: readonly { readonly at_us: number; readonly label: string }[];
    readonly signal: AbortSignal;
  }): Promise<void>;
  /** Versions for the manifest, e.g. `{ ffmpeg: '5.1.9' }`. */
  versions(): Promise<Readonly<Record<string, string>>>;
}
