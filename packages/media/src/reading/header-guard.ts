import type { FileHandle } from 'node:fs/promises';
import { MEDIA_LIMITS } from '../limits.ts';
import { readWhole } from './read-whole.ts';
import { checkSampleTables } from './table-guard.ts';

/** One box or element: where its content lies, and where the next one begins. */
interface Part {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Reads the head of the part that begins at `at`; null where none does. */
type ReadPart = (file: FileHandle, at: number, end: number) => Promise<Part | null>;

const EBML = '1a45dfa3';
const SEGMENT = '18538067';
const CLUSTER = '1f43b675';
const TRACKS = '1654ae6b';
const HEAD_BYTES = 16;

/**
 * Looks at the outline of a file before a reader takes it up: a reader keeps something of every track it meets, and
 * a few bytes make one. Throws an error for MP4 and Matroska with more tracks than any recorder has, with an index
 * larger than memory should hold or hidden behind more parts than anybody steps over, and for MP4 whose tables tell of
 * more frames than there can be. What it cannot make out is left to the reader.
 */
export async function checkOutline(file: FileHandle, size_bytes: number): Promise<void> {
  const first = await elementAt(file, 0, size_bytes);
  if (first?.name === EBML) {
    const segment = await findPart(file, elementAt, first.end, size_bytes, [SEGMENT]);
    if (segment === null) return;
    const tracks = await findPart(file, elementAt, segment.start, segment.end, [TRACKS, CLUSTER]);
    if (tracks?.name === TRACKS) await checkIndex(file, elementAt, tracks);
    return;
  }
  const movie = await findPart(file, boxAt, 0, size_bytes, ['moov']);
  if (movie?.name !== 'moov') return;
  await checkIndex(file, boxAt, movie);
  const content = await readWhole(file, movie.start, movie.end - movie.start);
  checkSampleTables(Buffer.from(content.buffer), size_bytes);
}

async function checkIndex(file: FileHandle, readPart: ReadPart, index: Part): Promise<void> {
  if (index.end - index.start > MEDIA_LIMITS.index_bytes_max) throw new Error('its index is too large');
  let parts = 0;
  for (let at = index.start; at < index.end; ) {
    const part = await readPart(file, at, index.end);
    if (part === null) return;
    parts += 1;
    if (parts > MEDIA_LIMITS.tracks_max)
      throw new Error(`it has more than ${MEDIA_LIMITS.tracks_max} tracks`);
    at = part.end;
  }
}

/** The first part with one of these names in a stretch of a file. */
async function findPart(
  file: FileHandle,
  readPart: ReadPart,
  start: number,
  end: number,
  names: readonly string[],
): Promise<Part | null> {
  let at = start;
  for (let parts = 0; parts < MEDIA_LIMITS.outline_parts_max && at < end; parts += 1) {
    const part = await readPart(file, at, end);
    if (part === null || names.includes(part.name)) return part;
    at = part.end;
  }
  if (at < end) throw new Error('it has more parts than anybody steps over');
  return null;
}

/** ISO/IEC 14496-12, 4.2. A size of zero reaches to the end. */
async function boxAt(file: FileHandle, at: number, end: number): Promise<Part | null> {
  const head = await readHead(file, at);
  if (head.length < 8) return null;
  const short = head.readUInt32BE(0);
  if (short === 1 && head.length < 16) return null;
  const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - at : short;
  const head_bytes = short === 1 ? 16 : 8;
  if (size < head_bytes) return null;
  return { name: head.toString('latin1', 4, 8), start: at + head_bytes, end: Math.min(at + size, end) };
}

/** RFC 8794, 4 to 6. An unknown size reaches to the end. */
async function elementAt(file: FileHandle, at: number, end: number): Promise<Part | null> {
  const head = await readHead(file, at);
  const id_bytes = Math.clz32(head[0] ?? 0) - 23;
  const size_bytes = Math.clz32(head[id_bytes] ?? 0) - 23;
  if (id_bytes > 4 || size_bytes > 8 || head.length < id_bytes + size_bytes) return null;
  const start = at + id_bytes + size_bytes;
  const coded = BigInt(`0x${head.toString('hex', id_bytes, id_bytes + size_bytes)}`);
  const values = 1n << BigInt(7 * size_bytes);
  const size = coded % values;
  const is_unknown = size === values - 1n;
  return {
    name: head.toString('hex', 0, id_bytes),
    start,
    end: is_unknown ? end : Math.min(start + Number(size), end),
  };
}

async function readHead(file: FileHandle, at: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, at);
  return buffer.subarray(0, bytesRead);
}
