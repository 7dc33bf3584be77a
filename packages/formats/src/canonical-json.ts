import { FormatError } from './format-error.ts';
import { JSON_DEPTH_MAX } from './limits.ts';

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Canonical JSON (RFC 8785) as UTF-8 bytes: members sorted by UTF-16 code units (3.2.3), numbers as ECMAScript
 * prints them (3.2.2.3), no white space. Throws `FormatError` for what has no canonical form: lone surrogates,
 * numbers that are not finite, `undefined`, nesting beyond the limit.
 */
export function encodeCanonicalJson(value: Json): Uint8Array {
  return new TextEncoder().encode(encode(value, 0));
}

/**
 * Reads canonical JSON and accepts nothing else: the bytes must be exactly what `encodeCanonicalJson` makes of
 * the value they stand for. Doubled members, other escapes, white space, a byte order mark, invalid UTF-8 and
 * numbers that would lose digits are all refused by that one rule. Throws `FormatError`.
 */
export function parseCanonicalJson(bytes: Uint8Array, bytes_max: number): Json {
  if (bytes.length > bytes_max) throw new FormatError(`longer than ${bytes_max} bytes`);
  let value: Json;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new FormatError(`not JSON in UTF-8: ${error instanceof Error ? error.message : error}`);
  }
  if (!sameBytes(encodeCanonicalJson(value), bytes)) {
    throw new FormatError('JSON, but not in its canonical form (RFC 8785)');
  }
  return value;
}

function encode(value: Json, depth: number): string {
  if (depth > JSON_DEPTH_MAX) throw new FormatError(`nested deeper than ${JSON_DEPTH_MAX}`);
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new FormatError(`${value} is not a JSON number`);
      return JSON.stringify(value);
    case 'string':
      return encodeString(value);
    case 'object':
      if (value === null) return 'null';
      return isList(value) ? encodeList(value, depth) : encodeObject(value, depth);
    default:
      throw new FormatError(`${typeof value} has no form in JSON`);
  }
}

function encodeString(value: string): string {
  if (!value.isWellFormed()) throw new FormatError('a string holds a lone surrogate');
  return JSON.stringify(value);
}

function encodeList(list: readonly Json[], depth: number): string {
  return `[${list.map((element) => encode(element, depth + 1)).join(',')}]`;
}

function encodeObject(object: { readonly [key: string]: Json }, depth: number): string {
  // The default sort compares UTF-16 code units, as RFC 8785 3.2.3 demands.
  const members = Object.keys(object)
    .sort()
    .map((key) => `${encodeString(key)}:${encode(object[key] as Json, depth + 1)}`);
  return `{${members.join(',')}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
