import type { IndexedFile } from '@minhchung/domain';
import { WRITE_DELAY_US } from '../limits.ts';
import { createdAt_us } from './creation-time.ts';

/**
 * The start of a file whose name tells no time: what it says of itself, else from when it was written last, less its
 * length and what writing may lag behind.
 */
export async function startWithoutName(
  path: string,
  modified_us: number,
  duration_us: number,
): Promise<Pick<IndexedFile, 'start_us' | 'time_from'>> {
  const created_us = await createdAt_us(path);
  if (created_us !== null) return { start_us: created_us, time_from: 'metadata' };
  return { start_us: modified_us - duration_us - WRITE_DELAY_US, time_from: 'modification' };
}
