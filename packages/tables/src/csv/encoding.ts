import { CodedError } from '@minhchung/domain';

const LINE_FEED = 0x0a;

/** Bytes of TCVN3 (ABC, the fonts .Vn…): ă â ê ô ơ ư đ and the tones of a. Other code pages rarely use them. */
const TCVN3_BYTES = new Set([0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9]);
const TCVN3_SHARE_MIN = 0.1;

/** A NUL in this share of the first bytes is the empty half of 16-bit letters. */
const NUL_SHARE_MIN = 0.2;
const SNIFFED_BYTES = 4_096;

/**
 * The physical lines of a text without their line ends; null for a line that cannot be decoded. UTF-8 with or
 * without mark, UTF-16 of either order. Throws `TABLE_ENCODING` when the text as a whole is something else, and
 * `TABLE_TYPE_UNSUPPORTED` when it is no text.
 */
export function textLines(bytes: Uint8Array): (string | null)[] {
  const wide = wideEncoding(bytes);
  if (wide !== null) {
    const text = new TextDecoder(wide).decode(bytes);
    return text.split('\n').map((line) => line.replace(/\r$/, '').normalize('NFC'));
  }
  const lines = byteLines(bytes).map(decode);
  const written = lines.filter((line) => line === null || line.trim() !== '');
  const broken = written.filter((line) => line === null).length;
  if (written.length > 0 && (written[0] === null || broken * 2 > written.length)) {
    if (bytes.includes(0)) throw new CodedError('TABLE_TYPE_UNSUPPORTED', { kind: 'nhị phân / binary' });
    throw new CodedError('TABLE_ENCODING', { guess: guessedEncoding(bytes) });
  }
  return lines;
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, SNIFFED_BYTES);
  const nuls = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) nuls[at % 2]! += 1;
  const [even, odd] = nuls as [number, number];
  const enough = (head.length / 2) * NUL_SHARE_MIN;
  if (odd > enough && even < odd / 10) return 'utf-16le';
  if (even > enough && odd < even / 10) return 'utf-16be';
  return null;
}

function byteLines(bytes: Uint8Array): Uint8Array[] {
  const has_mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const lines: Uint8Array[] = [];
  let start = has_mark ? 3 : 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(line: Uint8Array): string | null {
  try {
    const text = UTF8.decode(line);
    return text.includes('\0') ? null : text.replace(/\r$/, '').normalize('NFC');
  } catch {
    return null;
  }
}

function guessedEncoding(bytes: Uint8Array): string {
  const high = bytes.filter((byte) => byte >= 0x80);
  const tcvn3 = high.filter((byte) => TCVN3_BYTES.has(byte)).length;
  return tcvn3 > high.length * TCVN3_SHARE_MIN ? 'TCVN3 (.VnTime)' : 'Windows-1258';
}
