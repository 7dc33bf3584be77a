import { CodedError } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { fileInput, QUIET_ARGUMENTS } from '../tools/input-arguments.ts';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { toolOutput } from '../tools/tool-output.ts';

/** Less than a tick of a master: seeking goes to the first frame at or after, and must not miss by rounding. */
const SEEK_TOLERANCE_US = 6;

/** Decodes the one frame of a master at `frame_us` as RGB pixels, 3 bytes each, scaled to the size given. */
export async function takeStill(
  request: {
    readonly master_path: string;
    readonly frame_us: number;
    readonly width: number;
    readonly height: number;
    readonly signal: AbortSignal;
  },
  options: MediaToolOptions,
): Promise<Buffer> {
  const { master_path, frame_us, width, height, signal } = request;
  const seek_us = Math.max(0, frame_us - SEEK_TOLERANCE_US);
  const size_bytes = width * height * 3;
  const pixels = await toolOutput(
    {
      tool: 'ffmpeg',
      args: [
        ...QUIET_ARGUMENTS,
        '-nostdin',
        ...(options.threads === undefined ? [] : ['-threads', `${options.threads}`]),
        '-ss',
        `${seek_us}us`,
        ...fileInput(master_path),
        '-map',
        '0:v:0',
        '-frames:v',
        '1',
        '-vf',
        `scale=${width}:${height}`,
        '-pix_fmt',
        'rgb24',
        '-f',
        'rawvideo',
        'pipe:1',
      ],
      deadline_ms: MEDIA_LIMITS.still_deadline_ms,
      signal,
    },
    size_bytes,
    options,
  );
  if (pixels.length !== size_bytes) {
    throw new CodedError('TOOL_FAILED', { tool: 'ffmpeg', reason: `no frame at ${frame_us} µs` });
  }
  return pixels;
}
