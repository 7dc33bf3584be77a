import type { NalCodec } from '@minhchung/bitstream';
import {
  CodedError,
  type FilePacket,
  isCoded,
  type MediaFile,
  type StreamDescription,
} from '@minhchung/domain';
import {
  type EncodedPacket,
  EncodedPacketSink,
  Input,
  type InputVideoTrack,
  MATROSKA,
  MP4,
  MPEG_TS,
  QTFF,
} from 'mediabunny';
import { PacketNormaliser } from '../packets/packet-normaliser.ts';
import { openFileSource } from './file-source.ts';
import { isSystemError, reasonOf, unreadable } from './unreadable.ts';

const MICROSECONDS = 1_000_000;

/**
 * Opens a file whose container is read here without help: MP4 and QuickTime (fragmented or not), Matroska,
 * MPEG-TS. Answers null for any other container, and for one so odd that it cannot be read here. Playlists are
 * not among them: they name other files.
 *
 * Throws `MEDIA_UNREADABLE` for a known container without usable H.264 or H.265, `CANCELLED`.
 */
export async function openContainer(path: string, signal: AbortSignal): Promise<MediaFile | null> {
  const source = await openFileSource(path).catch((error: unknown) => {
    throw unreadable(path, reasonOf(error), error);
  });
  const input = new Input({ formats: [MP4, QTFF, MATROSKA, MPEG_TS], source });
  const dispose = () => input.dispose();
  signal.addEventListener('abort', dispose, { once: true });
  try {
    if (!(await input.canRead())) {
      input.dispose();
      return null;
    }
    return await describe(path, input);
  } catch (error) {
    input.dispose();
    if (signal.aborted) throw new CodedError('CANCELLED');
    if (isCoded(error)) throw error;
    if (isSystemError(error)) throw unreadable(path, reasonOf(error), error);
    return null;
  } finally {
    signal.removeEventListener('abort', dispose);
  }
}

async function describe(path: string, input: Input): Promise<MediaFile> {
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw unreadable(path, 'no video in it');
  const codec = supportedCodec(await track.getCodec());
  if (codec === null) throw unreadable(path, `video coded as ${await track.getCodec()} is not supported`);
  const sink = new EncodedPacketSink(track);
  const normaliser = await createNormaliser(codec, track, sink);
  if (normaliser === null) throw unreadable(path, 'no keyframe in it');
  const others = (await input.getTracks()).filter((other) => other !== track);
  return new ContainerFile(path, input, sink, normaliser, {
    other_streams: await Promise.all(
      others.map(async (other) => `${other.type}: ${(await other.getCodec()) ?? 'unknown'}`),
    ),
    first_time_us: toMicroseconds(await track.getFirstTimestamp()),
    end_time_us: toMicroseconds(await track.computeDuration()),
  });
}

async function createNormaliser(codec: NalCodec, track: InputVideoTrack, sink: EncodedPacketSink) {
  const record = (await track.getDecoderConfig())?.description;
  if (record !== undefined) {
    const bytes = ArrayBuffer.isView(record)
      ? new Uint8Array(record.buffer, record.byteOffset, record.byteLength)
      : new Uint8Array(record);
    const size = { width: await track.getCodedWidth(), height: await track.getCodedHeight() };
    return PacketNormaliser.fromConfiguration(codec, bytes, size);
  }
  const keyframe = await sink.getFirstKeyPacket({ verifyKeyPackets: true });
  return keyframe === null ? null : PacketNormaliser.fromKeyframe(codec, keyframe.data);
}

class ContainerFile implements MediaFile {
  readonly stream: StreamDescription;
  readonly other_streams: readonly string[];
  readonly audio = null;
  readonly first_time_us: number;
  readonly end_time_us: number;
  readonly #path: string;
  readonly #input: Input;
  readonly #sink: EncodedPacketSink;
  readonly #normaliser: PacketNormaliser;

  constructor(
    path: string,
    input: Input,
    sink: EncodedPacketSink,
    normaliser: PacketNormaliser,
    facts: Pick<MediaFile, 'other_streams' | 'first_time_us' | 'end_time_us'>,
  ) {
    this.#path = path;
    this.#input = input;
    this.#sink = sink;
    this.#normaliser = normaliser;
    this.stream = normaliser.stream;
    this.other_streams = facts.other_streams;
    this.first_time_us = facts.first_time_us;
    this.end_time_us = facts.end_time_us;
  }

  async *packetsFrom(
    start_time_us: number,
    signal: AbortSignal,
  ): AsyncGenerator<FilePacket, void, undefined> {
    const normaliser = this.#normaliser.clone();
    try {
      let packet = await this.#firstPacketFor(start_time_us);
      // Not the sink's own iterator: it reads ahead by as many packets as it served in the last second, which
      // for a fast consumer is the whole file.
      while (packet !== null) {
        if (signal.aborted) throw new CodedError('CANCELLED');
        const { data, is_keyframe, changed_stream } = normaliser.normalise(
          packet.data,
          packet.type === 'key',
        );
        yield {
          time_us: toMicroseconds(packet.timestamp),
          is_keyframe,
          data,
          ...(changed_stream && { changed_stream }),
        };
        packet = await this.#sink.getNextPacket(packet);
      }
    } catch (error) {
      throw isCoded(error) ? error : unreadable(this.#path, reasonOf(error), error);
    }
  }

  async *audioFrom(): AsyncGenerator<never> {}

  async close(): Promise<void> {
    this.#input.dispose();
  }

  async #firstPacketFor(start_time_us: number): Promise<EncodedPacket | null> {
    const keyframe = await this.#sink.getKeyPacket(start_time_us / MICROSECONDS, { verifyKeyPackets: true });
    return keyframe ?? (await this.#sink.getFirstPacket());
  }
}

function supportedCodec(codec: string | null): NalCodec | null {
  if (codec === 'avc') return 'h264';
  return codec === 'hevc' ? 'h265' : null;
}

function toMicroseconds(time_s: number): number {
  return Math.round(time_s * MICROSECONDS);
}
