import { NAME_SEGMENT_CHARS_MAX, NAME_SEGMENTS_MAX } from './limits.ts';

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** Names Windows cannot store, whatever follows the first dot. */
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/**
 * True for a name a file inside a package may have: one or two segments of `A-Z a-z 0-9 . _ -` joined by `/`,
 * each beginning with a letter or digit and not ending in a dot, none reserved on Windows. So no name can hide
 * (`.x`), climb (`..`), be taken for an option (`-x`) or change when it is unpacked elsewhere.
 */
export function isPackageFileName(name: string): boolean {
  const segments = name.split('/');
  return segments.length <= NAME_SEGMENTS_MAX && segments.every(isSegment);
}

function isSegment(segment: string): boolean {
  return (
    segment.length <= NAME_SEGMENT_CHARS_MAX &&
    SEGMENT.test(segment) &&
    !segment.endsWith('.') &&
    !RESERVED.test(segment)
  );
}
