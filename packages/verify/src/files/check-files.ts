import { type FileHash, SHA256SUMS_NAME, SIGNATURE_NAME } from '@minhchung/formats';
import type { Findings } from '../report/findings.ts';
import { hashFile } from './hash-file.ts';
import type { PackageFolder } from './package-folder.ts';

/** What a file turned out to be. */
export interface SeenFile {
  readonly size_bytes: number;
  readonly sha256: string;
}

/**
 * Hashes every file of the folder and compares with `SHA256SUMS` (empty when that could not be read). Returns
 * what was seen by name.
 */
export async function checkFiles(
  folder: PackageFolder,
  listed: readonly FileHash[],
  findings: Findings,
  signal?: AbortSignal,
): Promise<Map<string, SeenFile>> {
  const present = new Set(folder.names);
  const expected = new Map(listed.map((file) => [file.name, file.sha256]));
  const missing = listed.filter((file) => !present.has(file.name));
  const unlisted = folder.names.filter((name) => !expected.has(name) && !isOutsideSums(name));
  findings.judge(
    'file_present',
    missing.map(({ name }) => ({ name })),
  );
  findings.judge(
    'file_unlisted',
    unlisted.map((name) => ({ name })),
  );

  const seen = new Map<string, SeenFile>();
  for (const name of folder.names) {
    const file = await folder.open(name);
    try {
      seen.set(name, await hashFile(file, signal));
    } finally {
      await file.close();
    }
    const wanted = expected.get(name);
    if (wanted !== undefined) compare(name, wanted, seen.get(name)!.sha256, findings);
  }
  return seen;
}

/** `SHA256SUMS` cannot hold its own hash, nor that of its signature. */
function isOutsideSums(name: string): boolean {
  return name === SHA256SUMS_NAME || name === SIGNATURE_NAME;
}

function compare(name: string, expected: string, actual: string, findings: Findings): void {
  if (actual === expected) findings.pass('file_hash', name);
  else findings.fail('file_hash', { expected, actual }, name);
}
