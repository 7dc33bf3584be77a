import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished as streamFinished } from 'node:stream/promises';
import { CodedError, type Span } from '@minhchung/domain';
import { encodeBurnedClock } from '../burned-clock/cells.ts';
import { burnedClockLayout } from '../burned-clock/layout.ts';
import * as limits from '../limits.ts';
import { readMatroska } from '../matroska/matroska-reader.ts';
import { matroskaBlock, matroskaHeader } from '../matroska/matroska-writer.ts';
import { startTool } from '../process/run-tool.ts';
import { writeAll } from '../process/write-all.ts';
import { encoderArguments } from './encoder-arguments.ts';
import { cameraFilterGraph, type Scene } from './filter-graph.ts';
import { findFont } from './font.ts';
import { type PlannedFrame, planFrames } from './frame-plan.ts';
import { joinLengthPrefixed, parameterSetsOf, type RecordedCodec } from './nal-units.ts';
import { type FootageIndex, RecordedFootage, STREAM_NAME } from './recorded-footage.ts';

/** What a camera saw, and how it recorded it. Times are true time. */
export interface RecordFootageOptions {
  /** Folder of its own for the result; created when missing, files in it replaced. */
  readonly directory: string;
  /** Drawn into the picture; at most 60 characters, one line. */
  readonly camera_name: string;
  readonly start_true_ms: number;
  readonly duration_ms: number;
  /** Default: a drawn street, variant 0. */
  readonly scene?: Scene;
  /** Even numbers of pixels; default 640 × 360. */
  readonly width?: number;
  readonly height?: number;
  /** Default 12.5. */
  readonly fps?: number;
  readonly variable_frame_rate?: boolean;
  /** Consecutive B-frames; default 0. */
  readonly b_frames?: number;
  /** Time between keyframes; default 2000. */
  readonly gop_ms?: number;
  readonly holes?: readonly Span[];
  readonly keyframes_at_true_ms?: readonly number[];
  readonly codec?: RecordedCodec;
  readonly bitrate_kbps_max?: number;
  /** Seed of irregular frame times; default 1. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/**
 * Records video in which every frame carries the machine-readable clock, a human-readable one (true time, UTC+7)
 * and the camera's name. Frames flow through ffmpeg and to disk; nothing but the index stays in memory.
 * Throws `RangeError` for impossible options, `TOOL_MISSING`, `TOOL_FAILED`, `CANCELLED`.
 */
export async function recordFootage(options: RecordFootageOptions): Promise<RecordedFootage> {
  const { codec = 'h264', width = 640, height = 360, fps = 12.5 } = options;
  const { scene = { kind: 'street', variant: 0 } as const } = options;
  checkOptions({ ...options, width, height, fps });
  const frames = planFrames({
    start_true_ms: options.start_true_ms,
    duration_ms: options.duration_ms,
    fps,
    variable_frame_rate: options.variable_frame_rate ?? false,
    gop_ms: options.gop_ms ?? 2000,
    holes: options.holes ?? [],
    keyframes_at_true_ms: options.keyframes_at_true_ms ?? [],
    seed: options.seed ?? 1,
  });
  if (frames.length === 0) throw new RangeError('The footage would have no frames: the holes cover it all.');
  const base_true_s = Math.floor(frames[0]!.true_time_ms / 1000);
  const base_true_ms = base_true_s * 1000;
  const font_path = await findFont();
  await mkdir(options.directory, { recursive: true });
  const graph = cameraFilterGraph({ size: { width, height }, scene, font_path, base_true_s });
  await writeFile(join(options.directory, 'graph.txt'), graph);
  await writeFile(join(options.directory, 'name.txt'), options.camera_name);
  const { b_frames = 0, bitrate_kbps_max = 4000 } = options;
  const ffmpeg = startTool(
    'ffmpeg',
    encoderArguments({ codec, b_frames, frames, base_true_ms, bitrate_kbps_max, scene }),
    { cwd: options.directory, signal: options.signal },
  );
  try {
    const feeding = writeAll(ffmpeg.stdin, stripOf(frames, base_true_ms, { width, height }));
    const stored = await storeUnits(ffmpeg.stdout, {
      codec,
      frames,
      base_true_ms,
      directory: options.directory,
    });
    await Promise.all([feeding, ffmpeg.finished]);
    if (stored.frames.length !== frames.length)
      throw new CodedError('TOOL_FAILED', {
        tool: 'ffmpeg',
        reason: `${stored.frames.length} of ${frames.length} frames came out of the encoder`,
      });
    await Promise.all(['graph.txt', 'name.txt'].map((name) => rm(join(options.directory, name))));
    const has_human_clock = font_path !== null;
    return await RecordedFootage.create(options.directory, {
      ...{ camera_name: options.camera_name, codec, width, height, fps, has_human_clock },
      ...stored,
    });
  } finally {
    ffmpeg.stop();
  }
}

/** The strip of cells as uncompressed pictures of one pixel per cell. */
function* stripOf(
  frames: readonly PlannedFrame[],
  base_true_ms: number,
  size: { width: number; height: number },
) {
  const { columns, rows } = burnedClockLayout(size);
  yield matroskaHeader({ codec_id: 'V_UNCOMPRESSED', width: columns, height: rows, colour_space: 'Y800' });
  for (const [n, { true_time_ms }] of frames.entries()) {
    const data = encodeBurnedClock(true_time_ms, n);
    yield matroskaBlock({ time_ms: true_time_ms - base_true_ms, is_keyframe: true, data });
  }
}

async function storeUnits(
  source: AsyncIterable<Uint8Array>,
  plan: { codec: RecordedCodec; frames: readonly PlannedFrame[]; base_true_ms: number; directory: string },
): Promise<Pick<FootageIndex, 'decoder_configuration_base64' | 'frames'>> {
  const planned = new Map(plan.frames.map((frame) => [frame.true_time_ms, frame]));
  const output = createWriteStream(join(plan.directory, STREAM_NAME));
  const stored: [number, number, 0 | 1, 0 | 1][] = [];
  let configuration: Buffer = Buffer.alloc(0);
  let parameter_sets: Buffer = Buffer.alloc(0);
  async function* units() {
    for await (const event of readMatroska(source)) {
      if (event.type === 'codec_private') {
        configuration = Buffer.from(event.data);
        const sets = parameterSetsOf(plan.codec, configuration);
        parameter_sets = joinLengthPrefixed([...sets.vps, ...sets.sps, ...sets.pps]);
        continue;
      }
      const true_time_ms = plan.base_true_ms + event.time_ms;
      const frame = planned.get(true_time_ms);
      if (!frame || frame.is_keyframe !== event.is_keyframe || !planned.delete(true_time_ms))
        throw new CodedError('TOOL_FAILED', { tool: 'ffmpeg', reason: `unplanned frame at ${true_time_ms}` });
      const data = event.is_keyframe ? Buffer.concat([parameter_sets, event.data]) : event.data;
      stored.push([true_time_ms, data.length, event.is_keyframe ? 1 : 0, frame.starts_section ? 1 : 0]);
      yield data;
    }
  }
  await writeAll(output, units());
  await streamFinished(output);
  return { decoder_configuration_base64: configuration.toString('base64'), frames: stored };
}

function checkOptions(options: RecordFootageOptions & { width: number; height: number; fps: number }): void {
  const within = (name: string, value: number, min: number, max: number) => {
    if (!(value >= min && value <= max))
      throw new RangeError(`${name} is ${value}, not within ${min} to ${max}.`);
  };
  within('duration_ms', options.duration_ms, 1, limits.FOOTAGE_DURATION_MS_MAX);
  within('fps', options.fps, limits.FOOTAGE_FPS_MIN, limits.FOOTAGE_FPS_MAX);
  within('width', options.width, limits.PICTURE_WIDTH_PX_MIN, limits.PICTURE_WIDTH_PX_MAX);
  within('height', options.height, limits.PICTURE_HEIGHT_PX_MIN, limits.PICTURE_HEIGHT_PX_MAX);
  within('camera_name length', options.camera_name.length, 1, limits.CAMERA_NAME_CHARACTERS_MAX);
  if (options.width % 2 || options.height % 2)
    throw new RangeError('Width and height are even numbers of pixels.');
  if (!Number.isInteger(options.start_true_ms)) throw new RangeError('start_true_ms is whole milliseconds.');
}
