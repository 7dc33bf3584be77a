import { isCoded } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { fileInput, QUIET_ARGUMENTS } from '../tools/input-arguments.ts';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { toolOutput } from '../tools/tool-output.ts';
import type { ToldAudio } from './audio-description.ts';

/** Any stream as ffprobe describes it. */
export interface ProbedStream {
  readonly codec_name: string;
  /** Seconds of one unit of its times, as a fraction. */
  readonly time_base: readonly [number, number];
  readonly extradata: Uint8Array;
}

export interface ProbedVideo extends ProbedStream {
  readonly width: number;
  readonly height: number;
  /** Frames are coded in another order than shown. */
  readonly is_reordered: boolean;
  /** False where the container only counts frames; presentation times that a tool then states are guesses. */
  readonly has_presentation_times: boolean;
}

export interface ProbedAudio extends ProbedStream, ToldAudio {}

export interface ProbedFile {
  readonly video: ProbedVideo | null;
  /** The first stream of sound, of whatever codec. */
  readonly audio: ProbedAudio | null;
  /** Every other stream but the first of sound ("audio: pcm_alaw"). */
  readonly other_streams: readonly string[];
}

interface ProbeStream {
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly width?: number;
  readonly height?: number;
  readonly time_base?: string;
  readonly has_b_frames?: number;
  readonly sample_rate?: string;
  readonly channels?: number;
  readonly extradata?: string;
}

interface ProbeOutput {
  readonly format?: { readonly format_name?: string };
  readonly streams?: readonly ProbeStream[];
}

const AUDIO_CODECS = new Map<string, ToldAudio['codec']>([
  ['aac', 'aac'],
  ['pcm_mulaw', 'pcmu'],
  ['pcm_alaw', 'pcma'],
]);

const PROBE_OUTPUT_BYTES_MAX = 1024 * 1024;
/** Containers, by the names of their demuxers, without presentation times. */
const WITHOUT_PRESENTATION_TIMES = ['avi'];
const ENTRIES = 'codec_type,codec_name,width,height,time_base,has_b_frames,sample_rate,channels,extradata';

/** Describes the streams of a file by ffprobe. Throws `TOOL_MISSING`, `TOOL_FAILED`, `TOOL_TIMEOUT`, `CANCELLED`. */
export async function probeFile(
  path: string,
  signal: AbortSignal,
  options: MediaToolOptions,
): Promise<ProbedFile> {
  const { format, streams = [] } = await probe(path, signal, options);
  const video = streams.find((stream) => stream.codec_type === 'video');
  const audio = streams.find((stream) => stream.codec_type === 'audio');
  const others = streams.filter((stream) => stream !== video && stream !== audio);
  return {
    video: video === undefined ? null : videoOf(video, format?.format_name ?? ''),
    audio: audio === undefined ? null : audioOf(audio),
    other_streams: others.map(nameOf),
  };
}

/** What kinds of streams there are (`video`, `audio`, `data`, … `unknown`), and in what container. Throws as `probeFile`. */
export async function probeStreams(
  path: string,
  signal: AbortSignal,
  options: MediaToolOptions,
): Promise<{ readonly format_name: string; readonly types: readonly string[] }> {
  const { format, streams = [] } = await probe(path, signal, options);
  return {
    format_name: format?.format_name ?? '',
    types: streams.map(({ codec_type }) => codec_type ?? 'unknown'),
  };
}

async function probe(path: string, signal: AbortSignal, options: MediaToolOptions): Promise<ProbeOutput> {
  const entries = ['-show_entries', `format=format_name:stream=${ENTRIES}`, '-show_data', '-of', 'json'];
  const args = [...QUIET_ARGUMENTS, ...fileInput(path), ...entries];
  const { probe_deadline_ms: deadline_ms } = MEDIA_LIMITS;
  const output = await toolOutput(
    { tool: 'ffprobe', args, deadline_ms, signal },
    PROBE_OUTPUT_BYTES_MAX,
    options,
  );
  return JSON.parse(output.toString('utf8')) as ProbeOutput;
}

/**
 * The first stream of sound, for a container reader that does not know its codec. Null where there is none, or no
 * tool to ask: sound that nobody can name is left out, and the pictures are not lost for it. Throws `CANCELLED`.
 */
export async function probeAudio(
  path: string,
  signal: AbortSignal,
  options: MediaToolOptions,
): Promise<ProbedAudio | null> {
  try {
    return (await probeFile(path, signal, options)).audio;
  } catch (error) {
    if (isCoded(error, 'TOOL_MISSING', 'TOOL_FAILED', 'TOOL_TIMEOUT')) return null;
    throw error;
  }
}

/** How the manifest names a stream: "audio: pcm_alaw". */
export function nameOf(stream: { readonly codec_type?: string; readonly codec_name?: string }): string {
  return `${stream.codec_type ?? 'unknown'}: ${stream.codec_name ?? 'unknown'}`;
}

function videoOf(stream: ProbeStream, format_name: string): ProbedVideo {
  return {
    ...streamOf(stream),
    width: stream.width ?? 0,
    height: stream.height ?? 0,
    is_reordered: (stream.has_b_frames ?? 0) > 0,
    has_presentation_times: !WITHOUT_PRESENTATION_TIMES.includes(format_name),
  };
}

function audioOf(stream: ProbeStream): ProbedAudio {
  const common = streamOf(stream);
  return {
    ...common,
    codec: AUDIO_CODECS.get(common.codec_name) ?? null,
    sample_rate_hz: Number(stream.sample_rate) || 0,
    channel_count: stream.channels ?? 0,
    configuration: common.extradata,
  };
}

function streamOf(stream: ProbeStream): ProbedStream {
  const [numerator, denominator] = (stream.time_base ?? '').split('/').map(Number);
  return {
    codec_name: stream.codec_name ?? 'unknown',
    time_base: [numerator || 1, denominator || 1],
    extradata: bytesOfDump(stream.extradata ?? ''),
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
