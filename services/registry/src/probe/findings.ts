import { type Bilingual, isCoded } from '@minhchung/domain';
import { failureWords } from './failure-words.ts';
import { PROBE_LEVELS, type ProbeFinding, type ProbeLevel, type ProbeStep } from './report.ts';

/** Collects what a trial finds, step by step. */
export class Findings {
  readonly #list: ProbeFinding[] = [];

  get list(): readonly ProbeFinding[] {
    return this.#list;
  }

  /** The worst of them. */
  get level(): ProbeLevel {
    const worst = Math.max(0, ...this.#list.map(({ level }) => PROBE_LEVELS.indexOf(level)));
    return PROBE_LEVELS[worst]!;
  }

  /** True once the device refused the account: nothing more is asked under it. */
  get is_refused(): boolean {
    return this.#list.some(({ code }) => code === 'DEVICE_REFUSED');
  }

  ok(step: ProbeStep, code: string, text: Bilingual): void {
    this.#list.push({ step, level: 'ok', code, text, next: null });
  }

  attention(step: ProbeStep, code: string, text: Bilingual, next: Bilingual): void {
    this.#list.push({ step, level: 'attention', code, text, next });
  }

  problem(step: ProbeStep, code: string, text: Bilingual, next: Bilingual): void {
    this.#list.push({ step, level: 'problem', code, text, next });
  }

  /** What a device did wrong at a step. Rethrows what is no fault of a device. */
  failed(step: ProbeStep, error: unknown, level: Exclude<ProbeLevel, 'ok'> = 'problem'): void {
    if (!isCoded(error) || error.code === 'CANCELLED') throw error;
    const { text, next } = failureWords(error);
    this.#list.push({ step, level, code: error.code, text, next });
  }
}
