import cron from 'node-cron';

/** A recurring job that can be stopped. */
export interface Schedule {
  /** Stops the recurrence; a run in progress is the caller's to end. */
  close(): Promise<void>;
}

/**
 * Calls `run` on a cron expression (node-cron syntax, host time zone). Runs never overlap: when one is still going
 * at the next tick, the tick is left out. The only place where the product meets node-cron.
 */
export function scheduleOn(expression: string, run: () => Promise<void>): Schedule {
  const task = cron.schedule(expression, run, { noOverlap: true });
  return {
    async close() {
      await task.destroy();
    },
  };
}

/** True when node-cron accepts the expression. */
export function isCronExpression(expression: string): boolean {
  return cron.validate(expression);
}
