import type { DerivativeMaker } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { MASTER_TIMESCALE, microsecondsToTicks } from '../mp4/sample-times.ts';
import { fileInput, QUIET_ARGUMENTS } from '../tools/input-arguments.ts';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { toolLines } from '../tools/tool-output.ts';
import { playableSound } from './playable-sound.ts';

/** What a playable copy is made from. */
export type PlayableRequest = Parameters<DerivativeMaker['playable']>[0];

/**
 * Encodes the frames of a master whose presentation time lies in `[from_us, to_us)` as H.264 MP4 with the index
 * in front. Frames are chosen by their exact tick and keep their distances; the first begins at zero. Sound is laid beside them by its own times.
 */
export async function makePlayable(
  request: PlayableRequest,
  options: MediaToolOptions,
): Promise<{ frame_count: number }> {
  const lines = toolLines(
    {
      tool: 'ffmpeg',
      args: playableArguments(request, options.threads),
      deadline_ms: options.deadline_ms ?? MEDIA_LIMITS.derivative_deadline_ms,
      signal: request.signal,
    },
    options,
  );
  let frame_count = 0;
  for await (const line of lines) {
    const [key, value] = line.split('=', 2);
    if (key === 'frame') frame_count = Number(value);
    if (key === 'out_time_us') reportProgress(request, Number(value));
  }
  return { frame_count };
}

function playableArguments(request: PlayableRequest, threads?: number) {
  const { master_path, output_path, from_us, to_us } = request;
  const first_tick = microsecondsToTicks(from_us);
  const end_tick = microsecondsToTicks(to_us);
  const pictures = `[0:v:0]settb=1/${MASTER_TIMESCALE},trim=start_pts=${first_tick}:end_pts=${end_tick},setpts=PTS-STARTPTS,format=yuv420p[pictures]`;
  const sound = playableSound(request);
  const threading = threads === undefined ? [] : ['-threads', `${threads}`];
  return [
    ...QUIET_ARGUMENTS,
    '-nostdin',
    '-y',
    ...threading,
    ...fileInput(master_path),
    ...sound.inputs,
    '-filter_complex',
    [pictures, ...sound.filters].join(';'),
    '-map',
    '[pictures]',
    '-fps_mode',
    'passthrough',
    '-enc_time_base',
    `1:${MASTER_TIMESCALE}`,
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '20',
    // Without B-frames the file needs no edit list, and every player shows the first frame at zero.
    '-bf',
    '0',
    ...threading,
    '-video_track_timescale',
    `${MASTER_TIMESCALE}`,
    ...sound.outputs,
    '-map_metadata',
    '-1',
    '-movflags',
    '+faststart',
    '-progress',
    'pipe:1',
    '-nostats',
    '-f',
    'mp4',
    `file:${output_path}`,
  ];
}

function reportProgress({ from_us, to_us, on_progress }: PlayableRequest, done_us: number): void {
  const wanted_us = to_us - from_us;
  if (Number.isFinite(done_us) && wanted_us > 0) on_progress?.(Math.min(Math.max(done_us / wanted_us, 0), 1));
}
