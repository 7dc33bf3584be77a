import sharp from 'sharp';
import { MEDIA_LIMITS } from '../limits.ts';
import type { MediaToolOptions } from './run-tool.ts';
import { toolOutput } from './tool-output.ts';

const VERSION_OUTPUT_BYTES_MAX = 64 * 1024;

/** Versions of the tools that make derivatives. Throws `TOOL_MISSING`. */
export async function toolVersions(
  options: MediaToolOptions,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const output = await toolOutput(
    { tool: 'ffmpeg', args: ['-version'], deadline_ms: MEDIA_LIMITS.version_deadline_ms, signal },
    VERSION_OUTPUT_BYTES_MAX,
    options,
  );
  const ffmpeg = /^ffmpeg version (\S+)/.exec(output.toString('utf8'))?.[1] ?? 'unknown';
  return { ffmpeg, sharp: sharp.versions.sharp ?? 'unknown', libvips: sharp.versions.vips };
}
