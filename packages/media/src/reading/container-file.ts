import { beginsWithJpeg, type NalCodec } from '@minhchung/bitstream';
import {
  CodedError,
  type FileAudioPacket,
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
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  MPEG_TS,
  QTFF,
} from 'mediabunny';
import { JpegNormaliser } from '../packets/jpeg-normaliser.ts';
import type { Normaliser } from '../packets/normaliser.ts';
import { PacketNormaliser } from '../packets/packet-normaliser.ts';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { bytesOf, ContainerAudio } from './container-audio.ts';
import { openFileSource } from './file-source.ts';
import { type SeekPoints, seekPointsOf } from './seek-points.ts';
import { probeAudio } from './stream-probe.ts';
import { isSystemError, reasonOf, unreadable } from './unreadable.ts';

const MICROSECONDS = 1_000_000;

// What a stranger's file makes the reader warn of is no line for our log.
Logging.level = LogLevel.Silent;

/**
 * Opens a file whose container is read here without help: MP4 and QuickTime (fragmented or not), Matroska,
 * MPEG-TS. Answers null for any other container, and for one so odd that it cannot be read here. Playlists are
 * not among them: they name other files.
 *
 * Throws `MEDIA_UNREADABLE` for a known container without usable H.264, H.265 or MJPEG, `CANCELLED`.
 */
export async function openContainer(
  path: string,
  signal: AbortSignal,
  options: MediaToolOptions,
): Promise<MediaFile | null> {
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
    return await describe(path, input, () => probeAudio(path, signal, options));
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

async function describe(
  path: string,
  input: Input,
  askTool: () => ReturnType<typeof probeAudio>,
): Promise<MediaFile> {
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw unreadable(path, 'no video in it');
  const sink = new EncodedPacketSink(track);
  const normaliser = await createNormaliser(path, track, sink);
  if (normaliser === null) throw unreadable(path, 'no keyframe in it');
  const [audio_track] = await input.getAudioTracks();
  const audio = audio_track === undefined ? null : await ContainerAudio.open(path, audio_track, askTool);
  const others = (await input.getTracks()).filter(
    (other) => other !== track && (audio === null || other !== audio_track),
  );
  return new ContainerFile(path, input, { sink, seek_points: seekPointsOf(track), normaliser }, audio, {
    other_streams: await Promise.all(
      others.map(async (other) => `${other.type}: ${(await other.getCodec()) ?? 'unknown'}`),
    ),
    ...(await extentOf(path, track, sink)),
  });
}

/** From the first frame to the end of the last one; an index without frames behind it, or without times, is none. */
async function extentOf(path: string, track: InputVideoTrack, sink: EncodedPacketSink) {
  if ((await sink.getFirstPacket()) === null) throw unreadable(path, 'no frame of it can be read');
  const first_time_us = toMicroseconds(await track.getFirstTimestamp());
  const end_time_us = toMicroseconds(await track.computeDuration());
  if (!(end_time_us > first_time_us)) throw unreadable(path, 'its frames have no times');
  return { first_time_us, end_time_us };
}

async function createNormaliser(
  path: string,
  track: InputVideoTrack,
  sink: EncodedPacketSink,
): Promise<Normaliser | null> {
  const told = await track.getCodec();
  const codec = nalCodec(told);
  if (codec === null) {
    // The reader knows no Motion JPEG, but hands out its packets.
    const first = told === null ? await sink.getFirstPacket() : null;
    if (first !== null && beginsWithJpeg(first.data)) return JpegNormaliser.fromPicture(first.data);
    throw unreadable(path, `video coded as ${told} is not supported`);
  }
  const record = (await track.getDecoderConfig())?.description;
  if (record !== undefined) {
    const size = { width: await track.getCodedWidth(), height: await track.getCodedHeight() };
    return PacketNormaliser.fromConfiguration(codec, bytesOf(record), size);
  }
  const keyframe = await sink.getFirstKeyPacket({ verifyKeyPackets: true });
  return keyframe === null ? null : PacketNormaliser.fromKeyframe(codec, keyframe.data);
}

/** The pictures of an opened container, and how to read them. */
interface ContainerPictures {
  readonly sink: EncodedPacketSink;
  readonly seek_points: SeekPoints;
  readonly normaliser: Normaliser;
}

class ContainerFile implements MediaFile {
  readonly stream: StreamDescription;
  readonly other_streams: readonly string[];
  readonly audio: MediaFile['audio'];
  readonly first_time_us: number;
  readonly end_time_us: number;
  readonly #path: string;
  readonly #input: Input;
  readonly #pictures: ContainerPictures;
  readonly #audio: ContainerAudio | null;

  constructor(
    path: string,
    input: Input,
    pictures: ContainerPictures,
    audio: ContainerAudio | null,
    facts: Pick<MediaFile, 'other_streams' | 'first_time_us' | 'end_time_us'>,
  ) {
    this.#path = path;
    this.#input = input;
    this.#pictures = pictures;
    this.#audio = audio;
    this.audio = audio?.stream ?? null;
    this.stream = pictures.normaliser.stream;
    this.other_streams = facts.other_streams;
    this.first_time_us = facts.first_time_us;
    this.end_time_us = facts.end_time_us;
  }

  async *packetsFrom(
    start_time_us: number,
    signal: AbortSignal,
  ): AsyncGenerator<FilePacket, void, undefined> {
    const { sink, seek_points } = this.#pictures;
    const normaliser = this.#pictures.normaliser.clone();
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
        packet = await sink.getNextPacket(packet);
        seek_points.trim();
      }
    } catch (error) {
      throw isCoded(error) ? error : unreadable(this.#path, reasonOf(error), error);
    }
  }

  async *audioFrom(
    start_time_us: number,
    signal: AbortSignal,
  ): AsyncGenerator<FileAudioPacket, void, undefined> {
    if (this.#audio !== null) yield* this.#audio.from(start_time_us, signal);
  }

  async close(): Promise<void> {
    this.#input.dispose();
  }

  async #firstPacketFor(start_time_us: number): Promise<EncodedPacket | null> {
    const { sink } = this.#pictures;
    const start_s = start_time_us / MICROSECONDS;
    const keyframe =
      this.stream.codec === 'mjpeg'
        ? await sink.getPacket(start_s)
        : await sink.getKeyPacket(start_s, { verifyKeyPackets: true });
    return keyframe ?? (await sink.getFirstPacket());
  }
}

function nalCodec(codec: string | null): NalCodec | null {
  if (codec === 'avc') return 'h264';
  return codec === 'hevc' ? 'h265' : null;
}

function toMicroseconds(time_s: number): number {
  return Math.round(time_s * MICROSECONDS);
}
