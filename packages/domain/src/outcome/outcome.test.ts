import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersectSpanSets, totalLength_ms } from '../interval/span-set.ts';
import { LIMITS } from '../limits.ts';
import type { Span } from '../span.ts';
import { foundOfWanted, gapsOfWanted, type HeldFootage } from './gaps.ts';
import { GAP_RULES, giveUpAt_ms, outcomeOf } from './outcome.ts';

const T = Date.UTC(2026, 10, 22, 8);
const NOW = T + 3_600_000;
const wanted = span(0, 60_000);
/** A clock 41 minutes fast, known to ± 30 ms. */
const FAST = 2_460_000;
const offset = { min_ms: FAST - 30, max_ms: FAST + 30 };

function span(from_ms: number, to_ms: number): Span {
  return { start_ms: T + from_ms, end_ms: T + to_ms };
}

/** Footage a device with the true offset `FAST` holds for these true spans. */
function held(...spans: Span[]): HeldFootage {
  const device = spans.map(({ start_ms, end_ms }) => ({ start_ms: start_ms + FAST, end_ms: end_ms + FAST }));
  return {
    spans: device,
    retained: device.length === 0 ? null : { start_ms: device[0]!.start_ms, end_ms: device.at(-1)!.end_ms },
  };
}

function outcomeOfHeld(footage: HeldFootage, now_ms = NOW) {
  return outcomeOf(wanted, offset, { kind: 'answered', held: footage }, null, now_ms);
}

describe('an item whose source answered', () => {
  it('is archived when the wanted span is held whole, widened or not', () => {
    expect(outcomeOfHeld(held(span(-500_000, 500_000)))).toEqual({ outcome: 'archived' });
    expect(outcomeOfHeld(held(wanted))).toEqual({ outcome: 'archived' });
  });
  it('is partial with a hole of the recorder, at its true time', () => {
    const outcome = outcomeOfHeld(held(span(-500_000, 20_000), span(40_000, 500_000)));
    expect(outcome).toEqual({
      outcome: 'partial',
      gaps: [
        {
          span: span(20_000, 40_000),
          bound_ms: 30,
          missing_min_ms: 20_000,
          missing_max_ms: 20_000,
          reason: 'recorder_hole',
        },
      ],
    });
  });
  it('is partial when the beginning is overwritten', () => {
    expect(outcomeOfHeld(held(span(10_000, 500_000)))).toMatchObject({
      outcome: 'partial',
      gaps: [{ span: span(0, 10_000), missing_min_ms: 9_970, missing_max_ms: 10_030, reason: 'overwritten' }],
    });
  });
  it('is partial when the end is not on the disk yet', () => {
    const outcome = outcomeOfHeld(held(span(-500_000, 50_000)), T + 65_000);
    expect(outcome).toMatchObject({
      outcome: 'partial',
      gaps: [{ span: span(50_000, 60_000), reason: 'not_yet_recorded' }],
    });
  });
  it('has a hole, not a delay, where recording ended long ago', () => {
    expect(outcomeOfHeld(held(span(-500_000, 50_000)))).toMatchObject({
      gaps: [{ reason: 'recorder_hole' }],
    });
  });
  it('has no footage when everything is overwritten', () => {
    expect(
      outcomeOfHeld({ spans: [], retained: { start_ms: T + FAST + 90_000, end_ms: NOW + FAST } }),
    ).toEqual({
      outcome: 'no_footage',
      reason: 'overwritten',
    });
  });
  it('has no footage when the recorder is empty or recorded around it', () => {
    const nothing = { outcome: 'no_footage', reason: 'nothing_recorded' };
    expect(outcomeOfHeld({ spans: [], retained: null })).toEqual(nothing);
    expect(outcomeOfHeld(held(span(-90_000, -60_000), span(90_000, 99_000)))).toEqual(nothing);
  });
  it('waits when the recorder may not have written it yet', () => {
    expect(outcomeOfHeld(held(span(-90_000, -60_000)), T + 61_000)).toMatchObject({
      outcome: 'waiting',
      reason: 'not_yet_recorded',
    });
  });
});

describe('an item whose source did not answer', () => {
  const ask = (overwrite_at_ms: number | null, now_ms: number) =>
    outcomeOf(wanted, offset, { kind: 'unreachable' }, overwrite_at_ms, now_ms);
  it('waits as long as the footage may still be there, and is then not obtained', () => {
    const give_up_at_ms = T + 100_000;
    expect(ask(give_up_at_ms, give_up_at_ms - 1)).toEqual({
      outcome: 'waiting',
      reason: 'unreachable',
      give_up_at_ms,
    });
    expect(ask(give_up_at_ms, give_up_at_ms)).toEqual({ outcome: 'not_obtained' });
  });
  it('does not wait for ever when nothing is known of the recorder', () => {
    const end = wanted.end_ms + LIMITS.waiting_without_horizon_max_ms;
    expect(giveUpAt_ms(wanted, null)).toBe(end);
    expect([ask(null, end - 1).outcome, ask(null, end).outcome]).toEqual(['waiting', 'not_obtained']);
  });
  it('fails with the code of what a person must mend', () => {
    const answer = { kind: 'failed', code: 'SOURCE_REFUSED' } as const;
    expect(outcomeOf(wanted, offset, answer, null, NOW)).toEqual({
      outcome: 'failed',
      code: 'SOURCE_REFUSED',
    });
  });
});

describe('doubt at the borders', () => {
  it('is no gap while the offset is known well', () => {
    const loose = { min_ms: FAST - 2_000, max_ms: FAST + 2_000 };
    expect(gapsOfWanted(wanted, loose, held(wanted), NOW, GAP_RULES)).toEqual([]);
  });
  it('is a gap when so little is known of the clock that nothing can be called whole', () => {
    const lost = { min_ms: FAST - 120_000, max_ms: FAST + 120_000 };
    const gaps = gapsOfWanted(wanted, lost, held(wanted), NOW, GAP_RULES);
    expect(gaps.map((gap) => [gap.missing_min_ms, gap.missing_max_ms])).toEqual([
      [0, 60_000],
      [0, 60_000],
    ]);
  });
  it('finds the offset at which most is missing, also between the ends of the interval', () => {
    const lost = { min_ms: FAST - 120_000, max_ms: FAST + 120_000 };
    const gaps = gapsOfWanted(
      wanted,
      lost,
      held(span(-200_000, 20_000), span(30_000, 300_000)),
      NOW,
      GAP_RULES,
    );
    expect(gaps).toMatchObject([{ span: span(20_000, 30_000), missing_min_ms: 0, missing_max_ms: 10_000 }]);
  });
  it('does not hide many small holes', () => {
    const slices = Array.from({ length: 30 }, (_, i) => span(i * 2_000, i * 2_000 + 1_000));
    expect(gapsOfWanted(wanted, offset, held(...slices), NOW, GAP_RULES).length).toBeGreaterThan(20);
    expect(
      gapsOfWanted(wanted, offset, held(...slices.slice(0, 1), span(2_000, 60_000)), NOW, GAP_RULES),
    ).toEqual([]);
  });
});

describe('gaps in general', () => {
  const piece = fc
    .tuple(fc.integer({ min: -20_000, max: 80_000 }), fc.integer({ min: 1, max: 40_000 }))
    .map(([from, length]) => span(from, from + length));
  const footage = fc.array(piece, { minLength: 1, maxLength: 5 });
  const bounds = fc.tuple(fc.nat(100), fc.nat(100));

  it('bound what is truly missing, whichever offset of the interval is the true one', () => {
    fc.assert(
      fc.property(footage, bounds, (spans, [below, above]) => {
        const known = { min_ms: FAST - below, max_ms: FAST + above };
        const every_hole = { ...GAP_RULES, gap_min_ms: 0 };
        const gaps = gapsOfWanted(wanted, known, held(...spans), NOW, every_hole);
        const missing = totalLength_ms([wanted]) - totalLength_ms(intersectSpanSets([wanted], spans));
        const sum = (pick: 'missing_min_ms' | 'missing_max_ms') =>
          gaps.reduce((total, gap) => total + gap[pick], 0);
        expect(sum('missing_min_ms')).toBeLessThanOrEqual(missing);
        expect(sum('missing_max_ms')).toBeGreaterThanOrEqual(missing);
      }),
    );
  });
  it('lie inside the wanted span and leave out what was found, up to the bound', () => {
    fc.assert(
      fc.property(footage, (spans) => {
        const exact = { min_ms: FAST, max_ms: FAST };
        const gaps = gapsOfWanted(wanted, exact, held(...spans), NOW, { ...GAP_RULES, gap_min_ms: 1 });
        const found = foundOfWanted(wanted, exact, held(...spans).spans);
        expect(totalLength_ms(gaps.map((gap) => gap.span)) + totalLength_ms(found)).toBe(60_000);
        expect(
          intersectSpanSets(
            gaps.map((gap) => gap.span),
            found,
          ),
        ).toEqual([]);
      }),
    );
  });
  it('never call an item whole of which the shortest counted gap is surely missing', () => {
    fc.assert(
      fc.property(footage, bounds, (spans, [below, above]) => {
        const known = { min_ms: FAST - below, max_ms: FAST + above };
        const { outcome } = outcomeOf(wanted, known, { kind: 'answered', held: held(...spans) }, null, NOW);
        const missing = 60_000 - totalLength_ms(intersectSpanSets([wanted], spans));
        if (outcome === 'archived') expect(missing).toBeLessThan(LIMITS.gap_doubt_max_ms + 5 * 200);
        if (missing === 0) expect(outcome).toBe('archived');
      }),
    );
  });
});
