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
}

/** One master on its way into the archive, and what is learned of it on the way. */
export class MasterInProgress {
  readonly #stream: StreamDescription;
  readonly #sink: ArchiveWriter;
  readonly #writer: MasterWriter;
  readonly #device_times_us = growableFloat64();
  #bytes_taken = 0;
  #open_gop = false;
  #signed_video_sei = false;

  constructor(stream: StreamDescription, sink: ArchiveWriter) {
    this.#stream = stream;
    this.#sink = sink;
    this.#writer = createMasterWriter({ stream, sink });
  }

  /** Bytes of video taken so far. */
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

  /** Writes the index and makes the object durable. */
  async finish(index: number, device_span: Span, gap_min_ms: number): Promise<MasterResult> {
    const summary = await this.#writer.finish();
    const { sha256 } = await this.#sink.commit();
    return {
      ...summary,
      index,
      stream: this.#stream,
      sha256,
      frames: frameFacts(this.#device_times_us.view(), device_span, gap_min_ms),
      open_gop: this.#open_gop,
      signed_video_sei: this.#signed_video_sei,
    };
  }

  /** Gives the object up. */
  async abort(): Promise<void> {
    await this.#sink.abort();
  }
}
