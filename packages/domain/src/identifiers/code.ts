import { CodedError } from '../errors.ts';
import { LIMITS } from '../limits.ts';

const CODE = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;

/**
 * True for a code of a unit, camera, recorder, scheme or network: unaccented letters and digits, with single
 * dots, dashes or underlines in between. Such a code is safe in a file name, in a URL, and on a label.
 */
export function isCode(text: string): boolean {
  return text.length <= LIMITS.code_max_chars && CODE.test(text);
}

/** The code itself. Throws `CODE_INVALID`. */
export function checkCode(text: string): string {
  if (!isCode(text)) throw new CodedError('CODE_INVALID', { value: text.slice(0, LIMITS.code_max_chars) });
  return text;
}
