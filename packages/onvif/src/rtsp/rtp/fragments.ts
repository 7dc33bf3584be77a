import { NAL_BYTES_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';

/** Puts one fragmented NAL unit together (FU-A of RFC 6184, 5.8; FU of RFC 7798, 4.4.3). */
export class FragmentJoiner {
  #parts: Uint8Array[] = [];
  #size_bytes = 0;

  get is_open(): boolean {
    return this.#parts.length > 0;
  }

  /** Begins with the rebuilt NAL header. */
  start(header: Uint8Array, part: Uint8Array): void {
    if (this.is_open) throw new BrokenStream('a NAL unit begins inside another');
    this.#parts = [header];
    this.#size_bytes = header.length;
    this.add(part);
  }

  add(part: Uint8Array): void {
    if (!this.is_open) throw new BrokenStream('a fragment whose beginning is missing');
    this.#size_bytes += part.length;
    if (this.#size_bytes > NAL_BYTES_MAX) throw new BrokenStream('a NAL unit that is too large');
    this.#parts.push(part);
  }

  finish(): Uint8Array {
    const nal = new Uint8Array(this.#size_bytes);
    let at = 0;
    for (const part of this.#parts) {
      nal.set(part, at);
      at += part.length;
    }
    this.#parts = [];
    return nal;
  }
}

/** Splits an aggregation packet: NAL units behind 16-bit lengths. Views. Throws `BrokenStream`. */
export function splitAggregate(bytes: Uint8Array): Uint8Array[] {
  const nals: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = at + 2 + ((bytes[at]! << 8) | (bytes[at + 1] ?? 0));
    if (end > bytes.length || end === at + 2)
      throw new BrokenStream('an aggregation packet with a wrong length');
    nals.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (nals.length === 0) throw new BrokenStream('an aggregation packet with nothing in it');
  return nals;
}
