/**
 * Identifiers of records: 26 characters of Crockford's base 32, 48 bits of time before 80 random bits (the
 * layout of ULID). They sort by time as text, need no coordination, and tell nothing but their time.
 */
import { CodedError } from '../errors.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const RANDOM_BYTES = 10;
const TIME_MAX_MS = 2 ** 48 - 1;
const ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** A new id. Throws `IDENTIFIER_INVALID` for a time before 1970, or for other than 10 random bytes. */
export function makeId(now_ms: number, random: Uint8Array): string {
  const is_time = Number.isInteger(now_ms) && now_ms >= 0 && now_ms <= TIME_MAX_MS;
  if (!is_time || random.length !== RANDOM_BYTES) {
    throw new CodedError('IDENTIFIER_INVALID', { value: `${now_ms}/${random.length}` });
  }
  let time = '';
  for (let i = 0, rest = now_ms; i < TIME_CHARS; i += 1, rest = Math.floor(rest / 32)) {
    time = ALPHABET[rest % 32]! + time;
  }
  let chance = '';
  let bits = 0;
  let bit_count = 0;
  for (const byte of random) {
    bits = (bits << 8) | byte;
    bit_count += 8;
    while (bit_count >= 5) {
      bit_count -= 5;
      chance += ALPHABET[(bits >> bit_count) & 31]!;
    }
    bits &= (1 << bit_count) - 1;
  }
  return time + chance;
}

/** True for a text that `makeId` could have made. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** When an id was made, in milliseconds. Throws `IDENTIFIER_INVALID`. */
export function timeOfId_ms(id: string): number {
  if (!isId(id)) throw new CodedError('IDENTIFIER_INVALID', { value: id.slice(0, 40) });
  return [...id.slice(0, TIME_CHARS)].reduce((ms, char) => ms * 32 + ALPHABET.indexOf(char), 0);
}
