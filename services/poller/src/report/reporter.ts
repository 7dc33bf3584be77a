import type { Store } from '@minhchung/store';
import type { Logger } from 'pino';
import { COMMIT_DELAY_MS, REPORTS_PER_COMMIT_MAX, REPORTS_WAITING_MAX } from '../limits.ts';
import { type FinishedPoll, type RecordedPoll, type RecordRules, recordPolls } from './record-polls.ts';

/** Writes finished polls down, many in one transaction. */
export interface Reporter {
  /** Takes a poll; waits only where the database does not keep up. */
  add(finished: FinishedPoll): Promise<void>;
  /** Resolves when everything taken so far is written or has failed. */
  drain(): Promise<void>;
}

export interface ReporterOptions {
  readonly store: Pick<Store, 'transaction'>;
  readonly logger: Pick<Logger, 'error'>;
  readonly poller_id: string;
  readonly rules: RecordRules;
  /** Told of every poll written down; polls whose lease was lost are left out. */
  readonly onRecorded: (recorded: RecordedPoll) => void;
  /** Told of every poll that could not be written down. */
  readonly onFault: () => void;
}

/**
 * A commit begins `COMMIT_DELAY_MS` after the first poll that waits for it, or when `REPORTS_PER_COMMIT_MAX` wait,
 * one at a time. When a commit fails its polls are written one by one, so that one that cannot be written does not
 * take the others with it; what is not written is polled again when its lease ends.
 */
export function createReporter(options: ReporterOptions): Reporter {
  const { store, logger, poller_id, rules } = options;
  let waiting: FinishedPoll[] = [];
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;

  async function write(finished: readonly FinishedPoll[]): Promise<void> {
    const recorded = await store.transaction((tx) => recordPolls(tx, poller_id, finished, rules));
    for (const one of recorded.values()) options.onRecorded(one);
  }

  async function commit(finished: readonly FinishedPoll[]): Promise<void> {
    try {
      await write(finished);
    } catch (error) {
      if (finished.length > 1) {
        for (const one of finished) await commit([one]);
        return;
      }
      options.onFault();
      const recorder = finished[0]!.claimed.recorder.code;
      logger.error({ err: error, recorder }, 'a poll could not be recorded');
    }
  }

  async function commitAll(): Promise<void> {
    while (waiting.length > 0) {
      const finished = waiting.slice(0, REPORTS_PER_COMMIT_MAX);
      waiting = waiting.slice(REPORTS_PER_COMMIT_MAX);
      await commit(finished);
    }
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    running ??= commitAll().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    async add(finished) {
      waiting.push(finished);
      if (waiting.length >= REPORTS_PER_COMMIT_MAX) void flush();
      else timer ??= setTimeout(() => void flush(), COMMIT_DELAY_MS);
      if (waiting.length >= REPORTS_WAITING_MAX) await flush();
    },

    async drain() {
      while (waiting.length > 0 || running !== null) await flush();
    },
  };
}
