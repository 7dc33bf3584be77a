import { type BoxBytes, fullBox, u32 } from './box.ts';
import { growableUint32 } from './growable-array.ts';
import type { SampleTable } from './sample-table.ts';
import type { SampleTimes } from './sample-times.ts';

/** When samples are decoded and shown; without `presentation` they are shown when they are decoded. */
export type TrackTimes = Pick<SampleTimes, 'decode' | 'duration'> & { readonly presentation?: Float64Array };

const UINT32_MAX = 0xffff_ffff;

/** The tables of `stbl` (ISO/IEC 14496-12 8.6 and 8.7), without the sample description. */
export function sampleBoxes(table: SampleTable, times: TrackTimes): BoxBytes {
  const sample_count = times.decode.length;
  return [
    ...decodeDeltas(times),
    ...compositionOffsets(times),
    ...(times.presentation === undefined ? [] : syncSamples(table.keyframes.view(), sample_count)),
    ...sampleToChunk(table.chunk_sample_counts.view()),
    ...fullBox('stsz', 0, 0, u32(0, sample_count), bigEndian32(table.sizes_bytes.view())),
    ...chunkOffsets(table.chunk_offsets.view()),
  ];
}

/** `stts`: the last delta reaches the end of the last presented frame, so that the deltas sum to the duration. */
function decodeDeltas({ decode, duration }: TrackTimes): BoxBytes {
  const last = decode.length - 1;
  const runs = runLengths(decode.length, (index) =>
    index < last ? decode[index + 1]! - decode[index]! : duration - decode[index]!,
  );
  return fullBox('stts', 0, 0, u32(runs.length / 2), bigEndian32(runs));
}

/** `ctts` version 0: some readers misplace frames of version 1 (negative offsets). Left out when all are zero. */
function compositionOffsets({ decode, presentation }: TrackTimes): BoxBytes {
  if (presentation === undefined) return [];
  const runs = runLengths(decode.length, (index) => presentation[index]! - decode[index]!);
  if (runs.length === 2 && runs[1] === 0) return [];
  return fullBox('ctts', 0, 0, u32(runs.length / 2), bigEndian32(runs));
}

/** `stss`: absent means that every sample is a sync sample. Numbers count from 1. */
function syncSamples(keyframes: Uint32Array, sample_count: number): BoxBytes {
  if (keyframes.length === sample_count) return [];
  return fullBox('stss', 0, 0, u32(keyframes.length), bigEndian32(keyframes.map((index) => index + 1)));
}

/** `stsc`: one entry for every run of chunks with equally many samples. */
function sampleToChunk(counts: Uint32Array): BoxBytes {
  const entries = growableUint32();
  for (let chunk = 0; chunk < counts.length; chunk++) {
    if (chunk > 0 && counts[chunk] === counts[chunk - 1]) continue;
    entries.push(chunk + 1);
    entries.push(counts[chunk]!);
    entries.push(1);
  }
  return fullBox('stsc', 0, 0, u32(entries.length / 3), bigEndian32(entries.view()));
}

/** `stco`, or `co64` once the file has grown beyond 4 GiB. */
function chunkOffsets(offsets: Float64Array): BoxBytes {
  const last = offsets[offsets.length - 1] ?? 0;
  if (last <= UINT32_MAX) {
    return fullBox('stco', 0, 0, u32(offsets.length), bigEndian32(offsets));
  }
  const bytes = new Uint8Array(offsets.length * 8);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < offsets.length; index++) {
    view.setUint32(index * 8, Math.floor(offsets[index]! / 0x1_0000_0000));
    view.setUint32(index * 8 + 4, offsets[index]! % 0x1_0000_0000);
  }
  return fullBox('co64', 0, 0, u32(offsets.length), bytes);
}

/** Pairs of (count, value) for equal neighbours. Values must fit 32 bits: the writer guards the duration. */
function runLengths(length: number, valueAt: (index: number) => number): Uint32Array {
  const runs = growableUint32();
  let count = 0;
  let value = 0;
  for (let index = 0; index < length; index++) {
    const current = valueAt(index);
    if (count > 0 && current !== value) {
      runs.push(count);
      runs.push(value);
      count = 0;
    }
    value = current;
    count++;
  }
  if (count > 0) {
    runs.push(count);
    runs.push(value);
  }
  return runs.view();
}

function bigEndian32(values: Uint32Array | Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < values.length; index++) view.setUint32(index * 4, values[index]!);
  return bytes;
}
