import { MEDIA_LIMITS } from '../limits.ts';
import { fileInput, QUIET_ARGUMENTS } from '../tools/input-arguments.ts';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { toolLines } from '../tools/tool-output.ts';
import type { ProbedStream, ProbedVideo } from './stream-probe.ts';
import { unreadable } from './unreadable.ts';

/** A packet of a stream, in decode order, without its bytes. */
export interface ListedPacket {
  readonly time_us: number;
  readonly size_bytes: number;
  readonly is_marked_as_key: boolean;
}

/** One stream of a file, as the tools name it. */
export interface ToolStream {
  readonly path: string;
  /** `v:0`: the first of pictures; `a:0`: the first of sound. */
  readonly specifier: 'v:0' | 'a:0';
  readonly stream: ProbedStream;
  /** Which of its times count. */
  readonly times: 'pts' | 'dts';
}

/**
 * The pictures of a file. Throws `MEDIA_UNREADABLE` where they are reordered and the container has no presentation
 * times (AVI): their order is then unknown, and guessing would put frames at wrong times.
 */
export function picturesOf(path: string, video: ProbedVideo): ToolStream {
  if (video.is_reordered && !video.has_presentation_times) {
    throw unreadable(path, 'frames are reordered and the container has no presentation times');
  }
  return { path, specifier: 'v:0', stream: video, times: video.has_presentation_times ? 'pts' : 'dts' };
}

/** Lists the packets of a stream by ffprobe. Throws `MEDIA_UNREADABLE`. */
export async function* listPackets(
  { path, specifier, stream, times }: ToolStream,
  signal: AbortSignal,
  options: MediaToolOptions,
): AsyncGenerator<ListedPacket> {
  const args = [
    ...QUIET_ARGUMENTS,
    ...fileInput(path),
    '-select_streams',
    specifier,
    '-show_entries',
    'packet=pts,dts,size,flags',
    '-of',
    'compact=print_section=0',
  ];
  const deadline_ms = options.deadline_ms ?? MEDIA_LIMITS.derivative_deadline_ms;
  const [numerator, denominator] = stream.time_base;
  const toMicroseconds = (units: number) => Math.round((units * numerator * 1e6) / denominator);
  for await (const line of toolLines({ tool: 'ffprobe', args, deadline_ms, signal }, options)) {
    const fields = new Map(line.split('|').map((field) => field.split('=', 2) as [string, string]));
    const size_bytes = Number(fields.get('size'));
    if (!Number.isSafeInteger(size_bytes) || size_bytes > MEDIA_LIMITS.packet_bytes_max) {
      throw unreadable(path, 'a packet without a sane size');
    }
    const units = Number(fields.get(times));
    if (Number.isNaN(units)) throw unreadable(path, 'a packet without a time');
    yield {
      time_us: toMicroseconds(units),
      size_bytes,
      is_marked_as_key: fields.get('flags')?.startsWith('K') ?? false,
    };
  }
}
