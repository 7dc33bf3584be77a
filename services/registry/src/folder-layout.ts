import { posix } from 'node:path';
import {
  CodedError,
  FOLDER_PRESETS,
  type FolderLayout,
  isCoded,
  parseRecordingPattern,
} from '@minhchung/domain';

/** Stands for the folder of some camera while a pattern is checked. */
const ANY_CAMERA = 'camera';

/** A folder as an absolute, normalised path. Throws `FOLDER_PATH_INVALID`. */
export function checkedFolderPath(text: string): string {
  if (!text.startsWith('/') || text.split('/').includes('..')) throw new CodedError('FOLDER_PATH_INVALID');
  const normal = posix.normalize(text);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

/** Is this absolute path one of the roots (absolute, normalised), or below one? `..` is resolved first. */
export function isBelowRoot(path: string, roots: readonly string[]): boolean {
  const resolved = posix.resolve(path);
  return roots.some((root) => resolved === root || resolved.startsWith(`${root}/`));
}

/** A preset of `FOLDER_PRESETS`, or a pattern that can be read. Throws `FOLDER_PATTERN_INVALID`. */
export function checkedFolderPattern(text: string): string {
  if (Object.hasOwn(FOLDER_PRESETS, text)) return text;
  try {
    parseRecordingPattern(text, ANY_CAMERA);
  } catch (error) {
    if (isCoded(error, 'RECORDING_LAYOUT_INVALID')) throw new CodedError('FOLDER_PATTERN_INVALID');
    throw error;
  }
  return text;
}

/**
 * The zone of a layout: what was entered, else that of the preset, else what is known. Throws `FOLDER_PRESET_ZONE`
 * where the entered one is not that in which such a recorder names its files.
 */
export function checkedFolderZone(
  pattern: string,
  entered: FolderLayout['zone'] | null | undefined,
  known: FolderLayout['zone'],
): FolderLayout['zone'] {
  const zone = Object.hasOwn(FOLDER_PRESETS, pattern) ? (FOLDER_PRESETS[pattern]?.zone ?? null) : null;
  if (zone !== null && entered != null && entered !== zone) {
    throw new CodedError('FOLDER_PRESET_ZONE', { preset: pattern, zone });
  }
  return zone ?? entered ?? known;
}
