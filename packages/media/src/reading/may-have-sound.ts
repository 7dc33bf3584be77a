import { isCoded } from '@minhchung/domain';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { probeStreams } from './stream-probe.ts';

/** What is no sound, whatever it holds. */
const SILENT = new Set(['video', 'subtitle', 'attachment']);
/** A container that tells of a stream by a number that not every tool knows. */
const UNNAMED_STREAMS = 'mpegts';

/**
 * Whether a file has sound, or may have, as ffprobe tells. The container reader passes over what it does not know in MPEG-TS (G.711, Opus
 * and others), so that its silence proves nothing. Throws `CANCELLED`.
 */
export async function mayHaveSound(
  path: string,
  signal: AbortSignal,
  options: MediaToolOptions,
): Promise<boolean> {
  try {
    const { format_name, types } = await probeStreams(path, signal, options);
    const is_named = !format_name.split(',').includes(UNNAMED_STREAMS);
    return types.some((type) => !SILENT.has(type) && !(is_named && type === 'data'));
  } catch (error) {
    if (isCoded(error, 'TOOL_MISSING', 'TOOL_FAILED', 'TOOL_TIMEOUT')) return true;
    throw error;
  }
}
