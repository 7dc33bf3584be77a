import { MEDIA_LIMITS } from '../limits.ts';
import { fileInput, QUIET_ARGUMENTS } from '../tools/input-arguments.ts';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { toolLines } from '../tools/tool-output.ts';
import type { ProbedVideo } from './stream-probe.ts';
import { unreadable } from './unreadable.ts';

/** A packet of a file's first video stream, in decode order, without its bytes. */
export interface ListedPacket {
  readonly time_us: number;
  readonly size_bytes: number;
  readonly is_marked_as_key: boolean;
}

/**
 * Lists the packets by ffprobe. Throws `MEDIA_UNREADABLE` where a stream is reordered and the container has no
 * presentation times (AVI): their order is then unknown, and guessing would put frames at wrong times.
 */
export async function* listPackets(
  path: string,
  video: ProbedVideo,
  signal: AbortSignal,
  options: MediaToolOptions,
): AsyncGenerator<ListedPacket> {
  if (video.is_reordered && !video.has_presentation_times) {
    throw unreadable(path, 'frames are reordered and the container has no presentation times');
  }
  const args = [
    ...QUIET_ARGUMENTS,
    ...fileInput(path),
    '-select_streams',
    'v:0',
    '-show_entries',
    'packet=pts,dts,size,flags',
    '-of',
    'compact=print_section=0',
  ];
  const deadline_ms = options.deadline_ms ?? MEDIA_LIMITS.derivative_deadline_ms;
  const [numerator, denominator] = video.time_base;
  const toMicroseconds = (units: number) => Math.round((units * numerator * 1e6) / denominator);
  for await (const line of toolLines({ tool: 'ffprobe', args, deadline_ms, signal }, options)) {
    const fields = new Map(line.split('|').map((field) => field.split('=', 2) as [string, string]));
    const size_bytes = Number(fields.get('size'));
    if (!Number.isSafeInteger(size_bytes) || size_bytes > MEDIA_LIMITS.packet_bytes_max) {
      throw unreadable(path, 'a packet without a sane size');
    }
    const units = Number(fields.get(video.has_presentation_times ? 'pts' : 'dts'));
    if (Number.isNaN(units)) throw unreadable(path, 'a packet without a time');
    yield {
      time_us: toMicroseconds(units),
      size_bytes,
      is_marked_as_key: fields.get('flags')?.startsWith('K') ?? false,
    };
  }
}
