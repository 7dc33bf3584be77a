import { basename } from 'node:path';
import {
  CodedError,
  FOLDER_PRESETS,
  folderLayoutOf,
  isCoded,
  parseRecordingPattern,
} from '@minhchung/domain';
import { edgeOfFolder } from './scan/edge-of-folder.ts';
import type { FolderPlace, ScanBudget } from './scan/list-directory.ts';

/** Entries looked at for one layout before the folder counts as too large to guess. */
const ENTRIES_MAX = 100_000;

/** `files` fits everything, since names tell no time there: it is for whoever chooses it. */
const TOLD_BY_NAME = Object.keys(FOLDER_PRESETS).filter((name) => name !== 'files');

/**
 * The one preset whose names a folder's files have; `path` is the folder of the camera, or empty. Throws `FOLDER_LAYOUT_UNKNOWN` where none fits, or more than one
 * does: then a person says which. Throws `SOURCE_UNREACHABLE` for a folder that is not there or empty.
 */
export async function recogniseLayout(folder: string, path: string, signal: AbortSignal): Promise<string> {
  const fitting: string[] = [];
  for (const name of TOLD_BY_NAME) {
    const { pattern: text } = folderLayoutOf({ pattern: name, zone: 'UTC' }, path);
    const pattern = parseRecordingPattern(text, path);
    const place = { folder, label: basename(folder), pattern, zone_us: 0 };
    const budget = { listed_directories: 0, listed_entries: 0, looked_at: 0, entries_max: ENTRIES_MAX };
    if ((await newestIn(place, budget, signal)) !== null) fitting.push(name);
  }
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  throw new CodedError('FOLDER_LAYOUT_UNKNOWN', {
    folder: basename(folder),
    fitting: fitting.join(', ') || '-',
    presets: TOLD_BY_NAME.join(', '),
  });
}

/** A folder in which nothing is named so is broken for whoever expects it, and no answer for whoever asks. */
async function newestIn(place: FolderPlace, budget: ScanBudget, signal: AbortSignal) {
  return edgeOfFolder(place, 'newest', budget, signal).catch((error: unknown) => {
    if (isCoded(error, 'SOURCE_BROKEN')) return null;
    throw error;
  });
}
