import { CodedError } from '@minhchung/domain';
import { KEY_CHARS_MAX, KEY_SEGMENT_CHARS_MAX } from './limits.ts';

/** Name that makes an attempt an archived item; written last. */
export const MANIFEST_NAME = 'manifest.json';

/** An object's key `item/attempt/name`, where a name may have one folder: `native/recording.mp4`. */
export interface ObjectKey {
  readonly key: string;
  /** `item/attempt`. */
  readonly attempt: string;
  /** What follows the attempt. */
  readonly name: string;
}

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * Checks a key. Every segment begins with a letter or digit, so that no key can climb out of the store, hide in
 * it, or be taken for an option. Throws `ARCHIVE_KEY_INVALID`.
 */
export function parseKey(key: string): ObjectKey {
  const [item, attempt, ...name] = checkedSegments(key, 3, 4);
  return { key, attempt: `${item}/${attempt}`, name: name.join('/') };
}

/** Checks `item/attempt`, with or without a slash at its end, and returns it without. Throws `ARCHIVE_KEY_INVALID`. */
export function parseAttempt(prefix: string): string {
  return checkedSegments(withoutSlash(prefix), 2, 2).join('/');
}

/** Checks a folder to list (`''`, `item`, `item/attempt`, …) and returns it without a slash at its end. */
export function parseFolder(prefix: string): string {
  const folder = withoutSlash(prefix);
  return folder === '' ? '' : checkedSegments(folder, 1, 3).join('/');
}

/** The key of the manifest of an attempt. */
export function manifestKey(attempt: string): string {
  return `${attempt}/${MANIFEST_NAME}`;
}

function checkedSegments(key: string, count_min: number, count_max: number): string[] {
  const segments = key.split('/');
  if (key.length > KEY_CHARS_MAX) throw invalid(key, `longer than ${KEY_CHARS_MAX} characters`);
  if (segments.length < count_min || segments.length > count_max) {
    throw invalid(key, `${segments.length} segments instead of ${count_min} to ${count_max}`);
  }
  for (const segment of segments) {
    if (segment.length > KEY_SEGMENT_CHARS_MAX) throw invalid(key, 'a segment is too long');
    if (!SEGMENT.test(segment)) throw invalid(key, 'a segment is not made of A-Z a-z 0-9 . _ -');
  }
  return segments;
}

function invalid(key: string, reason: string): CodedError {
  return new CodedError('ARCHIVE_KEY_INVALID', { key: key.slice(0, KEY_CHARS_MAX), reason });
}

function withoutSlash(prefix: string): string {
  return prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
}
