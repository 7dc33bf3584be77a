import { CodedError } from '@minhchung/domain';
import {
  ZIP_ENTRIES_MAX,
  ZIP_ENTRY_SIZE_MAX_BYTES,
  ZIP_RATIO_FROM_BYTES,
  ZIP_RATIO_MAX,
  ZIP_TOTAL_SIZE_MAX_BYTES,
} from '../limits.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const COMMENT_MAX_BYTES = 65_535;
/** Bits of the general purpose flags (APPNOTE 4.4.4). */
const FLAG_ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly name: string;
  readonly packed_bytes: number;
  readonly size_bytes: number;
  readonly offset: number;
  readonly method: number;
  readonly flags: number;
}

/**
 * Names of the parts of a ZIP, judged by its directory before anything is unpacked: number of entries, sizes,
 * ratio, overlaps, names that lead out. An entry that is larger than it says is refused by whoever unpacks it.
 * Throws `TABLE_UNREADABLE`, `TABLE_TOO_LARGE`, `TABLE_SUSPICIOUS`, `TABLE_ENCRYPTED`.
 */
export function listParts(bytes: Uint8Array): readonly string[] {
  const entries = readDirectory(bytes);
  const names = new Set<string>();
  let total_bytes = 0;
  for (const { name, size_bytes, packed_bytes, method, flags } of entries) {
    if ((flags & FLAG_ENCRYPTED) !== 0) throw new CodedError('TABLE_ENCRYPTED');
    if (method !== STORED && method !== DEFLATED) throw suspicious(`method ${method}`);
    if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|\0/.test(name)) throw suspicious('path');
    if (names.has(name.toLowerCase())) throw suspicious('duplicate');
    names.add(name.toLowerCase());
    tooLarge('MB', size_bytes, ZIP_ENTRY_SIZE_MAX_BYTES);
    if (size_bytes > ZIP_RATIO_FROM_BYTES && size_bytes > packed_bytes * ZIP_RATIO_MAX) {
      throw suspicious(`${Math.round(size_bytes / Math.max(1, packed_bytes))}:1`);
    }
    total_bytes += size_bytes;
  }
  tooLarge('MB', total_bytes, ZIP_TOTAL_SIZE_MAX_BYTES);
  refuseOverlaps(bytes, entries);
  return entries.map(({ name }) => name);
}

function suspicious(reason: string): CodedError {
  return new CodedError('TABLE_SUSPICIOUS', { reason });
}

function tooLarge(what: string, size_bytes: number, max_bytes: number): void {
  if (size_bytes <= max_bytes) return;
  const mega = (size: number) => Math.ceil(size / 1_000_000);
  throw new CodedError('TABLE_TOO_LARGE', { what, count: mega(size_bytes), max: mega(max_bytes) });
}

function readDirectory(bytes: Uint8Array): readonly Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  // 0xffff and 0xffffffff announce ZIP64, which only files beyond every limit here need.
  if (count > ZIP_ENTRIES_MAX) {
    throw new CodedError('TABLE_TOO_LARGE', { what: 'ZIP', count, max: ZIP_ENTRIES_MAX });
  }
  const entries: Entry[] = [];
  let at = start;
  for (let n = 0; n < count; n += 1) {
    if (at + ENTRY_LENGTH > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
      throw new CodedError('TABLE_UNREADABLE');
    }
    const name_length = view.getUint16(at + 28, true);
    entries.push({
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packed_bytes: view.getUint32(at + 20, true),
      size_bytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
      name: new TextDecoder().decode(bytes.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + name_length)),
    });
    at += ENTRY_LENGTH + name_length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_LENGTH - COMMENT_MAX_BYTES);
  for (let at = view.byteLength - END_LENGTH; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw new CodedError('TABLE_UNREADABLE');
}

/** Entries that share bytes unpack to far more than the file holds, each with a modest ratio of its own. */
function refuseOverlaps(bytes: Uint8Array, entries: readonly Entry[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  let free_from = 0;
  for (const { offset, packed_bytes } of ordered) {
    if (offset < free_from) throw suspicious('overlap');
    if (offset + LOCAL_LENGTH > bytes.length || view.getUint32(offset, true) !== LOCAL_ENTRY) {
      throw new CodedError('TABLE_UNREADABLE');
    }
    const head = LOCAL_LENGTH + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
    free_from = offset + head + packed_bytes;
    if (free_from > bytes.length) throw new CodedError('TABLE_UNREADABLE');
  }
}
