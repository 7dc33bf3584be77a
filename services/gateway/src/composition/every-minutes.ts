import type { Logger } from 'pino';
import { UPKEEP_INTERVAL_MS } from '../limits.ts';

/** Upkeep that runs now and then until it is closed. Runs never overlap; a failure is logged and tried again. */
export function everyMinutes(run: () => Promise<unknown>, logger: Logger): { close(): Promise<void> } {
  let running: Promise<void> | null = null;
  const start = () => {
    running ??= run()
      .then(() => {})
      .catch((error: unknown) => logger.error({ err: error }, 'upkeep failed'))
      .finally(() => {
        running = null;
      });
  };
  start();
  const timer = setInterval(start, UPKEEP_INTERVAL_MS);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
