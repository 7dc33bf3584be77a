import { carriesVideoSignature, isIdrPicture } from '@minhchung/bitstream';
import type {
  ArchiveWriter,
  MasterSummary,
  MasterWriter,
  MediaPacket,
  Span,
  StreamDescription,
} from '@minhchung/domain';
import { growableFloat64 } from '../mp4/growable-array.ts';
import { createMasterWriter } from '../mp4/master-writer.ts';
import { type FrameFacts, frameFacts } from './frame-facts.ts';
import { type AudioFileResult, type OpenSideFile, SideSound } from './side-sound.ts';
import type { CutSound } from './sound-beside.ts';
import { type AudioTrackFacts, AudioTrackInProgress } from './sound-facts.ts';

/** One master, archived, with everything the manifest says of it. */
export interface MasterResult extends MasterSummary {
  readonly index: number;
  readonly stream: StreamDescription;
  readonly sha256: string;
  /** Frames against the wanted span, and the stretches of device time they cover (pre-roll included). */
  readonly frames: FrameFacts;
  /** The master begins with a keyframe that is no IDR picture: frames right after it may not decode. */
  readonly open_gop: boolean;
  /** SEI messages of ONVIF Media Signing are in the stream. */
  readonly signed_video_sei: boolean;
  /** Sound in the master itself (AAC), in the order of its tracks. */
  readonly audio_tracks: readonly AudioTrackFacts[];
  /** Sound beside it (G.711), in order of time. */
  readonly audio_files: readonly AudioFileResult[];
  /** Packets of sound that had no place: too many changes of the sound, or nowhere to put side files. */
  readonly audio_packets_left_out: number;
}

/** One master on its way into the archive, and what is learned of it on the way. */
export class MasterInProgress {
  readonly #stream: StreamDescription;
  readonly #sink: ArchiveWriter;
  readonly #writer: MasterWriter;
  readonly #device_times_us = growableFloat64();
  readonly #device_span: Span;
  readonly #audio_tracks: AudioTrackInProgress[] = [];
  readonly #side_sound: SideSound | null;
  #audio_packets_left_out = 0;
  #bytes_taken = 0;
  #open_gop = false;
  #signed_video_sei = false;

  /** Without `openSideFile`, sound that MP4 cannot carry is left out and counted. */
  constructor(
    stream: StreamDescription,
    sink: ArchiveWriter,
    device_span: Span,
    openSideFile: OpenSideFile | null,
  ) {
    this.#stream = stream;
    this.#sink = sink;
    this.#device_span = device_span;
    this.#side_sound = openSideFile && new SideSound(openSideFile, device_span);
    this.#writer = createMasterWriter({ stream, sink });
  }

  /** Bytes of pictures and sound taken so far. */
  get bytes_taken(): number {
    return this.#bytes_taken;
  }

  async write(packet: MediaPacket): Promise<void> {
    const { codec } = this.#stream;
    if (codec !== 'mjpeg' && this.#device_times_us.length === 0)
      this.#open_gop = !isIdrPicture(codec, packet.data);
    if (codec !== 'mjpeg') this.#signed_video_sei ||= carriesVideoSignature(codec, packet.data);
    this.#device_times_us.push(packet.device_time_us);
    this.#bytes_taken += packet.data.length;
    await this.#writer.write(packet);
  }

  async writeSound(sound: CutSound): Promise<void> {
    const { stream, packet } = sound;
    this.#bytes_taken += packet.data.length;
    if (stream.codec !== 'aac') {
      if (this.#side_sound === null) this.#audio_packets_left_out += 1;
      else await this.#side_sound.add(sound);
      return;
    }
    const track = await this.#writer.writeAudio(stream, packet);
    if (track === null) {
      this.#audio_packets_left_out += 1;
      return;
    }
    this.#audio_tracks[track] ??= new AudioTrackInProgress(stream, this.#device_span);
    this.#audio_tracks[track].add(sound);
  }

  /** Writes the index and makes the object durable, and the sound beside it. */
  async finish(index: number, gap_min_ms: number): Promise<MasterResult> {
    await this.#side_sound?.flush();
    const summary = await this.#writer.finish();
    const { sha256 } = await this.#sink.commit();
    return {
      ...summary,
      index,
      stream: this.#stream,
      sha256,
      frames: frameFacts(this.#device_times_us.view(), this.#device_span, gap_min_ms),
      open_gop: this.#open_gop,
      signed_video_sei: this.#signed_video_sei,
      audio_tracks: this.#audio_tracks.map((track) => track.finish()),
      audio_files: this.#side_sound?.files ?? [],
      audio_packets_left_out: this.#audio_packets_left_out,
    };
  }

  /** Gives the object up. */
  async abort(): Promise<void> {
    await this.#sink.abort();
  }
}
