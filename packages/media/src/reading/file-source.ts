import { constants, type FileHandle, open } from 'node:fs/promises';
import { Source } from 'mediabunny';
import { MEDIA_LIMITS } from '../limits.ts';
import { type FileBlock, FileBlocks } from './file-blocks.ts';
import { checkOutline } from './header-guard.ts';
import { checkFragment } from './table-guard.ts';
import { readableSize } from './whole-fragments.ts';

/**
 * Opens a file for the container reader. (The reader's own source for paths hands out zeros where a read falls short, as on a share or
 * a file being cut.) Throws system errors, and an error for what is no regular file or has an outline that no reader should meet.
 */
export async function openFileSource(path: string): Promise<Source> {
  // Without waiting: opening a pipe that nobody writes to would never end.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const size_bytes = await checkedSize(handle).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  return new FileSource(handle, size_bytes);
}

/** What the container reader (1.61) asks of a source, by names that are none of its public part. */
interface Reading {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where in the file the bytes begin. */
  readonly offset: number;
}

class FileSource extends Source {
  readonly #handle: FileHandle;
  readonly #size_bytes: number;
  readonly #blocks: FileBlocks;
  #view: { readonly block: FileBlock; readonly reading: Reading } | null = null;
  #reads_from_memory = 0;

  constructor(handle: FileHandle, size_bytes: number) {
    super();
    this.#handle = handle;
    this.#size_bytes = size_bytes;
    this.#blocks = new FileBlocks(handle, size_bytes);
  }

  _getFileSize(): number {
    return this.#size_bytes;
  }

  /** All of `[start, end)`, and what happens to lie around it. The reader looks where the file ends, but not for what is no place. */
  _read(start: number, end: number): Reading | Promise<Reading> {
    if (!(start >= 0 && start < end && end <= this.#size_bytes))
      throw new Error('it points to where nothing is');
    this.#guardAgainstCircles();
    const block = this.#blocks.here(start, end);
    if (block !== null) {
      this.#guardAgainstFragment(block, start, end);
      return this.#readingOf(block);
    }
    this.#reads_from_memory = 0;
    return this.#blocks.take(start, end).then((taken) => {
      this.#guardAgainstFragment(taken, start, end);
      return readingOf(taken);
    });
  }

  _dispose(): void {
    void this.#handle.close();
  }

  /**
   * Ends a reader that goes round in a circle: this one does where an element of Matroska has a size that is none, for ever, without
   * letting anything else of the process run.
   */
  #guardAgainstCircles(): void {
    this.#reads_from_memory += 1;
    if (this.#reads_from_memory > MEDIA_LIMITS.cached_reads_max)
      throw new Error('it leads its reader in a circle');
  }

  /** Fragments are found in many ways, and read in one: whole, from their head on. Other bytes are nothing to it. */
  #guardAgainstFragment({ start: block_start, bytes }: FileBlock, start: number, end: number): void {
    const at = start - block_start;
    if (end - start <= 8 || bytes[at + 4] !== 0x6d || bytes[at + 7] !== 0x66) return;
    const box = Buffer.from(bytes.buffer, bytes.byteOffset + at, end - start);
    if (box.toString('latin1', 4, 8) === 'moof') checkFragment(box.subarray(8), this.#size_bytes);
  }

  #readingOf(block: FileBlock): Reading {
    if (this.#view?.block !== block) this.#view = { block, reading: readingOf(block) };
    return this.#view.reading;
  }
}

function readingOf({ start, bytes }: FileBlock): Reading {
  return { bytes, view: new DataView(bytes.buffer), offset: start };
}

async function checkedSize(handle: FileHandle): Promise<number> {
  const facts = await handle.stat();
  if (!facts.isFile()) throw new Error('it is no regular file');
  await checkOutline(handle, facts.size);
  return await readableSize(handle, facts.size);
}
