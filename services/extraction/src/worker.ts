import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ExtractionAssignment,
  type ExtractionResult,
  giveUpAt_ms,
  isCoded,
  type TimeSource,
  type Work,
} from '@minhchung/domain';
import type { Logger } from 'pino';
import { type RetryPolicy, resultOfFailure } from './failure.ts';
import { keepLease, type LeaseKeeper } from './lease-keeper.ts';

/** Does one extraction; throws `CodedError`s for what went wrong. */
export type ExtractItem = (
  assignment: ExtractionAssignment,
  lease: LeaseKeeper,
  signal: AbortSignal,
) => Promise<ExtractionResult>;

/** How an attempt ended, for counting. */
export interface EndedExtraction {
  readonly outcome: ExtractionResult['outcome'];
  readonly duration_ms: number;
  /** Of the clip; 0 without one. */
  readonly size_bytes: number;
}

export interface WorkerOptions {
  readonly worker_id: string;
  readonly work: Work;
  readonly extract: ExtractItem;
  readonly time: TimeSource;
  readonly logger: Logger;
  readonly networks: readonly string[] | null;
  readonly lease_ms: number;
  /** Pause after finding nothing to do. */
  readonly idle_ms: number;
  readonly retry: RetryPolicy;
  /** Told of every result that was taken. */
  readonly onEnded?: (ended: EndedExtraction) => void;
}

/** One extraction at a time, claimed, kept and finished. */
export interface Worker {
  /** Works off one item; false when there was none. */
  runOnce(): Promise<boolean>;
  /** Claims and works until `close`. */
  start(): void;
  /** Stops claiming, aborts what runs (its lease expires, another takes it up), and waits for it to end. */
  close(): Promise<void>;
}

/** A worker over a `Work`, be it the database or, one day, a job API. */
export function createWorker(options: WorkerOptions): Worker {
  const { work, time, logger, lease_ms } = options;
  const closing = new AbortController();
  let loop: Promise<void> | null = null;

  async function runOnce(): Promise<boolean> {
    const assignment = await work.claim({
      worker_id: options.worker_id,
      networks: options.networks,
      lease_ms,
    });
    if (!assignment) return false;
    const keeper = keepLease(work, assignment.lease, lease_ms, () => time.now_ms());
    try {
      await finishItem(assignment, keeper);
    } finally {
      keeper.close();
    }
    return true;
  }

  async function finishItem(assignment: ExtractionAssignment, keeper: LeaseKeeper): Promise<void> {
    const { item_id, token } = assignment.lease;
    const signal = AbortSignal.any([closing.signal, keeper.signal]);
    const started_ms = performance.now();
    let result: ExtractionResult;
    try {
      result = await options.extract(assignment, keeper, signal);
    } catch (error) {
      if (signal.aborted) {
        logger.warn({ item_id, attempt: token, err: signal.reason }, 'extraction given up');
        return;
      }
      logger.warn({ item_id, attempt: token, err: error }, 'extraction failed');
      const give_up_at_ms = giveUpAt_ms(assignment.approved, assignment.overwrite_at_ms);
      result = resultOfFailure(error, { attempt: token, give_up_at_ms }, time.now_ms(), options.retry);
    }
    try {
      await work.finish(keeper.current(), result);
      logger.info({ item_id, attempt: token, outcome: result.outcome }, 'extraction ended');
      options.onEnded?.({
        outcome: result.outcome,
        duration_ms: performance.now() - started_ms,
        size_bytes: 'size_bytes' in result ? result.size_bytes : 0,
      });
    } catch (error) {
      if (!isCoded(error, 'LEASE_LOST', 'CANCELLED')) throw error;
      logger.warn(
        { item_id, attempt: token, code: error.code },
        'result not taken: the item is no longer ours',
      );
    }
  }

  async function loopUntilClosed(): Promise<void> {
    while (!closing.signal.aborted) {
      const did_something = await runOnce().catch((error: unknown) => {
        logger.error({ err: error }, 'the worker could not claim or finish an item');
        return false;
      });
      if (!did_something) {
        await sleep(options.idle_ms, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  return {
    runOnce,
    start() {
      loop ??= loopUntilClosed();
    },
    async close() {
      closing.abort(new Error('the worker is closing'));
      await loop;
    },
  };
}
