import { LOCAL_BLOCK_BYTES, LOCAL_BLOCKS_MAX } from '../limits.ts';

/** The part of the engine's interface that is used here; the types for Node leave it out. */
declare const WebAssembly: {
  readonly Memory: new (options: {
    initial: number;
    maximum: number;
    shared: true;
  }) => {
    readonly buffer: SharedArrayBuffer;
    /** Adds pages, and gives how many there were. */
    grow(pages: number): number;
  };
};

const PAGE_BYTES = 65_536;
const PAGES_PER_BLOCK = LOCAL_BLOCK_BYTES / PAGE_BYTES;

/**
 * Memory of WebAssembly is shared between threads and begins at a page of the machine, which nothing else in the engine promises: hash
 * and disk can work on the same bytes, the disk without a copy.
 */
const memory = new WebAssembly.Memory({
  initial: 0,
  maximum: LOCAL_BLOCKS_MAX * PAGES_PER_BLOCK,
  shared: true,
});
const made = new Set<Buffer>();
const spare: Buffer[] = [];

/** Blocks for files that are written and read. They are used again: fresh ones would pile up faster than they are collected. */
export const Blocks = {
  /**
   * A block of `LOCAL_BLOCK_BYTES`, with whatever lay in it. When very many are in use it lies in ordinary memory, which the disk may
   * refuse to take without a copy.
   */
  take(): Buffer {
    const block = spare.pop();
    if (block !== undefined) return block;
    if (made.size === LOCAL_BLOCKS_MAX) return Buffer.from(new SharedArrayBuffer(LOCAL_BLOCK_BYTES));
    const start = memory.grow(PAGES_PER_BLOCK) * PAGE_BYTES;
    const fresh = Buffer.from(memory.buffer, start, LOCAL_BLOCK_BYTES);
    made.add(fresh);
    return fresh;
  },

  /** Gives blocks back that nobody looks at any more, neither disk nor hash. */
  give(...blocks: readonly Buffer[]): void {
    spare.push(...blocks.filter((block) => made.has(block)));
  },
};
