import type { FolderRange, FolderTrackState, IndexedDirectory } from '@minhchung/domain';
import { CodedError, type PatternFields, patternFieldRange, readPatternSegment } from '@minhchung/domain';
import { QUIET_MS, WIDE_EVERY_MS } from '../../limits.ts';
import { writeListing } from './compare-listing.ts';
import {
  BudgetSpent,
  type Candidate,
  listDirectory,
  lookAt,
  type PathFacts,
  type ScanBudget,
  unreachable,
} from './list-directory.ts';
import type { ScanOptions } from './scan-options.ts';
import { knownChildren, needsLastListing, settledTrees, unchangedSince_ms } from './settling.ts';

/** What a pass did. */
export interface ScanReport extends Omit<ScanBudget, 'entries_max'> {
  /** False: more is to be done, in another pass. */
  readonly is_complete: boolean;
  /** Files that were not known before. */
  readonly new_files: number;
}

/**
 * One pass over a folder: what may have changed is looked at, what did change is listed, the newest first. Of
 * directories that settled long ago only the first and last are looked at, and all of them when nothing new comes or
 * `WIDE_EVERY_MS` have passed: a clock that was set back writes among the old. With a `range`, only what can hold
 * files that begin in it.
 *
 * Throws `SOURCE_UNREACHABLE` (a folder that is gone or empty never empties the index), `SOURCE_BROKEN`, `CANCELLED`.
 */
export async function scanFolder(
  options: ScanOptions,
  range: FolderRange | null,
  signal: AbortSignal,
): Promise<ScanReport> {
  const pass = await ScanPass.begin(options, range, signal);
  return await pass.run();
}

class ScanPass {
  readonly #options: ScanOptions;
  readonly #range: FolderRange | null;
  readonly #signal: AbortSignal;
  readonly #state: FolderTrackState;
  readonly #root: PathFacts;
  readonly #known: ReadonlyMap<string, IndexedDirectory>;
  readonly #children: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #settled: ReadonlySet<string>;
  readonly #is_wide: boolean;
  readonly #now_ms: number;
  readonly #budget: ScanBudget;
  #new_files = 0;
  #listed_files = 0;

  private constructor(
    options: ScanOptions,
    range: FolderRange | null,
    signal: AbortSignal,
    root: PathFacts,
    state: FolderTrackState,
    rows: readonly IndexedDirectory[],
  ) {
    this.#options = options;
    this.#range = range;
    this.#signal = signal;
    this.#root = root;
    this.#state = state;
    this.#known = new Map(rows.map((row) => [row.directory, row]));
    this.#children = knownChildren(rows);
    this.#settled = settledTrees(rows);
    this.#now_ms = Math.round(options.time.now_ms());
    const since_wide_ms = this.#now_ms - state.wide_at_ms;
    const became_quiet = this.#now_ms - state.changed_at_ms >= QUIET_MS;
    const was_looked_for = state.wide_at_ms >= state.changed_at_ms + QUIET_MS;
    this.#is_wide = since_wide_ms >= WIDE_EVERY_MS || (became_quiet && !was_looked_for);
    const entries_max = options.entries_max;
    this.#budget = { listed_directories: 0, listed_entries: 0, looked_at: 0, entries_max };
  }

  static async begin(options: ScanOptions, range: FolderRange | null, signal: AbortSignal) {
    const { index, track, layout_key, place } = options;
    const root = await lookAt(place, []);
    if (root?.kind !== 'directory') throw unreachable(place, 'ENOENT');
    let state = await index.state(track);
    if (state !== null && state.layout_key !== layout_key) {
      await index.forget(track);
      state = null;
    }
    if (state === null) {
      state = { layout_key, scanned_at_ms: 0, changed_at_ms: 0, wide_at_ms: 0, is_complete: false };
      await index.saveState(track, state);
    }
    return new ScanPass(options, range, signal, root, state, await index.directories(track));
  }

  async run(): Promise<ScanReport> {
    let is_complete = true;
    try {
      await this.#visit([], {}, true);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      is_complete = false;
    }
    const { entries_max: _, ...counts } = this.#budget;
    if (this.#range === null) await this.#saveState(is_complete);
    return { ...counts, is_complete, new_files: this.#new_files };
  }

  async #saveState(is_complete: boolean): Promise<void> {
    const { index, track, layout_key } = this.#options;
    const before = this.#state;
    const now_ms = this.#now_ms;
    await index.saveState(track, {
      layout_key,
      scanned_at_ms: is_complete ? now_ms : before.scanned_at_ms,
      // What a first pass finds may be old.
      changed_at_ms: this.#new_files > 0 && before.is_complete ? now_ms : before.changed_at_ms,
      wide_at_ms: is_complete && this.#is_wide ? now_ms : before.wide_at_ms,
      is_complete: before.is_complete || is_complete,
    });
  }

  /** One directory; `is_edge`: the first or last of its kind, looked at in every pass. */
  async #visit(above: readonly string[], fields: PatternFields, is_edge: boolean): Promise<void> {
    if (this.#signal.aborted) throw new CodedError('CANCELLED');
    const { segments } = this.#options.place.pattern;
    const directory = above.join('/');
    const { literal } = segments[above.length]!;
    const is_leaf = above.length + 1 === segments.length;
    if (!is_leaf && literal !== null) return await this.#visit([...above, literal], fields, is_edge);
    if (!is_edge && !this.#is_wide && this.#settled.has(directory)) return;

    const row = this.#known.get(directory);
    this.#budget.looked_at += 1;
    const facts = await lookAt(this.#options.place, above);
    const modified_us = facts?.kind === 'directory' ? facts.modified_us : null;
    if (modified_us === null) return await this.#noteAbsent(directory, row);
    const is_known = row?.modified_us === modified_us && !needsLastListing(row, this.#now_ms);
    if (is_leaf) {
      if (!is_known) await this.#listFiles(above, fields, row, modified_us);
      return;
    }
    if (is_known) return await this.#descend(above, this.#below(directory, above.length, fields));
    await this.#descend(above, await this.#listDirectories(above, fields));
    // Only now: a pass that ends before it came to all of them must find them again.
    if (this.#range !== null) return;
    const as_listed = this.#asListed(directory, row, modified_us);
    const { index, track } = this.#options;
    await index.apply(track, { directory: as_listed, put: [], gone: [], in_directory: directory });
  }

  /** Directories below one, the newest first, the first and the last of them as edges. */
  async #descend(above: readonly string[], below: readonly Candidate[]): Promise<void> {
    const range = this.#range;
    const newest_first = below.toSorted((a, b) => b.from_us - a.from_us || (a.name < b.name ? 1 : -1));
    for (const [n, { name, fields, from_us, to_us }] of newest_first.entries()) {
      if (range !== null && (from_us >= range.to_us || to_us <= range.from_us)) continue;
      const is_edge = range !== null || n === 0 || n === newest_first.length - 1;
      await this.#visit([...above, name], fields, is_edge);
    }
  }

  /** What is known below a directory that did not change. */
  #below(directory: string, level: number, fields: PatternFields): Candidate[] {
    const { pattern, zone_us } = this.#options.place;
    return [...(this.#children.get(directory) ?? [])].flatMap((name) => {
      const read = readPatternSegment(pattern.segments[level]!, name, fields);
      const range = read === null ? null : patternFieldRange(read, zone_us);
      return read === null || range === null ? [] : [{ name, fields: read, ...range, start_us: null }];
    });
  }

  /** Directories in one; those that are gone are forgotten. */
  async #listDirectories(above: readonly string[], fields: PatternFields): Promise<Candidate[]> {
    const { index, track } = this.#options;
    const listed = await this.#list(above, fields);
    const present = new Set(listed.map(({ name }) => name));
    const directory = above.join('/');
    const gone = [...(this.#children.get(directory) ?? [])].filter((name) => !present.has(name));
    if (gone.length > 0) await this.#checkStillThere();
    for (const name of gone) {
      await index.removeDirectory(track, directory === '' ? name : `${directory}/${name}`);
    }
    return listed;
  }

  async #listFiles(
    above: readonly string[],
    fields: PatternFields,
    row: IndexedDirectory | undefined,
    modified_us: number,
  ): Promise<void> {
    // Directories of directories do not count: every pass lists some of them again, and must come further.
    if (this.#listed_files >= this.#budget.entries_max) throw new BudgetSpent();
    const directory = above.join('/');
    // Read before the listing: what another process adds meanwhile is not taken for gone.
    const missing = new Set(await this.#options.index.names(this.#options.track, directory));
    const fresh = await this.#list(above, fields, missing);
    const gone = [...missing];
    if (gone.length > 0) await this.#checkStillThere();
    const listing = { directory, fresh, gone, now_ms: this.#now_ms };
    const as_listed = this.#asListed(directory, row, modified_us);
    this.#new_files += await writeListing(this.#options, listing, as_listed, this.#budget);
  }

  async #list(above: readonly string[], fields: PatternFields, missing?: Set<string>): Promise<Candidate[]> {
    const { place } = this.#options;
    const before = this.#budget.listed_entries;
    const listed = await listDirectory(place, above, fields, this.#budget, this.#signal, missing);
    if (missing !== undefined) this.#listed_files += this.#budget.listed_entries - before;
    return listed ?? [];
  }

  #asListed(directory: string, row: IndexedDirectory | undefined, modified_us: number): IndexedDirectory {
    const now_ms = this.#now_ms;
    const unchanged_since_ms = unchangedSince_ms(row, modified_us, now_ms);
    return { directory, modified_us, unchanged_since_ms, listed_at_ms: now_ms };
  }

  /** A directory that should be there and is not: the camera had nothing to write in that hour, or it was deleted. */
  async #noteAbsent(directory: string, row: IndexedDirectory | undefined): Promise<void> {
    const { index, track } = this.#options;
    await this.#checkStillThere();
    if (row?.modified_us === null && !needsLastListing(row, this.#now_ms)) return;
    if (row !== undefined && row.modified_us !== null) {
      await index.removeDirectory(track, directory);
    }
    const unchanged_since_ms = unchangedSince_ms(row, null, this.#now_ms);
    const absent = { directory, modified_us: null, unchanged_since_ms, listed_at_ms: this.#now_ms };
    await index.apply(track, { directory: absent, put: [], gone: [], in_directory: directory });
  }

  /** Before anything is forgotten: a share that went away in mid-scan leaves an empty place behind. */
  async #checkStillThere(): Promise<void> {
    const { place } = this.#options;
    const now = await lookAt(place, []);
    if (now === null || now.device !== this.#root.device || now.inode !== this.#root.inode) {
      throw unreachable(place, 'it went away while it was read');
    }
  }
}
