import { setTimeout as pause } from 'node:timers/promises';
import { CodedError } from '@minhchung/domain';
import { SQLITE_BUSY_TIMEOUT_MS, SQLITE_RETRY_PAUSE_MAX_MS, SQLITE_RETRY_PAUSE_MIN_MS } from '../limits.ts';

/**
 * Tries until another process lets go of the file. SQLite's own busy handler sleeps on the event loop, and with
 * it the whole API; this one pauses instead. Throws `STORE_BUSY` after `SQLITE_BUSY_TIMEOUT_MS`.
 */
export async function untilFree<T>(path: string, attempt: () => T): Promise<T> {
  const started_ms = performance.now();
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      const waited_ms = Math.round(performance.now() - started_ms);
      if (waited_ms > SQLITE_BUSY_TIMEOUT_MS)
        throw new CodedError('STORE_BUSY', { path, waited_ms }, { cause: error });
    }
    const spread_ms = SQLITE_RETRY_PAUSE_MAX_MS - SQLITE_RETRY_PAUSE_MIN_MS;
    await pause(SQLITE_RETRY_PAUSE_MIN_MS + Math.random() * spread_ms);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
