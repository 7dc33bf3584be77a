import type { TimeSource } from '@minhchung/domain';

/** From `at_true_ms` on, the clock is wrong by `offset_ms` (device minus true). */
export interface ClockStep {
  readonly at_true_ms: number;
  readonly offset_ms: number;
}

/**
 * A device's clock: true time plus an offset that may change in steps. Offsets are whole milliseconds, so that
 * a stamped frame time is known exactly.
 */
export class DeviceClock {
  readonly #time: TimeSource;
  #offset_ms: number;
  #steps: readonly ClockStep[];

  constructor(time: TimeSource, offset_ms = 0, steps: readonly ClockStep[] = []) {
    this.#time = time;
    this.#offset_ms = wholeMs(offset_ms);
    this.#steps = sorted(steps);
  }

  /** The true time this clock is measured against. */
  trueNow_ms(): number {
    return this.#time.now_ms();
  }

  /** What the device believes now, in milliseconds. */
  now_ms(): number {
    return this.deviceTimeOf(this.trueNow_ms());
  }

  /** Offset (device minus true) that held at a true instant. */
  offsetAt(true_ms: number): number {
    return this.#steps.findLast((step) => step.at_true_ms <= true_ms)?.offset_ms ?? this.#offset_ms;
  }

  /** What the clock showed at a true instant. */
  deviceTimeOf(true_ms: number): number {
    return true_ms + this.offsetAt(true_ms);
  }

  /** Makes the clock jump: from `at_true_ms` (default: now) on it is wrong by `offset_ms`. */
  step(offset_ms: number, at_true_ms = this.trueNow_ms()): void {
    this.#steps = sorted([...this.#steps, { at_true_ms, offset_ms }]);
  }
}

function sorted(steps: readonly ClockStep[]): ClockStep[] {
  for (const step of steps) wholeMs(step.offset_ms);
  return steps.toSorted((a, b) => a.at_true_ms - b.at_true_ms);
}

function wholeMs(value: number): number {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`A clock offset is whole milliseconds, not ${value}.`);
  return value;
}
