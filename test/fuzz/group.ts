import { isCoded } from '@minhchung/domain';
import fc from 'fast-check';
import { BrokenBitstream } from '../../packages/bitstream/src/index.ts';

/** One family of parsers and the input made for it. */
export interface FuzzGroup {
  readonly name: string;
  /** What is tried, for the report. */
  readonly about: string;
  /** `limits` says how often CI and the long run try it; groups that touch files are slower. */
  readonly cases_in_ci: number;
  /** A property that holds for every input, however broken. */
  readonly property: fc.IProperty<unknown> | fc.IAsyncProperty<unknown>;
}

/** One case may take so long; parsing is linear in input of a few kilobytes, and machines are busy. */
const CASE_MS_MAX = 5_000;

/** A group of parsers that answer at once. They may refuse input by our own error, and by nothing else. */
export function group<T>(
  name: string,
  about: string,
  input: fc.Arbitrary<T>,
  act: (value: T) => void,
): FuzzGroup {
  const property = fc.property(input, (value) => {
    const started_ms = performance.now();
    try {
      act(value);
    } catch (error) {
      if (!isOurs(error)) throw error;
    }
    checkTime(started_ms);
  });
  return { name, about, cases_in_ci: 3_000, property: property as fc.IProperty<unknown> };
}

/** The same for parsers that read files. */
export function asyncGroup<T>(
  name: string,
  about: string,
  input: fc.Arbitrary<T>,
  act: (value: T) => Promise<void>,
): FuzzGroup {
  const property = fc.asyncProperty(input, async (value) => {
    const started_ms = performance.now();
    try {
      await act(value);
    } catch (error) {
      if (!isOurs(error)) throw error;
    }
    checkTime(started_ms);
  });
  return { name, about, cases_in_ci: 150, property: property as fc.IAsyncProperty<unknown> };
}

function isOurs(error: unknown): boolean {
  return error instanceof BrokenBitstream || isCoded(error);
}

function checkTime(started_ms: number): void {
  const took_ms = performance.now() - started_ms;
  if (took_ms > CASE_MS_MAX) throw new Error(`one case took ${took_ms.toFixed(0)} ms`);
}

/** Fails a case: the parser gave out something it must never give out. */
export function mustHold(holds: boolean, what: string): void {
  if (!holds) throw new Error(`does not hold: ${what}`);
}
