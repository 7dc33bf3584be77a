import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@minhchung/domain';
import { DIRECTORY_ENTRIES_MAX, LISTED_ENTRIES_MAX } from '../limits.ts';
import {
  fieldRange,
  type NameFields,
  type RecordingPattern,
  readSegment,
  statedStart_us,
} from './pattern.ts';

/** A file whose name states when it begins. */
export interface NamedFile {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  readonly path: string;
  /** Microseconds since 1970 by the device's clock. */
  readonly stated_start_us: number;
}

/** Instants in microseconds since 1970, `[from_us, to_us)`. */
export interface Range_us {
  readonly from_us: number;
  readonly to_us: number;
}

/** One entry that fits the pattern so far, with the time it and everything below it can have. */
interface Candidate extends Range_us {
  readonly name: string;
  readonly fields: NameFields;
}

/**
 * Looks for files named by one pattern under one folder. Reads only directories that can hold what is asked;
 * follows no symbolic link; gives up beyond its limits rather than running on. Throws `SOURCE_UNREACHABLE` for
 * what cannot be read (never mistaking that for empty) and `SOURCE_BROKEN` for a folder that is not of this kind.
 */
export class FolderListing {
  readonly #folder: string;
  readonly #label: string;
  readonly #pattern: RecordingPattern;
  /** Zone minus UTC. */
  readonly #zone_us: number;
  readonly #signal: AbortSignal;
  #listed = 0;

  constructor(
    folder: string,
    pattern: RecordingPattern,
    options: { readonly label: string; readonly zone_offset_ms: number; readonly signal: AbortSignal },
  ) {
    this.#folder = folder;
    this.#pattern = pattern;
    this.#label = options.label;
    this.#zone_us = options.zone_offset_ms * 1000;
    this.#signal = options.signal;
  }

  /** Files that say they begin in the range, in order of time, then of name. */
  async beginningIn(range: Range_us): Promise<NamedFile[]> {
    const files: NamedFile[] = [];
    await this.#collect([], {}, range, files);
    return files.sort((a, b) => a.stated_start_us - b.stated_start_us || (a.name < b.name ? -1 : 1));
  }

  /** The file that says it begins first, or last; null where there is none. */
  async edge(which: 'oldest' | 'newest'): Promise<NamedFile | null> {
    return await this.#edge([], {}, which);
  }

  async #collect(
    above: readonly string[],
    fields: NameFields,
    range: Range_us,
    files: NamedFile[],
  ): Promise<void> {
    for (const candidate of await this.#candidates(above, fields)) {
      if (candidate.from_us >= range.to_us || candidate.to_us <= range.from_us) continue;
      const path = [...above, candidate.name];
      if (path.length < this.#pattern.segments.length) {
        await this.#collect(path, candidate.fields, range, files);
        continue;
      }
      const file = this.#fileAt(path, candidate.fields);
      if (file.stated_start_us >= range.from_us && file.stated_start_us < range.to_us) files.push(file);
    }
  }

  async #edge(
    above: readonly string[],
    fields: NameFields,
    which: 'oldest' | 'newest',
  ): Promise<NamedFile | null> {
    const sign = which === 'oldest' ? 1 : -1;
    const is_file = above.length + 1 === this.#pattern.segments.length;
    const key = (one: Candidate) => (is_file ? (statedStart_us(one.fields) ?? 0) : one.from_us);
    const candidates = await this.#candidates(above, fields);
    for (const candidate of candidates.sort((a, b) => sign * (key(a) - key(b)))) {
      const path = [...above, candidate.name];
      if (is_file) return this.#fileAt(path, candidate.fields);
      const found = await this.#edge(path, candidate.fields, which);
      if (found !== null) return found;
    }
    return null;
  }

  #fileAt(path: readonly string[], fields: NameFields): NamedFile {
    const stated_start_us = statedStart_us(fields)! - this.#zone_us;
    return { name: path.join('/'), path: join(this.#folder, ...path), stated_start_us };
  }

  /** Entries of one directory that fit the pattern and exist in the calendar. */
  async #candidates(above: readonly string[], fields: NameFields): Promise<Candidate[]> {
    const segment = this.#pattern.segments[above.length]!;
    const wants_files = above.length + 1 === this.#pattern.segments.length;
    const candidates: Candidate[] = [];
    let entries = 0;
    for await (const entry of this.#entries(above)) {
      entries += 1;
      // A symbolic link is neither file nor directory here: what lies outside the folder is nobody's footage.
      if (wants_files ? !entry.isFile() : !entry.isDirectory()) continue;
      const read = readSegment(segment, entry.name, fields);
      const range = read === null ? null : fieldRange(read);
      if (read === null || range === null) continue;
      const from_us = range.from_us - this.#zone_us;
      candidates.push({ name: entry.name, fields: read, from_us, to_us: range.to_us - this.#zone_us });
    }
    if (above.length === 0) this.#checkTop(entries, candidates.length);
    return candidates;
  }

  /** An empty folder is what an unmounted share looks like; it must not pass for "holds nothing". */
  #checkTop(entries: number, fitting: number): void {
    if (entries === 0) throw this.#unreachable('the folder is empty; is the share mounted?');
    if (fitting === 0) {
      const reason = `nothing in it is named as ${this.#pattern.text}`;
      throw new CodedError('SOURCE_BROKEN', { address: this.#label, reason });
    }
  }

  async *#entries(above: readonly string[]): AsyncGenerator<Dirent> {
    let in_directory = 0;
    try {
      for await (const entry of await opendir(join(this.#folder, ...above))) {
        if (this.#signal.aborted) throw new CodedError('CANCELLED');
        in_directory += 1;
        this.#listed += 1;
        if (in_directory > DIRECTORY_ENTRIES_MAX || this.#listed > LISTED_ENTRIES_MAX) {
          throw new CodedError('SOURCE_BROKEN', {
            address: this.#label,
            reason: 'it has too many files to list',
          });
        }
        yield entry;
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (error instanceof CodedError || code === undefined) throw error;
      // A day's folder may be deleted by the recorder's own retention while we look.
      if (code === 'ENOENT' && above.length > 0) return;
      throw this.#unreachable(code);
    }
  }

  #unreachable(reason: string): CodedError {
    return new CodedError('SOURCE_UNREACHABLE', { address: this.#label, reason });
  }
}
