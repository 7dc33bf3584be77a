import type { FileHandle } from 'node:fs/promises';
import { MEDIA_LIMITS } from '../limits.ts';
import { noteBytesRead } from './freed-blocks.ts';
import { readWhole } from './read-whole.ts';

/** Bytes of a file as they lie there, from `start` on. */
export interface FileBlock {
  readonly start: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The stretches of a file that were read last. Whoever reads forward finds that the next one is being read already, and gets longer
 * ones: fewer calls, and nothing to wait for. Whoever jumps about is given short ones. Every byte is really read; where the file became
 * shorter an error is thrown, never zeros given; and where far more is read than lies in it.
 */
export class FileBlocks {
  readonly #handle: FileHandle;
  readonly #size_bytes: number;
  readonly #read_bytes_max: number;
  #read_bytes = 0;
  /** The newest last. */
  #blocks: FileBlock[] = [];
  #ahead: { readonly start: number; readonly end: number; readonly block: Promise<FileBlock | null> } | null =
    null;

  constructor(handle: FileHandle, size_bytes: number) {
    this.#handle = handle;
    this.#size_bytes = size_bytes;
    this.#read_bytes_max = MEDIA_LIMITS.reads_of_a_file_max * size_bytes + MEDIA_LIMITS.index_bytes_max;
  }

  /** The block in which all of `[start, end)` lies, if it is here already. */
  here(start: number, end: number): FileBlock | null {
    const blocks = this.#blocks;
    for (let index = blocks.length - 1; index >= 0; index -= 1) {
      const block = blocks[index]!;
      if (start >= block.start && end <= block.start + block.bytes.length) return block;
    }
    return null;
  }

  /** Reads until `[start, end)` is here, which must lie in the file; what lies in two blocks is put together. */
  async take(start: number, end: number): Promise<FileBlock> {
    if (end - start > MEDIA_LIMITS.reader_block_bytes_max) return await this.#read(start, end);
    const first = this.here(start, start + 1) ?? (await this.#load(start, end));
    const first_end = first.start + first.bytes.length;
    if (end <= first_end) return first;
    const rest = await this.take(first_end, end);
    const bytes = new Uint8Array(end - start);
    bytes.set(first.bytes.subarray(start - first.start));
    bytes.set(rest.bytes.subarray(first_end - rest.start, end - rest.start), first_end - start);
    return { start, bytes };
  }

  async #load(start: number, end: number): Promise<FileBlock> {
    // Pictures and sound may be read side by side, each going on where it was.
    const before = this.#blocks.find((block) => start === block.start + block.bytes.length);
    const block =
      (await this.#takeAhead(start)) ?? (await this.#read(start, this.#endFor(start, end, before)));
    this.#blocks.push(block);
    if (this.#blocks.length > MEDIA_LIMITS.reader_blocks_max) this.#blocks.shift();
    if (before !== undefined) this.#readAhead(block);
    return block;
  }

  #endFor(start: number, end: number, before: FileBlock | undefined): number {
    const { reader_block_bytes, reader_block_bytes_max } = MEDIA_LIMITS;
    const usual =
      before === undefined ? reader_block_bytes : Math.min(2 * before.bytes.length, reader_block_bytes_max);
    return Math.min(Math.max(start + Math.max(usual, reader_block_bytes), end), this.#size_bytes);
  }

  #readAhead(block: FileBlock): void {
    const start = block.start + block.bytes.length;
    if (start >= this.#size_bytes) return;
    const end = this.#endFor(start, start, block);
    // What fails here is no error yet: who needs those bytes reads them again and is told.
    this.#ahead = { start, end, block: this.#read(start, end).catch(() => null) };
  }

  async #takeAhead(start: number): Promise<FileBlock | null> {
    const ahead = this.#ahead;
    if (ahead === null || start < ahead.start || start >= ahead.end) return null;
    this.#ahead = null;
    return await ahead.block;
  }

  async #read(start: number, end: number): Promise<FileBlock> {
    const length = end - start;
    this.#read_bytes += length;
    if (this.#read_bytes > this.#read_bytes_max) throw new Error('it leads its reader in a circle');
    if (length > MEDIA_LIMITS.index_bytes_max)
      throw new Error('it asks for more bytes at once than a frame has');
    const bytes = await readWhole(this.#handle, start, length);
    noteBytesRead(length);
    return { start, bytes };
  }
}
