import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCoded } from '../errors.ts';
import {
  intersectSpans,
  makeSpan,
  shiftSpan,
  spanContains,
  spanCovers,
  spanLength_ms,
  spansOverlap,
  widenSpan,
} from './span-algebra.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))
  .map(([start_ms, length]) => ({ start_ms, end_ms: start_ms + length }));

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return isCoded(error) ? error.code : 'not coded';
  }
  return 'no error';
}

describe('makeSpan', () => {
  it('names what is wrong with a span', () => {
    expect(codeOf(() => makeSpan(10, 9))).toBe('SPAN_REVERSED');
    expect(codeOf(() => makeSpan(10, 10))).toBe('SPAN_EMPTY');
    expect(codeOf(() => makeSpan(10, Number.NaN))).toBe('TIME_INVALID');
    expect(codeOf(() => makeSpan(0.5, 2))).toBe('TIME_INVALID');
  });
  it('keeps a good span as it is', () => {
    expect(makeSpan(-5, 7)).toEqual({ start_ms: -5, end_ms: 7 });
  });
});

describe('span algebra', () => {
  it('does not count the end as part of the span', () => {
    expect(spanContains({ start_ms: 0, end_ms: 10 }, 10)).toBe(false);
    expect(spanContains({ start_ms: 0, end_ms: 10 }, 0)).toBe(true);
    expect(spansOverlap({ start_ms: 0, end_ms: 10 }, { start_ms: 10, end_ms: 20 })).toBe(false);
  });
  it('intersects as sets of instants do', () => {
    fc.assert(
      fc.property(span, span, fc.integer({ min: -5, max: 90 }), (a, b, instant) => {
        const both = intersectSpans(a, b);
        expect(both !== null && spanContains(both, instant)).toBe(
          spanContains(a, instant) && spanContains(b, instant),
        );
      }),
    );
  });
  it('covers exactly when the intersection is the inner span', () => {
    fc.assert(
      fc.property(span, span, (a, b) => {
        expect(spanCovers(a, b)).toBe(JSON.stringify(intersectSpans(a, b)) === JSON.stringify(b));
      }),
    );
  });
  it('undoes a shift and a widening', () => {
    fc.assert(
      fc.property(span, fc.integer(), fc.nat(1000), fc.nat(1000), (a, by, before, after) => {
        expect(shiftSpan(shiftSpan(a, by), -by)).toEqual(a);
        expect(widenSpan(widenSpan(a, before, after), -before, -after)).toEqual(a);
        expect(spanLength_ms(widenSpan(a, before, after))).toBe(spanLength_ms(a) + before + after);
      }),
    );
  });
});
