import {
  type GrowableFloat64,
  type GrowableUint32,
  growableFloat64,
  growableUint32,
} from './growable-array.ts';

/**
 * What a master must remember of every sample until its index is written: 12 bytes a frame, 4 more a keyframe,
 * 12 a chunk. Samples are in decode order.
 */
export interface SampleTable {
  readonly presentation_times_us: GrowableFloat64;
  readonly sizes_bytes: GrowableUint32;
  /** Indexes of samples where decoding may start. */
  readonly keyframes: GrowableUint32;
  /** Where each chunk begins in the file, and how many samples lie in it. */
  readonly chunk_offsets: GrowableFloat64;
  readonly chunk_sample_counts: GrowableUint32;
}

/** An empty table. */
export function createSampleTable(): SampleTable {
  return {
    presentation_times_us: growableFloat64(),
    sizes_bytes: growableUint32(),
    keyframes: growableUint32(),
    chunk_offsets: growableFloat64(),
    chunk_sample_counts: growableUint32(),
  };
}
