import type { Readable } from 'node:stream';

/** Takes exact numbers of bytes from a stream, holding no more than one of its chunks besides. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** The next `size_bytes` bytes, or null when the stream ends before. */
  async take(size_bytes: number): Promise<Uint8Array | null> {
    const taken = new Uint8Array(size_bytes);
    let length = 0;
    while (length < size_bytes) {
      if (this.#rest.length === 0) {
        const { value, done } = await this.#chunks.next();
        if (done) return null;
        this.#rest = value;
      }
      const part = this.#rest.subarray(0, size_bytes - length);
      taken.set(part, length);
      length += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return taken;
  }
}
