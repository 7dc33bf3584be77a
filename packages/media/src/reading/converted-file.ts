import type { NalCodec } from '@minhchung/bitstream';
import type { FilePacket, MediaFile, StreamDescription } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { growableFloat64 } from '../mp4/growable-array.ts';
import { HeldPackets } from '../packets/held-packets.ts';
import { PacketNormaliser } from '../packets/packet-normaliser.ts';
import { fileInput, QUIET_ARGUMENTS } from '../tools/input-arguments.ts';
import { type MediaToolOptions, startTool } from '../tools/run-tool.ts';
import { ByteReader } from './byte-reader.ts';
import { listPackets } from './packet-list.ts';
import { type ProbedVideo, probeFile } from './stream-probe.ts';
import { unreadable } from './unreadable.ts';

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
  const { video, other_streams } = await probeFile(path, signal, options);
  if (video === null) throw unreadable(path, 'no video in it');
  const codec = supportedCodec(video.codec_name);
  if (codec === null) throw unreadable(path, `video coded as ${video.codec_name} is not supported`);
  const times_us = growableFloat64();
  for await (const packet of listPackets(path, video, signal, options)) times_us.push(packet.time_us);
  if (times_us.length === 0) throw unreadable(path, 'no frame in it');
  const makeNormaliser = await normaliserMaker(path, codec, video, signal, options);
  return new ConvertedFile(path, video, makeNormaliser, options, {
    other_streams,
    ...extentOf(times_us.view()),
  });
}

/** From the first frame to the end of the last one, which lasts as long as the one before it. */
function extentOf(times_us: Float64Array): { first_time_us: number; end_time_us: number } {
  times_us.sort();
  const last_us = times_us.at(-1)!;
  return { first_time_us: times_us[0]!, end_time_us: last_us + (last_us - (times_us.at(-2) ?? last_us)) };
}

/** Packets with their bytes, from the first one on. */
async function* rawPackets(path: string, video: ProbedVideo, signal: AbortSignal, options: MediaToolOptions) {
  const running = await startTool(
    {
      tool: 'ffmpeg',
      args: [
        ...QUIET_ARGUMENTS,
        '-nostdin',
        ...fileInput(path),
        '-map',
        '0:v:0',
        '-c',
        'copy',
        '-copyinkf',
        '-f',
        'data',
        'pipe:1',
      ],
      deadline_ms: options.deadline_ms ?? MEDIA_LIMITS.derivative_deadline_ms,
      signal,
    },
    options,
  );
  try {
    const bytes = new ByteReader(running.stdout);
    for await (const listed of listPackets(path, video, signal, options)) {
      const data = await bytes.take(listed.size_bytes);
      if (data === null) {
        await running.finished;
        throw unreadable(path, 'its packets are fewer than its index says');
      }
      yield { ...listed, data };
    }
  } finally {
    running.stop();
  }
}

async function normaliserMaker(
  path: string,
  codec: NalCodec,
  video: ProbedVideo,
  signal: AbortSignal,
  options: MediaToolOptions,
): Promise<() => PacketNormaliser> {
  // A configuration record begins with its version, 1; parameter sets of a byte stream with zeros.
  if (video.extradata[0] === 1) {
    const made = PacketNormaliser.fromConfiguration(codec, video.extradata, video);
    return () => made.clone();
  }
  for await (const packet of rawPackets(path, video, signal, options)) {
    if (!packet.is_marked_as_key) continue;
    const made = PacketNormaliser.fromKeyframe(codec, packet.data, video.extradata);
    return () => made.clone();
  }
  throw unreadable(path, 'no keyframe in it');
}

class ConvertedFile implements MediaFile {
  readonly stream: StreamDescription;
  readonly other_streams: readonly string[];
  readonly audio = null;
  readonly first_time_us: number;
  readonly end_time_us: number;
  readonly #path: string;
  readonly #video: ProbedVideo;
  readonly #makeNormaliser: () => PacketNormaliser;
  readonly #options: MediaToolOptions;

  constructor(
    path: string,
    video: ProbedVideo,
    makeNormaliser: () => PacketNormaliser,
    options: MediaToolOptions,
    facts: Pick<MediaFile, 'other_streams' | 'first_time_us' | 'end_time_us'>,
  ) {
    this.#path = path;
    this.#video = video;
    this.#makeNormaliser = makeNormaliser;
    this.#options = options;
    this.stream = makeNormaliser().stream;
    this.other_streams = facts.other_streams;
    this.first_time_us = facts.first_time_us;
    this.end_time_us = facts.end_time_us;
  }

  async *packetsFrom(
    start_time_us: number,
    signal: AbortSignal,
  ): AsyncGenerator<FilePacket, void, undefined> {
    const normaliser = this.#makeNormaliser();
    const held = new HeldPackets<FilePacket>();
    let is_started = false;
    for await (const raw of rawPackets(this.#path, this.#video, signal, this.#options)) {
      const { data, is_keyframe, changed_stream } = normaliser.normalise(raw.data, raw.is_marked_as_key);
      const packet = { time_us: raw.time_us, is_keyframe, data, ...(changed_stream && { changed_stream }) };
      if (!is_started && is_keyframe && packet.time_us <= start_time_us) held.clear();
      held.add(packet);
      is_started ||= packet.time_us > start_time_us;
      if (is_started) yield* held.take();
    }
    yield* held.take();
  }

  async *audioFrom(): AsyncGenerator<never> {}

  async close(): Promise<void> {
    // Every pass over the file has its own tools, which end with it.
  }
}

function supportedCodec(codec_name: string): NalCodec | null {
  if (codec_name === 'h264') return 'h264';
  return codec_name === 'hevc' ? 'h265' : null;
}
