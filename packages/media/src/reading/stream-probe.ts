import { MEDIA_LIMITS } from '../limits.ts';
import { fileInput, QUIET_ARGUMENTS } from '../tools/input-arguments.ts';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { toolOutput } from '../tools/tool-output.ts';

/** A video stream as ffprobe describes it. */
export interface ProbedVideo {
  readonly codec_name: string;
  readonly width: number;
  readonly height: number;
  /** Seconds of one unit of its times, as a fraction. */
  readonly time_base: readonly [number, number];
  /** Frames are coded in another order than shown. */
  readonly is_reordered: boolean;
  /** False where the container only counts frames; presentation times that a tool then states are guesses. */
  readonly has_presentation_times: boolean;
  readonly extradata: Uint8Array;
}

export interface ProbedFile {
  readonly video: ProbedVideo | null;
  /** Every other stream ("audio: pcm_alaw"). */
  readonly other_streams: readonly string[];
}

interface ProbeOutput {
  readonly format?: { readonly format_name?: string };
  readonly streams?: readonly {
    readonly codec_type?: string;
    readonly codec_name?: string;
    readonly width?: number;
    readonly height?: number;
    readonly time_base?: string;
    readonly has_b_frames?: number;
    readonly extradata?: string;
  }[];
}

const PROBE_OUTPUT_BYTES_MAX = 1024 * 1024;
/** Containers, by the names of their demuxers, without presentation times. */
const WITHOUT_PRESENTATION_TIMES = ['avi'];
const ENTRIES = 'codec_type,codec_name,width,height,time_base,has_b_frames,extradata';

/** Describes the streams of a file by ffprobe. Throws `TOOL_MISSING`, `TOOL_FAILED`, `TOOL_TIMEOUT`, `CANCELLED`. */
export async function probeFile(
  path: string,
  signal: AbortSignal,
  options: MediaToolOptions,
): Promise<ProbedFile> {
  const output = await toolOutput(
    {
      tool: 'ffprobe',
      args: [
        ...QUIET_ARGUMENTS,
        ...fileInput(path),
        '-show_entries',
        `format=format_name:stream=${ENTRIES}`,
        '-show_data',
        '-of',
        'json',
      ],
      deadline_ms: MEDIA_LIMITS.probe_deadline_ms,
      signal,
    },
    PROBE_OUTPUT_BYTES_MAX,
    options,
  );
  const { format, streams = [] } = JSON.parse(output.toString('utf8')) as ProbeOutput;
  const video = streams.find((stream) => stream.codec_type === 'video');
  const others = streams.filter((stream) => stream !== video);
  const [numerator, denominator] = (video?.time_base ?? '').split('/').map(Number);
  return {
    video:
      video === undefined
        ? null
        : {
            codec_name: video.codec_name ?? 'unknown',
            width: video.width ?? 0,
            height: video.height ?? 0,
            time_base: [numerator || 1, denominator || 1],
            is_reordered: (video.has_b_frames ?? 0) > 0,
            has_presentation_times: !WITHOUT_PRESENTATION_TIMES.includes(format?.format_name ?? ''),
            extradata: bytesOfDump(video.extradata ?? ''),
          },
    other_streams: others.map((s) => `${s.codec_type ?? 'unknown'}: ${s.codec_name ?? 'unknown'}`),
  };
}

/** Bytes of a hexadecimal dump: lines of an offset, up to eight groups of two bytes, two spaces and the text. */
function bytesOfDump(dump: string): Uint8Array {
  const digits = dump
    .split('\n')
    .map((line) => /^[0-9a-f]{8}: ((?:[0-9a-f]{2,4} )+)/.exec(line)?.[1] ?? '')
    .join('')
    .replaceAll(' ', '');
  return Buffer.from(digits, 'hex');
}
