/** Reads exact numbers of bytes from a stream of chunks, holding no more than what was asked for plus a chunk. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #pending: Uint8Array[] = [];
  #pending_bytes = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  /** The next `size_bytes` bytes, or null when the stream ends before they are complete. */
  async take(size_bytes: number): Promise<Buffer | null> {
    while (this.#pending_bytes < size_bytes) {
      const next = await this.#chunks.next();
      if (next.done) return null;
      this.#pending.push(next.value);
      this.#pending_bytes += next.value.length;
    }
    const all = this.#pending.length === 1 ? this.#pending[0]! : Buffer.concat(this.#pending);
    this.#pending = [all.subarray(size_bytes)];
    this.#pending_bytes = all.length - size_bytes;
    return Buffer.from(all.buffer, all.byteOffset, size_bytes);
  }

  /** Lets go of the source. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
