import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StampedFrame } from '../device/channel.ts';
import { type MissingFootage, recordingTimeline } from '../device/recording-timeline.ts';
import { matroskaBlock, matroskaHeader } from '../matroska/matroska-writer.ts';
import { startTool } from '../process/run-tool.ts';
import { writeAll } from '../process/write-all.ts';
import type { RecordedFootage } from '../recorded-video/recorded-footage.ts';
import type { DeviceClock } from '../time/device-clock.ts';
import { containerArguments, type SegmentContainer } from './container-arguments.ts';
import { segmentFileName } from './file-name.ts';
import { planSegments, type SegmentPlan } from './segment-plan.ts';

export interface WriteSegmentsOptions {
  /** Created when missing. */
  readonly directory: string;
  /** The clock that names the files. */
  readonly clock: DeviceClock;
  /** Default `%Y-%m-%d_%H-%M-%S-%f.mp4`, as MediaMTX names them; it may lead into folders. */
  readonly pattern?: string;
  /** Default `fmp4`. */
  readonly container?: SegmentContainer;
  /** Default one minute. */
  readonly segment_ms?: number;
  readonly missing?: Partial<MissingFootage>;
  readonly signal?: AbortSignal;
}

/** One file of a recording folder. */
export interface WrittenSegment {
  /** Relative to the folder. */
  readonly name: string;
  /** Its frames in presentation order. Device time is the name's time plus the time within the file. */
  readonly frames: readonly StampedFrame[];
}

const DEFAULT_PATTERN = '%Y-%m-%d_%H-%M-%S-%f.mp4';
const CODEC_IDS = { h264: 'V_MPEG4/ISO/AVC', h265: 'V_MPEGH/ISO/HEVC' } as const;

/**
 * Writes footage as the folder of a recorder that keeps files: each named by the device time of its first frame,
 * in Vietnam time, every frame at its exact millisecond within the file. Throws `TOOL_MISSING`, `TOOL_FAILED`,
 * `CANCELLED`.
 */
export async function writeSegments(
  footage: RecordedFootage,
  options: WriteSegmentsOptions,
): Promise<WrittenSegment[]> {
  const { pattern = DEFAULT_PATTERN, container = 'fmp4', segment_ms = 60_000 } = options;
  const missing = { holes: [], holds_from_true_ms: null, ...options.missing };
  const timeline = recordingTimeline(footage, options.clock, missing);
  const written: WrittenSegment[] = [];
  for (const segment of planSegments(timeline, segment_ms)) {
    const first = segment[0]!;
    const name = segmentFileName(pattern, first.device_time_us);
    const path = join(options.directory, name);
    await mkdir(dirname(path), { recursive: true });
    const ffmpeg = startTool('ffmpeg', containerArguments(container, path), { signal: options.signal });
    ffmpeg.stdout.resume();
    await Promise.all([writeAll(ffmpeg.stdin, matroskaOf(footage, segment)), ffmpeg.finished]);
    const frames = segment
      .map(({ true_time_ms }) => ({
        true_time_ms,
        device_time_us: first.device_time_us + (true_time_ms - first.true_time_ms) * 1000,
      }))
      .toSorted((a, b) => a.true_time_ms - b.true_time_ms);
    written.push({ name, frames });
  }
  return written;
}

async function* matroskaOf(footage: RecordedFootage, segment: SegmentPlan) {
  const { codec, width, height, decoder_configuration } = footage.stream;
  yield matroskaHeader({
    ...{ codec_id: CODEC_IDS[codec], width, height, codec_private: decoder_configuration },
    frame_duration_ns: Math.round(1e9 / footage.fps),
  });
  const first = segment[0]!;
  for await (const { frame, data } of footage.units(first.index, first.index + segment.length))
    yield matroskaBlock({
      time_ms: frame.true_time_ms - first.true_time_ms,
      is_keyframe: frame.is_keyframe,
      data,
    });
}
