import { BrokenStream } from '../broken-stream.ts';

/** Quantisation tables of luminance and chrominance: 64 bytes each, in zigzag order as a DQT segment wants them. */
export interface QuantisationTables {
  readonly luma: Uint8Array;
  readonly chroma: Uint8Array;
}

/** ISO/IEC 10918-1, tables K.1 and K.2, in zigzag order. */
const LUMA = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58,
  51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103,
  62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];
const CHROMA = [17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, ...new Array<number>(50).fill(99)];
const TABLE_BYTES = 64;

/** The tables that a Q of 1 to 99 stands for (RFC 2435, 4.2). Throws `BrokenStream` for the reserved values. */
export function tablesOfQuality(q: number): QuantisationTables {
  if (q < 1 || q > 99) throw new BrokenStream(`a JPEG of quality ${q}, which stands for nothing`);
  const scale = q < 50 ? Math.floor(5000 / q) : 200 - q * 2;
  const scaled = (table: readonly number[]) =>
    Uint8Array.from(table, (value) => Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100))));
  return { luma: scaled(LUMA), chroma: scaled(CHROMA) };
}

/** Tables as they stand in a packet (RFC 2435, 3.1.8); one table serves both. Throws `BrokenStream`. */
export function tablesInBand(precision: number, data: Uint8Array): QuantisationTables {
  if (precision !== 0) throw new BrokenStream('a JPEG with tables of 16 bits, which is not supported');
  if (data.length < TABLE_BYTES) throw new BrokenStream('a JPEG whose tables are cut short');
  const luma = data.slice(0, TABLE_BYTES);
  return { luma, chroma: data.length < 2 * TABLE_BYTES ? luma : data.slice(TABLE_BYTES, 2 * TABLE_BYTES) };
}
