import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import { MEDIA_LIMITS } from '../limits.ts';
import { findProgram } from './find-program.ts';
import type { MediaToolOptions } from './run-tool.ts';
import { toolOutput } from './tool-output.ts';

const VERSION_OUTPUT_BYTES_MAX = 64 * 1024;

export type ToolVersions = Readonly<Record<string, string>>;

/**
 * Makes what tells the versions of the tools that make derivatives. ffmpeg is started for it only when its program file is another one
 * than at the last question: starting it behind its walls costs as much as cutting a minute. What it gives throws `TOOL_MISSING`.
 */
export function createToolVersions(options: MediaToolOptions): () => Promise<ToolVersions> {
  let known: { readonly program: string; readonly versions: ToolVersions } | null = null;
  return async () => {
    const program = await describeProgram(options.ffmpeg_path ?? 'ffmpeg');
    if (known === null || known.program !== program) {
      known = { program, versions: await askVersions(options) };
    }
    return known.versions;
  };
}

/** Another text for another file, also one that was put in the place of the old one. */
async function describeProgram(name: string): Promise<string> {
  const path = await findProgram(name);
  if (path === null) return '';
  const { ino, size, mtimeMs } = await stat(path);
  return [path, ino, size, mtimeMs].join(' ');
}

async function askVersions(options: MediaToolOptions): Promise<ToolVersions> {
  const signal = AbortSignal.timeout(MEDIA_LIMITS.version_deadline_ms);
  const output = await toolOutput(
    { tool: 'ffmpeg', args: ['-version'], deadline_ms: MEDIA_LIMITS.version_deadline_ms, signal },
    VERSION_OUTPUT_BYTES_MAX,
    options,
  );
  const ffmpeg = /^ffmpeg version (\S+)/.exec(output.toString('utf8'))?.[1] ?? 'unknown';
  return { ffmpeg, sharp: sharp.versions.sharp ?? 'unknown', libvips: sharp.versions.vips };
}
