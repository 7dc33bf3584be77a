import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import { MEDIA_LIMITS } from '../limits.ts';
import { findProgram } from './find-program.ts';
import type { MediaToolOptions } from './run-tool.ts';
import { toolOutput } from './tool-output.ts';

const VERSION_OUTPUT_BYTES_MAX = 64 * 1024;
const UNKNOWN = 'unknown';

export type ToolVersions = Readonly<Record<string, string>>;

/**
 * Makes what tells the versions of the tools that make derivatives. ffmpeg is started for it only when its program file is another one
 * than at the last question: starting it behind its walls costs as much as cutting a minute. What it gives throws `TOOL_MISSING`.
 */
export function createToolVersions(options: MediaToolOptions): () => Promise<ToolVersions> {
  let known: { readonly program: string; readonly versions: ToolVersions } | null = null;
  return async () => {
    const program = await describeProgram(options.ffmpeg_path ?? 'ffmpeg');
    if (known?.program === program) return known.versions;
    const versions = await askVersions(options);
    known = program === '' || versions.ffmpeg === UNKNOWN ? null : { program, versions };
    return versions;
  };
}

/** Another text for another file, also one that was put in the place of the old one. */
async function describeProgram(name: string): Promise<string> {
  const path = await findProgram(name);
  // One that is being replaced may be gone a moment after it was found.
  const facts = path === null ? null : await stat(path).catch(() => null);
  return facts === null ? '' : [path, facts.ino, facts.size, facts.mtimeMs].join(' ');
}

async function askVersions(options: MediaToolOptions): Promise<ToolVersions> {
  const signal = AbortSignal.timeout(MEDIA_LIMITS.version_deadline_ms);
  const output = await toolOutput(
    { tool: 'ffmpeg', args: ['-version'], deadline_ms: MEDIA_LIMITS.version_deadline_ms, signal },
    VERSION_OUTPUT_BYTES_MAX,
    options,
  );
  const ffmpeg = /^ffmpeg version (\S+)/.exec(output.toString('utf8'))?.[1] ?? UNKNOWN;
  return { ffmpeg, sharp: sharp.versions.sharp ?? UNKNOWN, libvips: sharp.versions.vips };
}
