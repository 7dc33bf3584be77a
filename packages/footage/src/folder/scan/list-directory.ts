import type { Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CodedError,
  type PatternFields,
  patternFieldRange,
  patternStart_us,
  type RecordingPattern,
  readPatternSegment,
} from '@minhchung/domain';
import { DIRECTORY_ENTRIES_MAX } from '../../limits.ts';

/** Where a folder is and how it is laid out. */
export interface FolderPlace {
  /** Absolute path. */
  readonly folder: string;
  /** The folder's name as errors may say it. */
  readonly label: string;
  readonly pattern: RecordingPattern;
  /** Zone minus UTC, for names that state none. */
  readonly zone_us: number;
}

/** One entry that fits the pattern so far, with the time that it and everything below it can have. */
export interface Candidate {
  readonly name: string;
  readonly fields: PatternFields;
  readonly from_us: number;
  readonly to_us: number;
  /** Of a file: the start its name states; null where it states none. */
  readonly start_us: number | null;
}

/** Thrown when a pass has done as much as it may; it goes on with the next one. */
export class BudgetSpent extends Error {}

/** Counts what was looked at, and stops where that is enough. */
export interface ScanBudget {
  listed_directories: number;
  listed_entries: number;
  /** Directories and files whose modification time was asked for. */
  looked_at: number;
  readonly entries_max: number;
}

/**
 * Entries of one directory that fit the pattern and exist in the calendar; null where there is no such directory.
 * Names that are in `missing` are known already: they are taken out of it, not read again and not told of.
 * A symbolic link is neither file nor directory here: what lies outside the folder is nobody's footage. Throws
 * `SOURCE_UNREACHABLE` for what cannot be read (never mistaking that for empty), `SOURCE_BROKEN` for a folder that
 * is not of this kind or too large, `CANCELLED`, and `BudgetSpent`.
 */
export async function listDirectory(
  place: FolderPlace,
  above: readonly string[],
  fields: PatternFields,
  budget: ScanBudget,
  signal: AbortSignal,
  missing?: Set<string>,
): Promise<Candidate[] | null> {
  const { pattern, zone_us } = place;
  const segment = pattern.segments[above.length]!;
  const wants_files = above.length + 1 === pattern.segments.length;
  const candidates: Candidate[] = [];
  let entries = 0;
  let known = 0;
  budget.listed_directories += 1;
  try {
    for await (const entry of entriesOf(place, above, budget, signal)) {
      entries += 1;
      if (wants_files ? !entry.isFile() : !entry.isDirectory()) continue;
      if (missing?.delete(entry.name)) {
        known += 1;
        continue;
      }
      const read = readPatternSegment(segment, entry.name, fields);
      const range = read === null ? null : patternFieldRange(read, zone_us);
      if (read === null || range === null) continue;
      const start_us = wants_files ? patternStart_us(read, zone_us) : null;
      candidates.push({ name: entry.name, fields: read, ...range, start_us });
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof CodedError || code === undefined) throw error;
    if (code === 'ENOENT' && above.length > 0) return null;
    throw unreachable(place, code);
  }
  if (above.length === 0) checkTop(place, entries, candidates.length + known);
  return candidates;
}

async function* entriesOf(
  { folder, label }: FolderPlace,
  above: readonly string[],
  budget: ScanBudget,
  signal: AbortSignal,
): AsyncGenerator<Dirent> {
  let in_directory = 0;
  for await (const entry of await opendir(join(folder, ...above), { bufferSize: 4_096 })) {
    if (signal.aborted) throw new CodedError('CANCELLED');
    in_directory += 1;
    budget.listed_entries += 1;
    if (in_directory > DIRECTORY_ENTRIES_MAX) {
      const reason = 'it has too many files in one directory to list';
      throw new CodedError('SOURCE_BROKEN', { address: label, reason });
    }
    yield entry;
  }
}

/** An empty folder is what an unmounted share looks like; it must not pass for "holds nothing". */
function checkTop(place: FolderPlace, entries: number, fitting: number): void {
  if (entries === 0) throw unreachable(place, 'the folder is empty; is the share mounted?');
  if (fitting === 0) {
    const reason = `nothing in it is named as ${place.pattern.text}`;
    throw new CodedError('SOURCE_BROKEN', { address: place.label, reason });
  }
}

/**
 * Before a missing file is forgotten: throws `SOURCE_UNREACHABLE` where the whole folder is gone or empty, as the place
 * is to which a share was mounted.
 */
export async function checkMounted(place: FolderPlace): Promise<void> {
  try {
    const directory = await opendir(place.folder);
    const first = await directory.read();
    await directory.close();
    if (first !== null) return;
  } catch (error) {
    throw unreachable(place, (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
  throw unreachable(place, 'the folder is empty; is the share mounted?');
}

/** What the file system says of one path. */
export interface PathFacts {
  readonly device: string;
  /** Null where the file system keeps none. */
  readonly inode: string | null;
  readonly size_bytes: number;
  readonly modified_us: number;
  readonly kind: 'file' | 'directory' | 'other';
}

/**
 * Looks at a path without following a link; null where there is nothing. Throws `SOURCE_UNREACHABLE` for what cannot
 * be told, as of a share that is gone.
 */
export async function lookAt(place: FolderPlace, parts: readonly string[]): Promise<PathFacts | null> {
  try {
    const facts = await lstat(join(place.folder, ...parts), { bigint: true });
    return {
      device: String(facts.dev),
      inode: facts.ino === 0n ? null : String(facts.ino),
      size_bytes: Number(facts.size),
      modified_us: Number(facts.mtimeNs / 1000n),
      kind: facts.isFile() ? 'file' : facts.isDirectory() ? 'directory' : 'other',
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === undefined) throw error;
    throw unreachable(place, code);
  }
}

/** `SOURCE_UNREACHABLE` for a folder. */
export function unreachable({ label }: FolderPlace, reason: string): CodedError {
  return new CodedError('SOURCE_UNREACHABLE', { address: label, reason });
}
