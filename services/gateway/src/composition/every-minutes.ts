import type { Logger } from 'pino';
import { UPKEEP_INTERVAL_MS } from '../limits.ts';

/**
 * Upkeep that runs at once and then every `interval_ms` until it is closed, which aborts the run in progress and waits
 * for it. Runs never overlap; a failure is logged and tried again.
 */
export function everyMinutes(
  run: (signal: AbortSignal) => Promise<unknown>,
  logger: Logger,
  interval_ms = UPKEEP_INTERVAL_MS,
): { close(): Promise<void> } {
  const closing = new AbortController();
  let running: Promise<void> | null = null;
  const start = () => {
    running ??= run(closing.signal)
      .then(() => {})
      .catch((error: unknown) => logger.error({ err: error }, 'upkeep failed'))
      .finally(() => {
        running = null;
      });
  };
  start();
  const timer = setInterval(start, interval_ms);
  return {
    async close() {
      clearInterval(timer);
      closing.abort(new Error('the upkeep is closing'));
      await running;
    },
  };
}
