import { describe, expect, it } from 'vitest';
import { type ExactnessCase, FACTORS, FOOTAGE_FACTORS } from './factors.ts';
import { everyPair, pairsOf, pairwiseCover } from './pairwise.ts';

describe('a pairwise cover', () => {
  it('holds every pair of values of two factors', () => {
    const covered = new Set(pairwiseCover(FACTORS).flatMap((row) => pairsOf(row, Object.keys(FACTORS))));
    expect(everyPair(FACTORS).filter((pair) => !covered.has(pair))).toEqual([]);
  });

  it('holds them with the few recordings that cover the factors of encoding', () => {
    const footage = pairwiseCover(FOOTAGE_FACTORS);
    const rows = pairwiseCover(FACTORS, footage) as unknown as ExactnessCase[];
    const covered = new Set(rows.flatMap((row) => pairsOf(row, Object.keys(FACTORS))));
    expect(everyPair(FACTORS).filter((pair) => !covered.has(pair))).toEqual([]);
    const encoded = new Set(rows.map(({ codec, rate, order, gop }) => `${codec} ${rate} ${order} ${gop}`));
    expect(encoded.size).toBeLessThanOrEqual(footage.length);
  });

  it('is far smaller than everything, and no smaller than its two largest factors allow', () => {
    const factors = { a: ['1', '2', '3'], b: ['1', '2', '3', '4'], c: ['1', '2'], d: ['1', '2'] };
    const count = pairwiseCover(factors).length;
    expect(count).toBeGreaterThanOrEqual(12);
    expect(count).toBeLessThanOrEqual(16);
  });

  it('is the same at every run', () => {
    expect(pairwiseCover(FACTORS)).toEqual(pairwiseCover(FACTORS));
  });

  it('is refused where a pair can never occur', () => {
    expect(() => pairwiseCover({ a: ['1', '2'], b: ['1'] }, [{ a: '1' }])).toThrow(RangeError);
  });
});
