import type { FolderTimeSource } from '@minhchung/domain';
import { SAME_CLOCK_US } from '../limits.ts';
import type { MeasuredFile } from './timeline.ts';

/** A file of a folder that others are written into beside it. */
export interface WrittenFile extends MeasuredFile {
  /** What tells in which order files were written: when we saw it first, and when it was changed last. */
  readonly written: { readonly seen_at_ms: number; readonly modified_us: number };
  /** What told its start. */
  readonly time_from: FolderTimeSource;
  /** Its beginning is also in the file before it. */
  readonly repeats: boolean;
}

/** Files that go on from one another, in order of their stated start. */
interface Chain {
  readonly files: WrittenFile[];
  end_us: number;
}

/**
 * Parts files that were recorded under the same device times, as after a clock was set back, into one list for each
 * time the clock ran through them, in the order in which they were written. Files are in order of their stated start.
 *
 * A file goes on with the list whose end lies nearest before its start. Where it overlaps all of them by more than
 * names and clocks allow (`slack_us`), it is other footage and begins a list of its own, unless it repeats what
 * another holds (a restart, a pre-roll).
 */
export function alternativesOf(files: readonly WrittenFile[], slack_us: number): WrittenFile[][] {
  const chains: Chain[] = [];
  let last: Chain | undefined;
  for (const file of files) {
    const open = chains.filter((chain) => chain.end_us - slack_us <= file.stated_start_us);
    let chain = open.reduce<Chain | undefined>(
      (best, one) => (best === undefined || one.end_us > best.end_us ? one : best),
      undefined,
    );
    if (file.repeats) chain ??= last;
    if (chain === undefined) {
      chain = { files: [], end_us: Number.NEGATIVE_INFINITY };
      chains.push(chain);
    }
    chain.files.push(file);
    chain.end_us = Math.max(chain.end_us, file.stated_start_us + file.duration_us);
    last = chain;
  }
  return chains.sort(inOrderOfWriting).map((chain) => chain.files);
}

/** Files that begin before an earlier one ends, with the one that lasts longest among those. */
export function overlaps(
  files: readonly WrittenFile[],
  slack_us: number,
): { readonly earlier: WrittenFile; readonly later: WrittenFile }[] {
  const found: { earlier: WrittenFile; later: WrittenFile }[] = [];
  let longest: WrittenFile | undefined;
  for (const file of files) {
    if (longest !== undefined && end_us(longest) - slack_us > file.stated_start_us) {
      found.push({ earlier: longest, later: file });
    }
    if (longest === undefined || end_us(file) > end_us(longest)) longest = file;
  }
  return found;
}

const end_us = (file: WrittenFile): number => file.stated_start_us + file.duration_us;

/**
 * What we saw ourselves, by our own clock, comes first. Else the time by which files were changed after their end: of
 * two lists at the same device times the one with the greater lag was written later, where it was another clock than
 * the device's that told when. Where it was the same one, the list that begins earlier was first, for the other goes
 * on from where the clock had been set to.
 */
function inOrderOfWriting(a: Chain, b: Chain): number {
  const [seen_a, seen_b] = [a, b].map(({ files }) => files.map(({ written }) => written.seen_at_ms));
  if (Math.max(...seen_a!) < Math.min(...seen_b!)) return -1;
  if (Math.max(...seen_b!) < Math.min(...seen_a!)) return 1;
  const lag_us = meanLag_us(a) - meanLag_us(b);
  if (Math.abs(lag_us) > SAME_CLOCK_US) return lag_us;
  return a.files[0]!.stated_start_us - b.files[0]!.stated_start_us;
}

/** How long after its end, by the device's clock, a file was changed last, by whatever clock told that. */
function meanLag_us({ files }: Chain): number {
  return files.reduce((sum, file) => sum + file.written.modified_us - end_us(file), 0) / files.length;
}
