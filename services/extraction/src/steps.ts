import type { TimeSource } from '@minhchung/domain';

/**
 * What an extraction does, in order. Between any two of them the process may be killed; the tests kill it at each.
 */
export const EXTRACTION_STEPS = [
  'claimed',
  'earlier_attempts_settled',
  'holdings_known',
  'master_opened',
  'master_archived',
  'footage_cut',
  'derivative_made',
  'derivative_archived',
  'package_confirmed',
  'package_archived',
] as const;
export type ExtractionStep = (typeof EXTRACTION_STEPS)[number];

/** One step that happened, for the manifest. */
export interface StepTaken {
  readonly step: ExtractionStep;
  readonly at_ms: number;
}

/** Notes what happened when, and tells whoever watches. */
export class StepLog {
  readonly #time: TimeSource;
  readonly #onStep: ((step: ExtractionStep) => void) | undefined;
  readonly #taken: StepTaken[] = [];

  constructor(time: TimeSource, onStep?: (step: ExtractionStep) => void) {
    this.#time = time;
    this.#onStep = onStep;
  }

  take(step: ExtractionStep): void {
    this.#taken.push({ step, at_ms: this.#time.now_ms() });
    this.#onStep?.(step);
  }

  taken(): readonly StepTaken[] {
    return this.#taken;
  }
}
