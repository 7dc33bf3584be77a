import type { FileHandle } from 'node:fs/promises';

/** Top-level boxes walked at most: two a fragment, a day of fragments of a second. */
const BOXES_MAX = 200_000;

/**
 * How much of a file can be read: all of it, unless it is a fragmented MP4 (ISO/IEC 14496-12 8.8) whose last fragment
 * is not there as a whole, as of one that is still being written; then up to the end of the last whole fragment. The
 * tables of a fragment come before its pictures, and would tell of pictures that are not there yet.
 */
export async function readableSize(handle: FileHandle, size: number): Promise<number> {
  const head = Buffer.alloc(16);
  let at = 0;
  let whole = 0;
  let has_fragment = false;
  for (let boxes = 0; at < size && boxes < BOXES_MAX; boxes += 1) {
    const { bytesRead } = await handle.read(head, 0, 16, at);
    if (bytesRead < 8) break;
    const kind = head.toString('latin1', 4, 8);
    if (at === 0 && kind !== 'ftyp' && kind !== 'styp') return size;
    const length = boxLength(head, bytesRead);
    // A box of length 0 reaches to the end of the file; of anything shorter than its header no sense can be made.
    if (length === null || length < 8) return size;
    if (at + length > size) break;
    at += length;
    if (kind === 'moof') has_fragment = true;
    else whole = at;
  }
  if (at === size && whole === size) return size;
  return has_fragment ? whole : size;
}

function boxLength(head: Buffer, available: number): number | null {
  const short = head.readUInt32BE(0);
  if (short !== 1) return short;
  return available < 16 ? null : Number(head.readBigUInt64BE(8));
}
