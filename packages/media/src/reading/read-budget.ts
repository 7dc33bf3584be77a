import type { CustomSource } from 'mediabunny';
import { MEDIA_LIMITS } from '../limits.ts';

/** Every read of the container reader goes through here, from its cache or not. No public part of it does. */
interface Reading {
  _read(...range: readonly number[]): unknown;
}

/** Counts reads since bytes were last taken from the file. */
export interface ReadBudget {
  /** Says that bytes were taken from the file: the reader has come further. */
  renew(): void;
}

/**
 * Ends a reader that goes round in a circle: the one used here (1.61) does where an element of Matroska has a size
 * that is none, for ever, without letting anything else of the process run. Beyond the budget every read throws.
 */
export function limitReads(source: CustomSource): ReadBudget {
  const reading = source as unknown as Reading;
  const read = reading._read.bind(source);
  let reads = 0;
  reading._read = (...range) => {
    reads += 1;
    if (reads > MEDIA_LIMITS.cached_reads_max) throw new Error('it leads its reader in a circle');
    return read(...range);
  };
  return {
    renew() {
      reads = 0;
    },
  };
}
