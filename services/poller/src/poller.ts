import { type Schedule, scheduleOn } from './schedule.ts';
import { type SweepOptions, type SweepReport, sweep } from './sweep.ts';

export interface PollerOptions extends SweepOptions {
  /** node-cron expression of the sweeps. */
  readonly schedule: string;
  readonly onSweep?: (report: SweepReport) => void;
}

/** Sweeps the network at once and then on schedule, until closed. */
export interface Poller {
  start(): void;
  /** Aborts the sweep in progress and waits for it. */
  close(): Promise<void>;
}

/** A poller over the networks its options name. Sweeps never overlap. */
export function createPoller(options: PollerOptions): Poller {
  const closing = new AbortController();
  let schedule: Schedule | null = null;
  let running: Promise<void> | null = null;

  async function runSweep(): Promise<void> {
    try {
      const report = await sweep(options, closing.signal);
      options.logger.info({ ...report }, 'sweep ended');
      options.onSweep?.(report);
    } catch (error) {
      if (!closing.signal.aborted) options.logger.error({ err: error }, 'sweep failed');
    }
  }

  function runOne(): Promise<void> {
    running ??= runSweep().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    start() {
      if (schedule) return;
      schedule = scheduleOn(options.schedule, runOne);
      void runOne();
    },
    async close() {
      closing.abort(new Error('the poller is closing'));
      await schedule?.close();
      await running;
    },
  };
}
