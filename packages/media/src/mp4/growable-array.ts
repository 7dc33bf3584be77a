/** A list of numbers that grows by doubling and costs no more than its elements' bytes. */
export interface GrowableArray<T> {
  readonly length: number;
  push(value: number): void;
  /** The items themselves, not a copy; later pushes may leave it behind. */
  view(): T;
}

/** For times and file offsets: integers exact up to 2^53. */
export type GrowableFloat64 = GrowableArray<Float64Array<ArrayBuffer>>;
/** For counts, sizes and indexes. */
export type GrowableUint32 = GrowableArray<Uint32Array<ArrayBuffer>>;

/** An empty list of doubles. */
export function growableFloat64(): GrowableFloat64 {
  return new DoublingArray<Float64Array<ArrayBuffer>>(Float64Array);
}

/** An empty list of unsigned 32-bit integers. */
export function growableUint32(): GrowableUint32 {
  return new DoublingArray<Uint32Array<ArrayBuffer>>(Uint32Array);
}

class DoublingArray<T extends Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>> {
  readonly #make: new (
    length: number,
  ) => T;
  #items: T;
  #length = 0;

  constructor(make: new (length: number) => T) {
    this.#make = make;
    this.#items = new make(256);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const grown = new this.#make(this.#items.length * 2);
      grown.set(this.#items);
      this.#items = grown;
    }
    this.#items[this.#length++] = value;
  }

  view(): T {
    return this.#items.subarray(0, this.#length) as T;
  }
}
