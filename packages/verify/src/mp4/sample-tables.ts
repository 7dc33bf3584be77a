import { SAMPLES_MAX } from '../limits.ts';
import { type Box, Mp4Error, optionalBox, theBox } from './boxes.ts';

/** Bytes of version and flags, then of the entry count, before the entries of a table (ISO/IEC 14496-12 8.6, 8.7). */
const TABLE_HEADER_BYTES = 8;

/** Sizes in bytes of all samples, in decode order (`stsz`, 8.7.3.2). */
export function sampleSizes(stbl: readonly Box[]): Uint32Array {
  const view = theBox(stbl, 'stsz');
  if (view.byteLength < 12) throw new Mp4Error('box stsz is cut off');
  const equal_size = view.getUint32(4);
  const count = view.getUint32(8);
  if (count === 0 || count > SAMPLES_MAX) throw new Mp4Error(`${count} samples`);
  if (equal_size !== 0) return new Uint32Array(count).fill(equal_size);
  if (view.byteLength !== 12 + count * 4) throw new Mp4Error('box stsz has a wrong size');
  return Uint32Array.from({ length: count }, (_, index) => view.getUint32(12 + index * 4));
}

/** Presentation times of all samples in ticks, in decode order (`stts` 8.6.1.2, `ctts` 8.6.1.3). */
export function presentationTimes(stbl: readonly Box[], sample_count: number): Float64Array {
  const times = new Float64Array(sample_count);
  const next_decode = addRuns(theBox(stbl, 'stts'), 'stts', sample_count, (index, decode, delta) => {
    times[index] = decode;
    return decode + delta;
  });
  if (next_decode > Number.MAX_SAFE_INTEGER) throw new Mp4Error('decode times are too large');
  const ctts = optionalBox(stbl, 'ctts');
  if (ctts === null) return times;
  const is_signed = ctts.byteLength > 0 && ctts.getUint8(0) === 1;
  addRuns(ctts, 'ctts', sample_count, (index, _, offset) => {
    times[index]! += is_signed ? offset | 0 : offset;
    return 0;
  });
  return times;
}

/** Walks runs of (count, value); `add` turns the sum so far and the value of one sample into the next sum. */
function addRuns(
  view: DataView,
  type: string,
  sample_count: number,
  add: (index: number, sum: number, value: number) => number,
): number {
  const entries = entryCount(view, type, 8);
  let index = 0;
  let sum = 0;
  for (let entry = 0; entry < entries; entry++) {
    const count = view.getUint32(TABLE_HEADER_BYTES + entry * 8);
    const value = view.getUint32(TABLE_HEADER_BYTES + entry * 8 + 4);
    if (index + count > sample_count) throw new Mp4Error(`box ${type} speaks of more samples than there are`);
    for (const end = index + count; index < end; index++) sum = add(index, sum, value);
  }
  if (index !== sample_count) throw new Mp4Error(`box ${type} speaks of fewer samples than there are`);
  return sum;
}

/** Offsets of chunks in the file (`stco`, `co64`, 8.7.5). */
export function chunkOffsets(stbl: readonly Box[]): Float64Array {
  const stco = optionalBox(stbl, 'stco');
  const co64 = optionalBox(stbl, 'co64');
  if ((stco === null) === (co64 === null)) throw new Mp4Error('it needs one of stco and co64');
  if (stco !== null) {
    const count = entryCount(stco, 'stco', 4);
    return Float64Array.from({ length: count }, (_, index) => stco.getUint32(TABLE_HEADER_BYTES + index * 4));
  }
  const count = entryCount(co64!, 'co64', 8);
  return Float64Array.from({ length: count }, (_, index) =>
    Number(co64!.getBigUint64(TABLE_HEADER_BYTES + index * 8)),
  );
}

/** How many samples each chunk holds (`stsc`, 8.7.4). */
export function samplesPerChunk(stbl: readonly Box[], chunk_count: number): Uint32Array {
  const view = theBox(stbl, 'stsc');
  const entries = entryCount(view, 'stsc', 12);
  const counts = new Uint32Array(chunk_count);
  for (let entry = 0; entry < entries; entry++) {
    const at = TABLE_HEADER_BYTES + entry * 12;
    const first = view.getUint32(at);
    const next = entry + 1 < entries ? view.getUint32(at + 12) : chunk_count + 1;
    if (first < 1 || next <= first || next > chunk_count + 1 || (entry === 0 && first !== 1)) {
      throw new Mp4Error('box stsc is out of order');
    }
    counts.fill(view.getUint32(at + 4), first - 1, next - 1);
  }
  return counts;
}

/** True when the first sample can be decoded by itself (`stss`, 8.6.2; absent: every sample can). */
export function beginsWithSyncSample(stbl: readonly Box[]): boolean {
  const view = optionalBox(stbl, 'stss');
  return view === null || (entryCount(view, 'stss', 4) > 0 && view.getUint32(TABLE_HEADER_BYTES) === 1);
}

function entryCount(view: DataView, type: string, entry_bytes: number): number {
  if (view.byteLength < TABLE_HEADER_BYTES) throw new Mp4Error(`box ${type} is cut off`);
  const count = view.getUint32(4);
  if (view.byteLength !== TABLE_HEADER_BYTES + count * entry_bytes) {
    throw new Mp4Error(`box ${type} has a wrong size`);
  }
  return count;
}
