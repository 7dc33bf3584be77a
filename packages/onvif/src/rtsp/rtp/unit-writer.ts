import { ACCESS_UNIT_BYTES_MAX, ACCESS_UNIT_NALS_MAX, NAL_BYTES_MAX, UNIT_SLAB_BYTES } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';

/** What NAL units are, by the first byte of each. */
export interface NalKinds {
  /** True for a NAL unit that holds picture data. */
  isPicture(header: number): boolean;
  /** True for picture data at which decoding may start. */
  isKeyframe(header: number): boolean;
  isParameterSet(header: number): boolean;
}

/** An access unit as it was written. */
export interface WrittenUnit {
  /** NAL units behind 4-byte big-endian lengths. */
  readonly data: Uint8Array;
  readonly is_keyframe: boolean;
  /** Copies of the parameter sets among its NAL units. */
  readonly parameter_sets: readonly Uint8Array[];
}

const LENGTH_BYTES = 4;
const NO_SETS: readonly Uint8Array[] = [];

/**
 * Writes NAL units, whole or in fragments, behind their lengths into one access unit after another. Every byte is
 * copied once, out of the connection's chunk into a slab that many units share: a unit is a view of its slab.
 */
export class UnitWriter {
  readonly #codec: NalKinds;
  #slab = new Uint8Array(0);
  /** Where the unit begins in the slab, where its open NAL unit begins (its length included), and its end so far. */
  #start = 0;
  #nal_at = -1;
  #end = 0;
  #nal_count = 0;
  #is_keyframe = false;
  #parameter_sets: Uint8Array[] | null = null;
  /** True once the unit holds picture data. */
  has_picture = false;

  constructor(codec: NalKinds) {
    this.#codec = codec;
  }

  /** True while a NAL unit has begun and not ended. */
  get is_open(): boolean {
    return this.#nal_at >= 0;
  }

  get is_empty(): boolean {
    return this.#end === this.#start;
  }

  /** A whole NAL unit. */
  nal(bytes: Uint8Array): void {
    this.begin(bytes[0]!, -1, bytes, 1);
    this.end();
  }

  /** Begins a NAL unit with its header (a second byte where it is not negative) and what follows in `part`. */
  begin(header: number, second: number, part: Uint8Array, part_start: number): void {
    if (this.is_open) throw new BrokenStream('a NAL unit begins inside another');
    this.#nal_count += 1;
    if (this.#nal_count > ACCESS_UNIT_NALS_MAX) throw new BrokenStream('an access unit that is too large');
    this.#reserve(LENGTH_BYTES + 2);
    this.#nal_at = this.#end;
    this.#end += LENGTH_BYTES;
    this.#slab[this.#end++] = header;
    if (second >= 0) this.#slab[this.#end++] = second;
    this.add(part, part_start);
  }

  /** Goes on with the open NAL unit: the bytes of `part` from `part_start`. */
  add(part: Uint8Array, part_start: number): void {
    if (!this.is_open) throw new BrokenStream('a fragment whose beginning is missing');
    const size_bytes = part.length - part_start;
    this.#reserve(size_bytes);
    if (this.#end + size_bytes - this.#nal_at > NAL_BYTES_MAX)
      throw new BrokenStream('a NAL unit that is too large');
    this.#slab.set(part_start === 0 ? part : part.subarray(part_start), this.#end);
    this.#end += size_bytes;
  }

  /** Ends the open NAL unit. */
  end(): void {
    const at = this.#nal_at;
    const slab = this.#slab;
    const size_bytes = this.#end - at - LENGTH_BYTES;
    slab[at] = size_bytes >>> 24;
    slab[at + 1] = size_bytes >>> 16;
    slab[at + 2] = size_bytes >>> 8;
    slab[at + 3] = size_bytes;
    this.#nal_at = -1;
    const header = slab[at + LENGTH_BYTES]!;
    if (this.#codec.isPicture(header)) {
      this.has_picture = true;
      this.#is_keyframe ||= this.#codec.isKeyframe(header);
    } else if (this.#codec.isParameterSet(header)) {
      this.#parameter_sets ??= [];
      this.#parameter_sets.push(slab.slice(at + LENGTH_BYTES, this.#end));
    }
  }

  /** The unit, and a new one begins. */
  take(): WrittenUnit {
    const data = this.#slab.subarray(this.#start, this.#end);
    const unit = { data, is_keyframe: this.#is_keyframe, parameter_sets: this.#parameter_sets ?? NO_SETS };
    this.#beginUnit(this.#end);
    return unit;
  }

  /** Forgets the unit, a NAL unit within it included. */
  discard(): void {
    this.#beginUnit(this.#start);
  }

  #beginUnit(at: number): void {
    this.#start = at;
    this.#end = at;
    this.#nal_at = -1;
    this.#nal_count = 0;
    this.#is_keyframe = false;
    this.#parameter_sets = null;
    this.has_picture = false;
  }

  /** Units move to a new slab when theirs is full; what was handed out stays where it is. */
  #reserve(size_bytes: number): void {
    const needed_bytes = this.#end + size_bytes - this.#start;
    if (this.#end + size_bytes <= this.#slab.length) return;
    if (needed_bytes > ACCESS_UNIT_BYTES_MAX) throw new BrokenStream('an access unit that is too large');
    // Not zeroed: every byte up to `#end` is written before it is read.
    const slab = Buffer.allocUnsafeSlow(Math.max(UNIT_SLAB_BYTES, needed_bytes * 2));
    slab.set(this.#slab.subarray(this.#start, this.#end));
    if (this.#nal_at >= 0) this.#nal_at -= this.#start;
    this.#end -= this.#start;
    this.#start = 0;
    this.#slab = slab;
  }
}
