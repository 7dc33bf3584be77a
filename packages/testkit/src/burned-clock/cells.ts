/**
 * The machine-readable clock of simulated cameras: 64 black or white cells, read row by row.
 *
 * | bits | meaning |
 * |---|---|
 * | 40 | milliseconds since 2020-01-01T00:00:00Z, most significant first |
 * | 8 | counter of frames in presentation order, modulo 256 |
 * | 16 | CRC-16 of the six bytes before |
 */
import { crc16 } from './crc16.ts';

export const BURNED_CLOCK_CELL_COUNT = 64;
/** 2020-01-01T00:00:00Z: 40 bits from here reach the year 2054; from 1970 they would not reach today. */
export const BURNED_CLOCK_EPOCH_MS = Date.UTC(2020, 0, 1);
const TIME_MS_MAX = 2 ** 40 - 1;

/** What one frame's cells say. When `valid` is false the other two fields are what was misread. */
export interface BurnedClock {
  readonly true_time_ms: number;
  readonly counter: number;
  readonly valid: boolean;
}

/** Grey values (0 or 255) of the 64 cells for a frame. Throws `RangeError` outside 2020..2054. */
export function encodeBurnedClock(true_time_ms: number, counter: number): Uint8Array {
  const since_epoch_ms = true_time_ms - BURNED_CLOCK_EPOCH_MS;
  if (!Number.isInteger(since_epoch_ms) || since_epoch_ms < 0 || since_epoch_ms > TIME_MS_MAX)
    throw new RangeError(`The burned clock holds whole milliseconds of 2020 to 2054, not ${true_time_ms}.`);
  const bytes = Buffer.alloc(8);
  bytes.writeUIntBE(since_epoch_ms, 0, 5);
  bytes.writeUInt8(counter & 0xff, 5);
  bytes.writeUInt16BE(crc16(bytes.subarray(0, 6)), 6);
  const cells = new Uint8Array(BURNED_CLOCK_CELL_COUNT);
  for (let bit = 0; bit < cells.length; bit++)
    cells[bit] = (bytes[bit >> 3]! >> (7 - (bit & 7))) & 1 ? 255 : 0;
  return cells;
}

/** Reads 64 grey values, one per cell. */
export function decodeBurnedClock(cells: Uint8Array): BurnedClock {
  const bytes = Buffer.alloc(8);
  for (let bit = 0; bit < BURNED_CLOCK_CELL_COUNT; bit++)
    if (cells[bit]! >= 128) bytes[bit >> 3]! |= 1 << (7 - (bit & 7));
  return {
    true_time_ms: BURNED_CLOCK_EPOCH_MS + bytes.readUIntBE(0, 5),
    counter: bytes.readUInt8(5),
    valid: crc16(bytes.subarray(0, 6)) === bytes.readUInt16BE(6),
  };
}
