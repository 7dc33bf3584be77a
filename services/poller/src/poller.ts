import { type Schedule, scheduleOn } from './schedule.ts';
import { type SweepOptions, type SweepReport, sweep } from './sweep.ts';

export interface PollerOptions extends Omit<SweepOptions, 'everything'> {
  /** node-cron expression of the sweeps. */
  readonly schedule: string;
  /** A sweep begins up to this long after its time, by chance, so that pollers do not all begin at once. */
  readonly jitter_ms: number;
  readonly onSweep?: (report: SweepReport) => void;
}

/** Sweeps the network at once and then on schedule, until closed. */
export interface Poller {
  start(): void;
  /** Aborts the sweep in progress and waits for it. What it held is polled by others when the lease ends. */
  close(): Promise<void>;
}

/** A poller over the networks its options name. Sweeps of one poller never overlap. */
export function createPoller(options: PollerOptions): Poller {
  const closing = new AbortController();
  let schedule: Schedule | null = null;
  let running: Promise<void> | null = null;
  let is_wanted = false;

  async function runSweep(): Promise<void> {
    try {
      const report = await sweep(options, closing.signal);
      options.logger.info({ ...report }, 'sweep ended');
      options.onSweep?.(report);
    } catch (error) {
      if (!closing.signal.aborted) options.logger.error({ err: error }, 'sweep failed');
    }
  }

  /** A sweep whose time comes while another runs begins right after it: what became due must not wait a period. */
  async function runWanted(): Promise<void> {
    while (is_wanted && !closing.signal.aborted) {
      is_wanted = false;
      await runSweep();
    }
  }

  function run(): Promise<void> {
    is_wanted = true;
    running ??= runWanted().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    start() {
      if (schedule) return;
      schedule = scheduleOn(options.schedule, options.jitter_ms, () => void run());
      void run();
    },
    async close() {
      closing.abort(new Error('the poller is closing'));
      await schedule?.close();
      await running;
    },
  };
}
