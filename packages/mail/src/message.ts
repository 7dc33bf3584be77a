import { ADDRESS_CHARS_MAX, SUBJECT_CHARS_MAX, TEXT_BYTES_MAX } from './limits.ts';

/** Plain `name@host` without quoting, comments, spaces or control characters: one address, whatever was typed. */
const ADDRESS =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** True for a text that is exactly one mail address: it cannot end a header or name a second recipient. */
export function isMailAddress(text: string): boolean {
  return text.length <= ADDRESS_CHARS_MAX && ADDRESS.test(text);
}

/** True for the left part of a Message-ID. */
export function isMessageId(text: string): boolean {
  return ID.test(text);
}

/** A header's text: one line, without control characters, cut to what a phone shows. */
export function oneLine(text: string): string {
  const line = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  return [...line].slice(0, SUBJECT_CHARS_MAX).join('');
}

/** True when the text of a letter is not larger than any of ours. */
export function isTextOfALetter(text: string): boolean {
  return Buffer.byteLength(text) <= TEXT_BYTES_MAX;
}
