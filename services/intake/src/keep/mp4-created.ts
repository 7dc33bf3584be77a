import { type FileHandle, open } from 'node:fs/promises';
import { BOXES_MAX } from '../limits.ts';

/** 1904-01-01 to 1970-01-01 in seconds: ISO/IEC 14496-12 counts from 1904. */
const EPOCH_1904_S = 2_082_844_800;
/** Earlier and later ones are no times: many writers leave zero, or count from 1970. */
const EARLIEST_MS = 946_684_800_000;
const LATEST_MS = 4_102_444_800_000;

/**
 * When an MP4 file says it was made (`mvhd.creation_time`, ISO/IEC 14496-12 8.2.2), milliseconds since 1970; null
 * where it does not say, or is no MP4. Whatever wrote the file chose it, by whatever clock: it is to be reported.
 */
export async function mp4Created_ms(path: string): Promise<number | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const moov = await findBox(file, 'moov', 0, size);
    const mvhd = moov === null ? null : await findBox(file, 'mvhd', moov.from, moov.to);
    if (mvhd === null) return null;
    const body = await readAt(file, mvhd.from, 12);
    if (body.length < 12) return null;
    const seconds = body[0] === 1 ? Number(body.readBigUInt64BE(4)) : body.readUInt32BE(4);
    const ms = (seconds - EPOCH_1904_S) * 1000;
    return ms >= EARLIEST_MS && ms <= LATEST_MS ? ms : null;
  } finally {
    await file.close();
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The content of the first box of this type; null where there is none, or the boxes make no sense. */
async function findBox(file: FileHandle, type: string, from: number, to: number): Promise<Range | null> {
  let at = from;
  for (let n = 0; n < BOXES_MAX && at + 8 <= to; n += 1) {
    const head = await readAt(file, at, 16);
    if (head.length < 8) return null;
    const short = head.readUInt32BE(0);
    if (short === 1 && head.length < 16) return null;
    const is_long = short === 1;
    const size = is_long ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short;
    const head_bytes = is_long ? 16 : 8;
    if (!Number.isSafeInteger(size) || size < head_bytes || at + size > to) return null;
    if (head.toString('latin1', 4, 8) === type) return { from: at + head_bytes, to: at + size };
    at += size;
  }
  return null;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
