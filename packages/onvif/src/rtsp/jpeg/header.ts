import { HUFFMAN_SEGMENTS } from './huffman.ts';
import type { QuantisationTables } from './quantisation.ts';

/** What the packets of one picture say of it. */
export interface JpegFacts {
  /** 0: 4:2:2, 1: 4:2:0 (RFC 2435, 4.1). */
  readonly subsampling: 0 | 1;
  readonly width: number;
  readonly height: number;
  /** In MCUs; 0 for none. */
  readonly restart_interval: number;
  readonly tables: QuantisationTables;
}

const COMPONENTS = 3;
const SOI = [0xff, 0xd8];

/** Everything of a baseline JPEG before its entropy-coded data (RFC 2435, appendix B). */
export function jpegHeader(facts: JpegFacts): Uint8Array {
  const { width, height, restart_interval, tables, subsampling } = facts;
  const luma_sampling = subsampling === 0 ? 0x21 : 0x22;
  const dri = restart_interval === 0 ? [] : segment(0xdd, [...u16Bytes(restart_interval)]);
  return Uint8Array.from([
    ...SOI,
    ...segment(0xdb, [0, ...tables.luma]),
    ...segment(0xdb, [1, ...tables.chroma]),
    ...dri,
    ...segment(0xc0, [
      8,
      ...u16Bytes(height),
      ...u16Bytes(width),
      COMPONENTS,
      ...[1, luma_sampling, 0],
      ...[2, 0x11, 1],
      ...[3, 0x11, 1],
    ]),
    ...HUFFMAN_SEGMENTS,
    ...segment(0xda, [COMPONENTS, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]),
  ]);
}

function segment(marker: number, content: readonly number[]): number[] {
  return [0xff, marker, ...u16Bytes(content.length + 2), ...content];
}

function u16Bytes(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}
