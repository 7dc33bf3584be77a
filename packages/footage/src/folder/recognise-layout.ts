import { basename } from 'node:path';
import { CodedError, FOLDER_PRESETS, folderLayoutOf, parseRecordingPattern } from '@minhchung/domain';
import { edgeOfFolder } from './scan/edge-of-folder.ts';

/** Entries looked at for one layout before the folder counts as too large to guess. */
const ENTRIES_MAX = 100_000;

/** `files` fits everything, since names tell no time there: it is for whoever chooses it. */
const TOLD_BY_NAME = Object.keys(FOLDER_PRESETS).filter((name) => name !== 'files');

/**
 * The one preset whose names a folder's files have; `path` is the folder of the camera, or empty. Throws `FOLDER_LAYOUT_UNKNOWN` where none fits, or more than one
 * does: then a person says which.
 */
export async function recogniseLayout(folder: string, path: string, signal: AbortSignal): Promise<string> {
  const fitting: string[] = [];
  for (const name of TOLD_BY_NAME) {
    const { pattern: text } = folderLayoutOf({ pattern: name, zone: 'UTC' }, path);
    const pattern = parseRecordingPattern(text, path);
    const place = { folder, label: basename(folder), pattern, zone_us: 0 };
    const budget = { listed_directories: 0, listed_entries: 0, looked_at: 0, entries_max: ENTRIES_MAX };
    if ((await edgeOfFolder(place, 'newest', budget, signal)) !== null) fitting.push(name);
  }
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  throw new CodedError('FOLDER_LAYOUT_UNKNOWN', {
    folder: basename(folder),
    fitting: fitting.join(', ') || '-',
    presets: TOLD_BY_NAME.join(', '),
  });
}
