import { createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CodedError, LIMITS } from '@minhchung/domain';
import type { FileFormat } from '@minhchung/registry';

/** Lists hold names and telephone numbers: nobody else's business on this machine. */
const OWNER_ONLY = 0o600;

/** A file named on the command line. Throws `COMMAND_MISUSED` when it cannot be read or is too large. */
export async function readNamedFile(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > LIMITS.csv_size_max_bytes) throw new Error(`${size} > ${LIMITS.csv_size_max_bytes} bytes`);
    return await readFile(path);
  } catch (error) {
    throw misused(path, error);
  }
}

/** By the end of its name: `.csv`, else a workbook. */
export function formatOf(path: string): FileFormat {
  return /\.(?:csv|txt)$/i.test(path) ? 'csv' : 'xlsx';
}

/** Writes beside the name and then takes it, so that nobody finds half a file. Throws `COMMAND_MISUSED`. */
export async function writeNamedFile(
  path: string,
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await pipeline(Readable.from(body), createWriteStream(unfinished, { mode: OWNER_ONLY }), { signal });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (error instanceof CodedError || signal.aborted) throw error;
    throw misused(path, error);
  }
}

function misused(path: string, error: unknown): CodedError {
  const reason = error instanceof Error ? error.message : String(error);
  return new CodedError('COMMAND_MISUSED', { reason: `${path}: ${reason}` });
}
