import { BrokenBitstream } from '@minhchung/bitstream';
import { type AudioStreamDescription, CodedError, type FileAudioPacket, isCoded } from '@minhchung/domain';
import { EncodedPacketSink, type InputAudioTrack } from 'mediabunny';
import { soundDurationUs } from '../sound/sound-duration.ts';
import { describeAudio, type ReadableAudio, type ToldAudio } from './audio-description.ts';
import { type SeekPoints, seekPointsOf } from './seek-points.ts';
import { reasonOf, unreadable } from './unreadable.ts';

const MICROSECONDS = 1_000_000;
const CODECS = new Map<string, AudioStreamDescription['codec']>([
  ['aac', 'aac'],
  ['ulaw', 'pcmu'],
  ['alaw', 'pcma'],
]);
/** Matroska's name for "described as Windows describes it", which is where it keeps G.711. */
const WINDOWS_CODEC_ID = 'A_MS/ACM';

/** The sound of an opened container. */
export class ContainerAudio {
  readonly stream: AudioStreamDescription;
  readonly #path: string;
  readonly #sink: EncodedPacketSink;
  readonly #seek_points: SeekPoints;
  readonly #payloadsOf: ReadableAudio['payloadsOf'];

  private constructor(
    path: string,
    track: InputAudioTrack,
    sink: EncodedPacketSink,
    { stream, payloadsOf }: ReadableAudio,
  ) {
    this.stream = stream;
    this.#path = path;
    this.#sink = sink;
    this.#seek_points = seekPointsOf(track);
    this.#payloadsOf = payloadsOf;
  }

  /**
   * Null for sound that cannot be kept as it is. `askTool` tells the codec where the container reader does not
   * (G.711 in Matroska); it may answer null.
   */
  static async open(
    path: string,
    track: InputAudioTrack,
    askTool: () => Promise<ToldAudio | null>,
  ): Promise<ContainerAudio | null> {
    const sink = new EncodedPacketSink(track);
    const told = await toldBy(track, askTool);
    const first = told === null ? null : await sink.getFirstPacket();
    if (told === null || first === null) return null;
    try {
      const readable = describeAudio(told, first.data);
      return readable && new ContainerAudio(path, track, sink, readable);
    } catch (error) {
      // Broken sound is no reason to lose the pictures.
      if (error instanceof BrokenBitstream) return null;
      throw error;
    }
  }

  /** Packets from the one that holds `start_time_us` on. Throws `MEDIA_UNREADABLE`, `CANCELLED`. */
  async *from(start_time_us: number, signal: AbortSignal): AsyncGenerator<FileAudioPacket, void, undefined> {
    try {
      const holding = await this.#sink.getPacket(start_time_us / MICROSECONDS);
      let packet = holding ?? (await this.#sink.getFirstPacket());
      while (packet !== null) {
        if (signal.aborted) throw new CodedError('CANCELLED');
        let time_us = packet.timestamp * MICROSECONDS;
        for (const data of this.#payloadsOf(packet.data)) {
          yield { time_us: Math.round(time_us), data };
          time_us += soundDurationUs(this.stream, data);
        }
        packet = await this.#sink.getNextPacket(packet);
        this.#seek_points.trim();
      }
    } catch (error) {
      throw isCoded(error) ? error : unreadable(this.#path, reasonOf(error), error);
    }
  }
}

async function toldBy(track: InputAudioTrack, askTool: () => Promise<ToldAudio | null>) {
  const codec = await track.getCodec();
  if (codec === null) return (await track.getInternalCodecId()) === WINDOWS_CODEC_ID ? askTool() : null;
  const description = (await track.getDecoderConfig())?.description;
  return {
    codec: CODECS.get(codec) ?? null,
    sample_rate_hz: await track.getSampleRate(),
    channel_count: await track.getNumberOfChannels(),
    configuration: description === undefined ? new Uint8Array() : bytesOf(description),
  };
}

/** A view of whatever form the container reader keeps a configuration in. */
export function bytesOf(source: ArrayBufferView | ArrayBufferLike): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
