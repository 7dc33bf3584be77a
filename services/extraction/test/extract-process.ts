/**
 * One worker in a process of its own, for tests that kill it. Reads its task as JSON from the environment, works off
 * what there is, and ends. With `die_at` it kills itself, without any chance to tidy up, at that step.
 */
import type { ExtractionStep } from '../src/index.ts';
import { composeWorker } from './compose-worker.ts';

export interface ProcessTask {
  readonly directory: string;
  readonly worker_id: string;
  readonly lease_ms: number;
  /** Kill this process when it first takes this step; null: work to the end. */
  readonly die_at: ExtractionStep | null;
}

const task = JSON.parse(process.env.EXTRACT_TASK ?? '') as ProcessTask;
const composed = await composeWorker({
  ...task,
  onStep: (step) => {
    process.stdout.write(`${step}\n`);
    if (step === task.die_at) process.kill(process.pid, 'SIGKILL');
  },
});
while (await composed.worker.runOnce());
await composed.close();
