import type { NalCodec } from '@minhchung/bitstream';
import type { FileAudioPacket, FilePacket, MediaFile, StreamDescription } from '@minhchung/domain';
import { growableFloat64 } from '../mp4/growable-array.ts';
import { HeldPackets } from '../packets/held-packets.ts';
import { JpegNormaliser } from '../packets/jpeg-normaliser.ts';
import type { Normaliser } from '../packets/normaliser.ts';
import { PacketNormaliser } from '../packets/packet-normaliser.ts';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { listPackets, picturesOf, type ToolStream } from './packet-list.ts';
import { rawPackets } from './raw-packets.ts';
import { type ProbedVideo, probeFile } from './stream-probe.ts';
import { ToolAudio } from './tool-audio.ts';
import { unreadable } from './unreadable.ts';

const CODECS = new Map<string, NalCodec | 'mjpeg'>([
  ['h264', 'h264'],
  ['hevc', 'h265'],
  ['mjpeg', 'mjpeg'],
]);

/**
 * Opens a file of any container ffmpeg knows (AVI, FLV, MPEG-PS, ...): ffprobe lists the packets, ffmpeg hands
 * out their bytes untouched. Slower than reading a container here, and seeks by reading from the beginning.
 *
 * Throws `MEDIA_UNREADABLE`, `TOOL_MISSING`, `TOOL_TIMEOUT`, `CANCELLED`.
 */
export async function openByTool(
  path: string,
  signal: AbortSignal,
  options: MediaToolOptions,
): Promise<MediaFile> {
  const { video, audio: probed_audio, other_streams } = await probeFile(path, signal, options);
  if (video === null) throw unreadable(path, 'no video in it');
  const codec = CODECS.get(video.codec_name);
  if (codec === undefined) throw unreadable(path, `video coded as ${video.codec_name} is not supported`);
  const pictures = picturesOf(path, video);
  const times_us = growableFloat64();
  for await (const packet of listPackets(pictures, signal, options)) times_us.push(packet.time_us);
  if (times_us.length === 0) throw unreadable(path, 'no frame in it');
  const normaliser = await createNormaliser(pictures, codec, video, signal, options);
  const audio = probed_audio && (await ToolAudio.open(path, probed_audio, signal, options));
  const unread = probed_audio !== null && audio === null ? [`audio: ${probed_audio.codec_name}`] : [];
  return new ConvertedFile(pictures, normaliser, audio, options, {
    other_streams: [...unread, ...other_streams],
    ...extentOf(path, times_us.view()),
  });
}

/** From the first frame to the end of the last one, which lasts as long as the one before it. */
function extentOf(path: string, times_us: Float64Array): { first_time_us: number; end_time_us: number } {
  times_us.sort();
  const last_us = times_us.at(-1)!;
  if (!(last_us > times_us[0]!)) throw unreadable(path, 'its frames have no times');
  return { first_time_us: times_us[0]!, end_time_us: last_us + (last_us - (times_us.at(-2) ?? last_us)) };
}

async function createNormaliser(
  pictures: ToolStream,
  codec: NalCodec | 'mjpeg',
  video: ProbedVideo,
  signal: AbortSignal,
  options: MediaToolOptions,
): Promise<Normaliser> {
  // A configuration record begins with its version, 1; parameter sets of a byte stream with zeros.
  if (codec !== 'mjpeg' && video.extradata[0] === 1) {
    return PacketNormaliser.fromConfiguration(codec, video.extradata, video);
  }
  for await (const packet of rawPackets(pictures, signal, options)) {
    if (codec === 'mjpeg') return JpegNormaliser.fromPicture(packet.data);
    if (packet.is_marked_as_key) return PacketNormaliser.fromKeyframe(codec, packet.data, video.extradata);
  }
  throw unreadable(pictures.path, 'no keyframe in it');
}

class ConvertedFile implements MediaFile {
  readonly stream: StreamDescription;
  readonly other_streams: readonly string[];
  readonly audio: MediaFile['audio'];
  readonly first_time_us: number;
  readonly end_time_us: number;
  readonly #pictures: ToolStream;
  readonly #normaliser: Normaliser;
  readonly #audio: ToolAudio | null;
  readonly #options: MediaToolOptions;

  constructor(
    pictures: ToolStream,
    normaliser: Normaliser,
    audio: ToolAudio | null,
    options: MediaToolOptions,
    facts: Pick<MediaFile, 'other_streams' | 'first_time_us' | 'end_time_us'>,
  ) {
    this.#pictures = pictures;
    this.#normaliser = normaliser;
    this.#audio = audio;
    this.#options = options;
    this.stream = normaliser.stream;
    this.audio = audio?.stream ?? null;
    this.other_streams = facts.other_streams;
    this.first_time_us = facts.first_time_us;
    this.end_time_us = facts.end_time_us;
  }

  async *packetsFrom(
    start_time_us: number,
    signal: AbortSignal,
  ): AsyncGenerator<FilePacket, void, undefined> {
    const normaliser = this.#normaliser.clone();
    const held = new HeldPackets<FilePacket>();
    let is_started = false;
    for await (const raw of rawPackets(this.#pictures, signal, this.#options)) {
      const { data, is_keyframe, changed_stream } = normaliser.normalise(raw.data, raw.is_marked_as_key);
      const packet = { time_us: raw.time_us, is_keyframe, data, ...(changed_stream && { changed_stream }) };
      if (!is_started && is_keyframe && packet.time_us <= start_time_us) held.clear();
      held.add(packet);
      is_started ||= packet.time_us > start_time_us;
      if (is_started) yield* held.take();
    }
    yield* held.take();
  }

  async *audioFrom(
    start_time_us: number,
    signal: AbortSignal,
  ): AsyncGenerator<FileAudioPacket, void, undefined> {
    if (this.#audio !== null) yield* this.#audio.from(start_time_us, signal);
  }

  async close(): Promise<void> {
    // Every pass over the file has its own tools, which end with it.
  }
}
