import {
  CodedError,
  type FolderIndex,
  type FolderTrack,
  type IndexedFile,
  type Span,
} from '@minhchung/domain';
import {
  COMPARED_FILES_MAX,
  FILE_DURATION_MS_MAX,
  FILES_MEETING_MAX,
  LEFT_OUT_MAX,
  MEASURED_BEFORE_MAX,
  NEIGHBOURS_MS,
  OPENED_FILES_MAX,
  UNREADABLE_BEFORE_MAX,
} from '../limits.ts';
import { overlaps, type WrittenFile } from './alternatives.ts';
import { BEING_WRITTEN, type FileMeasure, relativeName } from './file-measure.ts';
import { lengthBeforeNext } from './last-picture.ts';

/** How a question is asked of an index. */
export interface SpanQuestion {
  readonly asked: Span;
  readonly index: FolderIndex;
  readonly track: FolderTrack;
  readonly measure: FileMeasure;
  readonly label: string;
  readonly resolution_us: number;
  /** How far files may overlap by the coarseness of names and the jitter of clocks alone. */
  readonly slack_us: number;
}

/** Files that can meet a span, measured, in order of their stated start, and those that cannot be used. */
export interface FilesOfSpan {
  readonly files: readonly WrittenFile[];
  readonly left_out: readonly string[];
}

/**
 * Finds the files that can meet a span. What is settled is taken from the index; what is new, growing or was replaced
 * is opened, the latest first. Throws `FOOTAGE_BEING_WRITTEN` where a file of the span can only be read when it is
 * finished, `SOURCE_BROKEN` where there are too many files to open.
 */
export async function filesOfSpan(question: SpanQuestion, signal: AbortSignal): Promise<FilesOfSpan> {
  const { asked, index, track, measure, label, resolution_us } = question;
  const from_us = asked.start_ms * 1000;
  const range = { from_us: from_us - resolution_us, to_us: asked.end_ms * 1000 };
  const rows = await index.meeting(track, range, FILE_DURATION_MS_MAX * 1000, FILES_MEETING_MAX);
  const opened_before = measure.opened;
  const found: IndexedFile[] = [];
  const left_out: string[] = [];
  const before = { readable: 0, unreadable: 0, is_reached: false };
  for (const row of rows.reverse()) {
    if (signal.aborted) throw new CodedError('CANCELLED');
    if (measure.opened - opened_before >= OPENED_FILES_MAX) {
      const reason = `more than ${OPENED_FILES_MAX} files meet the span`;
      throw new CodedError('SOURCE_BROKEN', { address: label, reason });
    }
    const is_settled = row.state === 'measured' || row.state === 'unreadable';
    const is_far = before.readable >= MEASURED_BEFORE_MAX || before.unreadable >= UNREADABLE_BEFORE_MAX;
    if (!is_settled && is_far) continue;
    const must_look = !is_settled || rows.length <= COMPARED_FILES_MAX;
    const file = must_look ? await measure.current(row, signal) : row;
    if (file === null) continue;
    if (file.duration_us === null) {
      if (file.state === 'growing') {
        throw new CodedError('FOOTAGE_BEING_WRITTEN', { address: label, name: relativeName(file) });
      }
      if (file.start_us! < from_us) before.unreadable += 1;
      if (
        !before.is_reached &&
        before.unreadable <= UNREADABLE_BEFORE_MAX &&
        left_out.length < LEFT_OUT_MAX
      ) {
        left_out.push(`${relativeName(file)}: ${file.reason ?? BEING_WRITTEN}`);
      }
      continue;
    }
    before.is_reached ||= file.start_us! <= from_us;
    if (file.start_us! + file.duration_us + resolution_us <= from_us) before.readable += 1;
    else found.push(file);
  }
  return { files: await comparedFiles(found.reverse(), question, signal), left_out };
}

/**
 * The same files with those around them that the index knows: where a clock was set back, what came before what shows
 * only at the end of the times that were recorded twice.
 */
export async function withNeighbours(
  { asked, index, track, measure }: SpanQuestion,
  files: readonly WrittenFile[],
): Promise<WrittenFile[]> {
  const range = {
    from_us: (asked.start_ms - NEIGHBOURS_MS) * 1000,
    to_us: (asked.end_ms + NEIGHBOURS_MS) * 1000,
  };
  const known = new Set(files.map(({ path }) => path));
  const rows = await index.meeting(track, range, FILE_DURATION_MS_MAX * 1000, FILES_MEETING_MAX);
  const around = rows
    .filter((file) => file.state === 'measured' && !known.has(measure.pathOf(file)))
    .map((file) => asMeasured(file, measure.pathOf(file), file.duration_us!));
  return [...files, ...around].sort((a, b) => a.stated_start_us - b.stated_start_us);
}

/**
 * How long a file's last picture stays is a guess of whoever wrote it: where only that guess reaches into the next
 * file, the file ends where the next one begins. Files that overlap by more than that are compared: is it the same
 * footage twice?
 */
async function comparedFiles(
  files: readonly IndexedFile[],
  { measure, slack_us }: SpanQuestion,
  signal: AbortSignal,
): Promise<WrittenFile[]> {
  const rows = new Map<string, IndexedFile>();
  const measured: WrittenFile[] = [];
  for (const [n, file] of files.entries()) {
    rows.set(measure.pathOf(file), file);
    const duration_us = await durationBefore(file, files[n + 1], measure, signal);
    measured.push(asMeasured(file, measure.pathOf(file), duration_us));
  }
  for (const { earlier, later } of overlaps(measured, slack_us)) {
    const [of_earlier, of_later] = [rows.get(earlier.path)!, rows.get(later.path)!];
    const { repeats } = await measure.withRepeats(of_later, of_earlier, slack_us, signal);
    measured[measured.indexOf(later)] = { ...later, repeats: repeats === true };
  }
  return measured;
}

async function durationBefore(
  file: IndexedFile,
  next: IndexedFile | undefined,
  measure: FileMeasure,
  signal: AbortSignal,
): Promise<number> {
  const room_us = (next?.start_us ?? Number.POSITIVE_INFINITY) - file.start_us!;
  return await lengthBeforeNext(file.duration_us!, room_us, async () => {
    return (await measure.withLastPicture(file, signal)).last_picture_us!;
  });
}

function asMeasured(file: IndexedFile, path: string, duration_us: number): WrittenFile {
  const { start_us, time_from, seen_at_ms, modified_us, repeats, inode, size_bytes } = file;
  return {
    name: relativeName(file),
    path,
    stated_start_us: start_us!,
    duration_us,
    written: { seen_at_ms, modified_us: modified_us! },
    time_from: time_from!,
    repeats: repeats === true,
    as_measured: file.state === 'growing' ? null : { inode, size_bytes, modified_us },
  };
}
