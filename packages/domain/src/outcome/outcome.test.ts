import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceSpan } from '../clock-offset/offset.ts';
import { shiftSpan } from '../interval/span-algebra.ts';
import { intersectSpanSets, subtractSpans, totalLength_ms } from '../interval/span-set.ts';
import { LIMITS } from '../limits.ts';
import type { Span } from '../span.ts';
import { foundWithin, gapsOfApproved, reasonOfHole } from './gaps.ts';
import { giveUpAt_ms, HOLE_RULES, outcomeOfNothing } from './outcome.ts';

const T = Date.UTC(2026, 10, 22, 8);
const NOW = T + 3_600_000;
const HOLE_MIN_MS = LIMITS.gap_min_ms;
const approved = span(0, 60_000);
/** A clock 41 minutes fast, known to ± 30 ms. */
const FAST = 2_460_000;
const offset = { min_ms: FAST - 30, max_ms: FAST + 30 };

function span(from_ms: number, to_ms: number): Span {
  return { start_ms: T + from_ms, end_ms: T + to_ms };
}

/** What a device whose clock is `FAST` holds of these true spans, in its own time. */
function onDevice(...spans: Span[]): Span[] {
  return spans.map((one) => shiftSpan(one, FAST));
}

function gapsWith(bounds: { min_ms: number; max_ms: number }, ...recorded: Span[]): Span[] {
  const searched = deviceSpan(approved, bounds);
  return gapsOfApproved(approved, foundWithin(onDevice(...recorded), searched, HOLE_MIN_MS), bounds);
}

describe('gaps of an approved span', () => {
  it('are none when the recorder holds all that was searched, or misses less than a frame stands for', () => {
    expect(gapsWith(offset, span(-5_000, 65_000))).toEqual([]);
    expect(gapsWith(offset, span(80, 59_900))).toEqual([]);
    expect(gapsWith(offset, span(-5_000, 30_000), span(31_000, 65_000))).toEqual([]);
  });

  it('hold a hole of the recorder, wider by the bound of the clock on both sides', () => {
    expect(gapsWith(offset, span(-5_000, 20_000), span(40_000, 65_000))).toEqual([span(19_970, 40_030)]);
  });

  it('hold what is overwritten at the beginning and not yet written at the end', () => {
    expect(gapsWith(offset, span(10_000, 50_000))).toEqual([span(0, 10_030), span(49_970, 60_000)]);
  });

  it('hold the whole span when so little is known of the clock that nothing is sure', () => {
    const lost = { min_ms: FAST - 600_000, max_ms: FAST + 600_000 };
    expect(gapsWith(lost, span(-20_000, 80_000))).toEqual([approved]);
  });

  const piece = fc
    .tuple(fc.integer({ min: -20_000, max: 80_000 }), fc.integer({ min: 1, max: 40_000 }))
    .map(([from, length]) => span(from, from + length));
  const footage = fc.array(piece, { maxLength: 6 });
  const bounds = fc.tuple(fc.nat(500), fc.nat(500));

  it('leave nothing out that is truly missing, whichever offset of the interval is the true one', () => {
    fc.assert(
      fc.property(footage, bounds, (recorded, [below, above]) => {
        const known = { min_ms: FAST - below, max_ms: FAST + above };
        const missing = subtractSpans([approved], recorded);
        const unsaid = subtractSpans(missing, gapsWith(known, ...recorded));
        // What is missing and not called a gap are breaks no longer than one frame may stand for.
        for (const one of unsaid) expect(one.end_ms - one.start_ms).toBeLessThanOrEqual(HOLE_MIN_MS);
      }),
    );
  });

  it('claim no more than the bounds of the clock on each side of a break', () => {
    fc.assert(
      fc.property(footage, bounds, (recorded, [below, above]) => {
        const known = { min_ms: FAST - below, max_ms: FAST + above };
        const gaps = gapsWith(known, ...recorded);
        const found = totalLength_ms(intersectSpanSets([approved], recorded));
        const claimed = totalLength_ms(intersectSpanSets(gaps, recorded));
        expect(claimed).toBeLessThanOrEqual(Math.min(found, (recorded.length + 1) * 2 * (below + above)));
      }),
    );
  });
});

describe('why a hole is there', () => {
  const hole = shiftSpan(span(20_000, 40_000), FAST);
  const retained = shiftSpan(span(-500_000, 90_000), FAST);

  it('is a hole of the recorder between what it holds', () => {
    expect(reasonOfHole(hole, offset, { retained }, NOW, HOLE_RULES)).toBe('recorder_hole');
  });
  it('is overwriting before the oldest thing held', () => {
    const later = shiftSpan(span(40_000, 90_000), FAST);
    expect(reasonOfHole(hole, offset, { retained: later }, NOW, HOLE_RULES)).toBe('overwritten');
  });
  it('is the delay of writing at the live end, for a while', () => {
    const until_now = shiftSpan(span(-500_000, 20_000), FAST);
    expect(reasonOfHole(hole, offset, { retained: until_now }, T + 45_000, HOLE_RULES)).toBe(
      'not_yet_recorded',
    );
    expect(reasonOfHole(hole, offset, { retained: until_now }, NOW, HOLE_RULES)).toBe('recorder_hole');
  });
});

describe('a source that answered and gave nothing', () => {
  it('has no footage when everything is overwritten', () => {
    const retained = shiftSpan(span(90_000, 3_600_000), FAST);
    expect(outcomeOfNothing(approved, offset, { retained }, NOW)).toEqual({
      outcome: 'no_footage',
      reason: 'overwritten',
    });
  });
  it('has no footage when it is empty or recorded around the span', () => {
    const nothing = { outcome: 'no_footage', reason: 'nothing_recorded' };
    expect(outcomeOfNothing(approved, offset, { retained: null }, NOW)).toEqual(nothing);
    const retained = shiftSpan(span(-90_000, 99_000), FAST);
    expect(outcomeOfNothing(approved, offset, { retained }, NOW)).toEqual(nothing);
  });
  it('is asked again when it may not have written the span yet', () => {
    const retained = shiftSpan(span(-90_000, -60_000), FAST);
    expect(outcomeOfNothing(approved, offset, { retained }, T + 61_000).outcome).toBe('waiting');
  });
});

describe('giving up', () => {
  it('comes when the end of the span must have been overwritten', () => {
    expect(giveUpAt_ms(approved, NOW)).toBe(NOW);
  });
  it('comes even when nothing is known of the recorder', () => {
    expect(giveUpAt_ms(approved, null)).toBe(approved.end_ms + LIMITS.waiting_without_horizon_max_ms);
  });
});
