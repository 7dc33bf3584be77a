import cron from 'node-cron';
import { PERIOD_MS_MAX } from './limits.ts';

/** A recurring job that can be stopped. */
export interface Schedule {
  /** Stops the recurrence; a run in progress is the caller's to end. */
  close(): Promise<void>;
}

/**
 * Calls `run` on a cron expression (node-cron syntax, host time zone), each time up to `jitter_ms` later by chance. The
 * only file where the product meets node-cron.
 */
export function scheduleOn(expression: string, jitter_ms: number, run: () => void): Schedule {
  const waiting = new Set<NodeJS.Timeout>();
  const task = cron.schedule(expression, () => {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      run();
    }, Math.random() * jitter_ms);
    waiting.add(timer);
  });
  return {
    async close() {
      for (const timer of waiting) clearTimeout(timer);
      await task.destroy();
    },
  };
}

/** True when node-cron accepts the expression. */
export function isCronExpression(expression: string): boolean {
  return cron.validate(expression);
}

/** The beginning of the next sweep after an instant that lies near the present. */
export type NextSweep = (after_ms: number) => number;

/** Runs looked ahead: an instant a lease ahead may lie several runs away. */
const RUNS_AHEAD = 16;

/**
 * When the expression's next run is, by the same rules as `scheduleOn`: all pollers with one schedule agree on it.
 * Runs that were worked out are kept until they are past, for this is asked once per report.
 */
export function nextSweepOf(expression: string): NextSweep {
  const task = cron.createTask(expression, () => {});
  let runs_ms: readonly number[] = [];
  const find = (after_ms: number) => runs_ms.find((run_ms) => run_ms > after_ms);
  return (after_ms) => {
    // The runs are those after the present; an instant before the first of them may have had another one.
    if (runs_ms.length === 0 || after_ms > runs_ms[0]!) {
      runs_ms = task.getNextRuns(RUNS_AHEAD).map((run) => run.getTime());
    }
    return find(after_ms) ?? after_ms + PERIOD_MS_MAX;
  };
}
