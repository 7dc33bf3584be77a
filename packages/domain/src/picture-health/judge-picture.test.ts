import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePicture } from './judge-picture.ts';
import { hashDistance, majorityHash, type PictureReading } from './measures.ts';

const HOUR = 3_600_000;
/** 10:00 in Vietnam. */
const TEN = Date.UTC(2026, 10, 22, 3);
const STREET = 'f0e1d2c3b4a59687';
const ELSEWHERE = '0f1e2d3c4b5a6978';

let serial = 0;
function reading(at_ms: number, change: Partial<PictureReading> = {}): PictureReading {
  serial += 1;
  return {
    ...{ at_ms, brightness: 110, contrast: 50, sharpness: 12, flat_share: 0.2, is_monochrome: false },
    ...{ gradient_hash: STREET, fingerprint: serial.toString(16).padStart(16, '0') },
    ...change,
  };
}
const usual = (count: number) =>
  Array.from({ length: count }, (_, n) => reading(TEN - (count - n) * 24 * HOUR));
const thrice = (change: Partial<PictureReading>, from_ms = TEN) =>
  [0, 1, 2].map((n) => reading(from_ms + n * HOUR, change));
const BLACK = { brightness: 3, contrast: 1, flat_share: 1, sharpness: 0 };

describe('the health of a picture', () => {
  it('is fine when the street looks as usual', () => {
    expect(judgePicture([...usual(8), reading(TEN)])).toEqual({
      blind: { kind: 'fine' },
      moved: { kind: 'fine' },
    });
  });
  it('is not judged by nothing', () => {
    expect(judgePicture([])).toEqual({ blind: { kind: 'undecided' }, moved: { kind: 'undecided' } });
  });
  it.each([
    ['black', BLACK],
    ['covered', { flat_share: 0.97 }],
    ['blurred', { sharpness: 2 }],
    ['frozen', { fingerprint: 'abcdabcdabcdabcd' }],
  ] as const)('is blind when three looks in a row find it %s, since the first of them', (cause, change) => {
    const blind = { kind: 'troubled', cause, since_ms: TEN };
    expect(judgePicture([...usual(8), ...thrice(change)]).blind).toEqual(blind);
    const twice = thrice(change).slice(1);
    expect(judgePicture([...usual(8), ...twice]).blind.kind).not.toBe('troubled');
    expect(judgePicture([...usual(8), ...thrice(change), reading(TEN + 3 * HOUR)]).blind).toEqual({
      kind: 'fine',
    });
  });
  it('is not blind at night only because there is no light', () => {
    const night = thrice(BLACK, TEN + 12 * HOUR);
    expect(judgePicture([...usual(8), ...night]).blind).toEqual({ kind: 'fine' });
  });
  it('is black by daylight from seven on and no more at five in the afternoon', () => {
    const daily = (hour: number) =>
      [0, 1, 2].map((day) => reading(TEN + day * 24 * HOUR + (hour - 10) * HOUR, BLACK));
    expect(judgePicture([...usual(8), ...daily(7)]).blind).toMatchObject({ cause: 'black' });
    expect(judgePicture([...usual(8), ...daily(17)]).blind).toEqual({ kind: 'fine' });
  });
  it('is not blind before three looks were ever taken', () => {
    expect(judgePicture(thrice(BLACK).slice(1)).blind).toEqual({ kind: 'undecided' });
  });
  it('is moved when three looks in a row show another view', () => {
    const moved = judgePicture([...usual(8), ...thrice({ gradient_hash: ELSEWHERE })]).moved;
    expect(moved).toEqual({ kind: 'troubled', since_ms: TEN, distance: hashDistance(STREET, ELSEWHERE) });
  });
  it('is not moved by what comes and goes, nor by a black picture, nor judged before the view is known', () => {
    const once = [
      ...usual(8),
      reading(TEN, { gradient_hash: ELSEWHERE }),
      reading(TEN + HOUR),
      reading(TEN + 2 * HOUR),
    ];
    expect(judgePicture(once).moved).toEqual({ kind: 'fine' });
    expect(judgePicture([...usual(8), ...thrice({ ...BLACK, gradient_hash: ELSEWHERE })]).moved.kind).toBe(
      'undecided',
    );
    expect(judgePicture([...usual(4), ...thrice({ gradient_hash: ELSEWHERE })]).moved.kind).toBe('undecided');
  });
  it('compares pictures by infrared with pictures by infrared', () => {
    const night = { is_monochrome: true, sharpness: 3, gradient_hash: ELSEWHERE };
    const nights = Array.from({ length: 8 }, (_, n) => reading(TEN - (8 - n) * 24 * HOUR + 12 * HOUR, night));
    const seen = [...usual(8), ...nights].sort((a, b) => a.at_ms - b.at_ms);
    expect(judgePicture([...seen, ...thrice(night)])).toEqual({
      blind: { kind: 'fine' },
      moved: { kind: 'fine' },
    });
  });
  it('says nothing of a view that is never twice the same', () => {
    const restless = usual(8).map((one, n) => ({ ...one, gradient_hash: n % 2 === 0 ? STREET : ELSEWHERE }));
    expect(judgePicture([...restless, ...thrice({ gradient_hash: 'aaaaaaaaaaaaaaaa' })]).moved.kind).toBe(
      'undecided',
    );
  });
});

describe('gradient hashes', () => {
  const hash = fc
    .bigInt({ min: 0n, max: (1n << 64n) - 1n })
    .map((bits) => bits.toString(16).padStart(16, '0'));
  it('differ by a distance that is symmetric, zero to themselves, at most 64', () => {
    fc.assert(
      fc.property(hash, hash, (a, b) => {
        expect(hashDistance(a, a)).toBe(0);
        expect(hashDistance(a, b)).toBe(hashDistance(b, a));
        expect(hashDistance(a, b)).toBeLessThanOrEqual(64);
      }),
    );
  });
  it('have a majority that is nearer to most of them than any other side', () => {
    fc.assert(
      fc.property(hash, hash, (a, b) => {
        expect(majorityHash([a, b, a])).toBe(a);
      }),
    );
    expect(majorityHash([])).toBeNull();
    expect(() => hashDistance('x', STREET)).toThrow(TypeError);
  });
});
