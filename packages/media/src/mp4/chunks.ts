import { byteLength } from './box.ts';
import type { SampleTable } from './sample-table.ts';

/** Samples of one track that lie one behind the other, until they are laid into the file as a chunk. */
export class PendingChunk {
  readonly table: SampleTable;
  #samples: Uint8Array[] = [];
  #bytes = 0;

  constructor(table: SampleTable) {
    this.table = table;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get sample_count(): number {
    return this.#samples.length;
  }

  /** Adds a sample and notes its size and time. */
  add(data: Uint8Array, device_time_us: number): void {
    this.table.presentation_times_us.push(device_time_us);
    this.table.sizes_bytes.push(data.length);
    this.#samples.push(data);
    this.#bytes += data.length;
  }

  /** Notes the chunk at its place in the file and hands its bytes over; none when it is empty. */
  layAt(offset: number): Uint8Array[] {
    if (this.#samples.length === 0) return [];
    this.table.chunk_offsets.push(offset);
    this.table.chunk_sample_counts.push(this.#samples.length);
    const samples = this.#samples;
    this.#samples = [];
    this.#bytes = 0;
    return samples;
  }
}

/** Chunks laid one behind the other for the next `mdat`, whose content begins at `start` in the file. */
export class LaidChunks {
  readonly pieces: Uint8Array[] = [];
  readonly #start: number;
  #bytes = 0;

  constructor(start: number) {
    this.#start = start;
  }

  get bytes(): number {
    return this.#bytes;
  }

  lay(chunk: PendingChunk): void {
    const samples = chunk.layAt(this.#start + this.#bytes);
    this.pieces.push(...samples);
    this.#bytes += byteLength(samples);
  }
}
