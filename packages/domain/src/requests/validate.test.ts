import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.ts';
import { problemsOfRequest, problemsOfSpan, type RequestDraft } from './validate.ts';

const NOW = Date.UTC(2026, 10, 22, 8);
const MINUTE = 60_000;
const good: RequestDraft = {
  wanted: { start_ms: NOW - 10 * MINUTE, end_ms: NOW - 9 * MINUTE },
  cameras: ['cam-1', 'cam-2'],
  purpose: 'incident',
  reason: 'Xác định hướng di chuyển của đối tượng',
  legal_basis: 'criminal_procedure',
  legal_reference: null,
};

function codes(change: Partial<RequestDraft>): string[] {
  return problemsOfRequest({ ...good, ...change }, NOW).map((problem) => problem.code);
}

const ago = (from_min: number, to_min: number) => ({
  start_ms: NOW - from_min * MINUTE,
  end_ms: NOW - to_min * MINUTE,
});

describe('a request', () => {
  it('has no problems when it is as it should be', () => {
    expect(codes({})).toEqual([]);
  });
  it.each([
    ['an end before the start', { wanted: ago(9, 10) }, 'SPAN_REVERSED'],
    ['no length', { wanted: ago(9, 9) }, 'SPAN_EMPTY'],
    ['an end in the future', { wanted: ago(1, -1) }, 'SPAN_IN_FUTURE'],
    ['five hours', { wanted: ago(301, 1) }, 'SPAN_TOO_LONG'],
    ['a time before cameras', { wanted: { start_ms: 0, end_ms: MINUTE } }, 'SPAN_TOO_OLD'],
    ['a time that is none', { wanted: { start_ms: Number.NaN, end_ms: NOW } }, 'TIME_INVALID'],
    ['no camera', { cameras: [] }, 'CAMERA_MISSING'],
    ['a camera twice', { cameras: ['a', 'b', 'a', 'a'] }, 'CAMERA_TWICE'],
    ['too many cameras', { cameras: Array.from({ length: 65 }, (_, i) => `c${i}`) }, 'CAMERAS_TOO_MANY'],
    ['no reason', { reason: '  ' }, 'TEXT_MISSING'],
    ['an endless reason', { reason: 'x'.repeat(LIMITS.paragraph_max_chars + 1) }, 'TEXT_TOO_LONG'],
    ['an unknown purpose', { purpose: 'curiosity' }, 'VALUE_UNKNOWN'],
    ['an unknown legal basis', { legal_basis: 'hearsay' }, 'VALUE_UNKNOWN'],
    ['an order without its number', { legal_basis: 'lawful_order' }, 'TEXT_MISSING'],
  ])('with %s is told so', (_what, change, code) => {
    expect(codes(change)).toEqual([code]);
  });
  it('is told everything at once', () => {
    expect(codes({ wanted: ago(9, 10), cameras: ['a', 'a'], purpose: '', reason: '' })).toEqual([
      'SPAN_REVERSED',
      'CAMERA_TWICE',
      'VALUE_UNKNOWN',
      'TEXT_MISSING',
    ]);
  });
  it('may end now, even on a machine a little ahead', () => {
    expect(
      problemsOfSpan({ start_ms: NOW - MINUTE, end_ms: NOW + LIMITS.span_future_tolerance_ms }, NOW),
    ).toEqual([]);
  });
  it('never makes the check itself fail', () => {
    fc.assert(
      fc.property(
        fc.double(),
        fc.double(),
        fc.array(fc.string()),
        fc.string(),
        (start_ms, end_ms, cameras, text) => {
          const draft = {
            wanted: { start_ms, end_ms },
            cameras,
            purpose: text,
            reason: text,
            legal_basis: text,
          };
          const problems = problemsOfRequest({ ...draft, legal_reference: text }, NOW);
          expect(problems.length).toBeGreaterThan(0);
          for (const problem of problems) expect(problem.texts.vi).not.toMatch(/\{\w+\}/);
        },
      ),
    );
  });
});
