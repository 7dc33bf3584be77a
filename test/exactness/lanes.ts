import { join } from 'node:path';
import { type ExactnessCase, keyOf } from './factors.ts';
import type { Judgement } from './judge.ts';
import { Laboratory, type LaboratoryOptions } from './laboratory.ts';
import { Recordings } from './recordings.ts';
import { NO_FIGURES } from './verdict.ts';

export interface LaneOptions extends Omit<LaboratoryOptions, 'recordings'> {
  /** How many cases run at a time, each lane with a deployment of its own. */
  readonly lanes: number;
}

/** Runs cases in several lanes that share what is encoded, telling of each as it is judged. */
export async function runCases(
  cases: Iterable<ExactnessCase>,
  { lanes, directory, ...options }: LaneOptions,
  onJudged: (one: ExactnessCase, judgement: Judgement) => void,
): Promise<void> {
  const recordings = new Recordings(join(directory, 'recordings'));
  const waiting = cases[Symbol.iterator]();
  const lane = async (_: unknown, number: number) => {
    const laboratory = await Laboratory.open({
      ...options,
      recordings,
      directory: join(directory, `lane-${number}`),
    });
    try {
      for (let next = waiting.next(); !next.done; next = waiting.next()) {
        onJudged(next.value, await judgementOf(laboratory, next.value));
      }
    } finally {
      await laboratory.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** A case that cannot even be run is wrong too, and must not keep the others from being judged. */
async function judgementOf(laboratory: Laboratory, one: ExactnessCase): Promise<Judgement> {
  try {
    return await laboratory.run(one);
  } catch (error) {
    return { wrong: [`${keyOf(one)} could not be judged: ${error}`], figures: NO_FIGURES };
  }
}
