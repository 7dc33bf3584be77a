import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../span.ts';
import {
  coverageShare,
  gapsIn,
  intersectSpanSets,
  normaliseSpans,
  subtractSpans,
  totalLength_ms,
  uniteSpans,
} from './span-set.ts';

/** Spans that may be empty or reversed, as they may come from a device. */
const anySpan = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -2, max: 15 }))
  .map(([start_ms, length]) => ({ start_ms, end_ms: start_ms + length }));
const spans = fc.array(anySpan, { maxLength: 8 });

/** The naive model: a set of single milliseconds. */
function instants(set: readonly Span[]): Set<number> {
  const result = new Set<number>();
  for (const span of set) for (let t = span.start_ms; t < span.end_ms; t += 1) result.add(t);
  return result;
}

function kept(set: Set<number>, test: (instant: number) => boolean): Set<number> {
  return new Set([...set].filter(test));
}

function isNormalised(set: readonly Span[]): boolean {
  return set.every(
    (span, i) => span.start_ms < span.end_ms && (i === 0 || set[i - 1]!.end_ms < span.start_ms),
  );
}

describe('span sets agree with sets of single milliseconds', () => {
  it('when normalised', () => {
    fc.assert(
      fc.property(spans, (a) => {
        expect(isNormalised(normaliseSpans(a))).toBe(true);
        expect(instants(normaliseSpans(a))).toEqual(instants(a));
      }),
    );
  });
  it('when united, intersected and subtracted', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const [left, right] = [instants(a), instants(b)];
        for (const [result, model] of [
          [uniteSpans(a, b), new Set([...left, ...right])],
          [intersectSpanSets(a, b), kept(left, (t) => right.has(t))],
          [subtractSpans(a, b), kept(left, (t) => !right.has(t))],
        ] as const) {
          expect(isNormalised(result)).toBe(true);
          expect(instants(result)).toEqual(model);
        }
      }),
    );
  });
  it('when measured', () => {
    fc.assert(
      fc.property(anySpan, spans, (wanted, found) => {
        const model = instants([wanted]);
        const held = instants(found);
        const covered = kept(model, (t) => held.has(t));
        expect(totalLength_ms(found)).toBe(held.size);
        expect(instants(gapsIn(wanted, found))).toEqual(kept(model, (t) => !held.has(t)));
        expect(coverageShare(wanted, found)).toBeCloseTo(model.size === 0 ? 1 : covered.size / model.size);
      }),
    );
  });
});

describe('normaliseSpans', () => {
  it('joins spans that touch, and holes up to the given length', () => {
    const touching = [
      { start_ms: 10, end_ms: 20 },
      { start_ms: 0, end_ms: 10 },
      { start_ms: 25, end_ms: 30 },
    ];
    expect(normaliseSpans(touching)).toEqual([
      { start_ms: 0, end_ms: 20 },
      { start_ms: 25, end_ms: 30 },
    ]);
    expect(normaliseSpans(touching, 5)).toEqual([{ start_ms: 0, end_ms: 30 }]);
  });
});
