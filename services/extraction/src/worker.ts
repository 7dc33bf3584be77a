import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ExtractionAssignment,
  type ExtractionResult,
  giveUpAt_ms,
  isCoded,
  type Lease,
  type TimeSource,
  type Work,
} from '@minhchung/domain';
import type { Logger } from 'pino';
import { type RetryPolicy, resultOfFailure } from './failure.ts';
import { keepLease, type LeaseKeeper } from './lease-keeper.ts';
import type { SettleCalledOff } from './settle-called-off.ts';

/** Whether anything comes after this attempt. */
export interface AttemptStanding {
  /** Another failure of the same kind leaves the item to a person. */
  readonly is_last: boolean;
  /** The source cannot hold the footage any longer: what it does not give now, it never will. */
  readonly is_over: boolean;
}

/** Does one extraction; throws `CodedError`s for what went wrong. Without a standing nobody will try again. */
export type ExtractItem = (
  assignment: ExtractionAssignment,
  lease: LeaseKeeper,
  signal: AbortSignal,
  standing?: AttemptStanding,
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
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly networks: readonly string[] | null;
  readonly lease_ms: number;
  /** Pause after finding nothing to do. */
  readonly idle_ms: number;
  readonly retry: RetryPolicy;
  /** Discards what an item that was called off left in the archive. */
  readonly settle: SettleCalledOff;
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
    if (!assignment) return settleOne();
    const keeper = keepLease(work, assignment.lease, lease_ms, () => time.now_ms());
    try {
      await finishItem(assignment, keeper);
    } finally {
      keeper.close();
    }
    return true;
  }

  /** Clears up after an item that was called off while its worker was gone; false: there was none. */
  async function settleOne(): Promise<boolean> {
    const lease = await work.claimCalledOff({ worker_id: options.worker_id, lease_ms });
    if (lease === null) return false;
    await settle(lease);
    return true;
  }

  async function settle(lease: Lease): Promise<void> {
    const { item_id, token } = lease;
    try {
      await options.settle(lease);
      logger.info({ item_id, attempt: token }, 'what was left of a called-off item is discarded');
    } catch (error) {
      logger.error({ item_id, attempt: token, err: error }, 'a called-off item could not be cleared up yet');
    }
  }

  async function finishItem(assignment: ExtractionAssignment, keeper: LeaseKeeper): Promise<void> {
    const { item_id, token } = assignment.lease;
    const signal = AbortSignal.any([closing.signal, keeper.signal]);
    const started_ms = performance.now();
    const give_up_at_ms = giveUpAt_ms(assignment.approved, assignment.overwrite_at_ms);
    const counted = token - assignment.attempts_forgiven;
    const is_over = give_up_at_ms <= time.now_ms();
    const standing = { is_last: is_over || counted >= options.retry.attempts_max, is_over };
    let result: ExtractionResult;
    try {
      result = await options.extract(assignment, keeper, signal, standing);
    } catch (error) {
      if (signal.aborted) {
        logger.warn({ item_id, attempt: token, err: signal.reason }, 'extraction given up');
        if (isCoded(signal.reason, 'CANCELLED')) await settle(keeper.current());
        return;
      }
      logger.warn({ item_id, attempt: token, err: error }, 'extraction failed');
      const failed = { attempt: token, counted, give_up_at_ms };
      result = resultOfFailure(error, failed, time.now_ms(), options.retry);
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
      if (error.code === 'CANCELLED') await settle(keeper.current());
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
