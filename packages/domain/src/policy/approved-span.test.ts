import { describe, expect, it } from 'vitest';
import { approvedSpan, partRefusal, type SpanDecision } from './approved-span.ts';

const WANTED = { start_ms: 100_000, end_ms: 160_000 };
const REQUEST = { wanted: WANTED, is_urgent: false };

function approves(unit_id: string, start_ms?: number, end_ms = 160_000): SpanDecision {
  return { unit_id, verdict: 'approved', approved: start_ms === undefined ? null : { start_ms, end_ms } };
}

describe('what is approved of a wanted span', () => {
  it('is all of it where nobody shortened it', () => {
    expect(approvedSpan(WANTED, [approves('a'), approves('b')], ['a', 'b'])).toEqual(WANTED);
  });
  it('is what every unit with a say approved', () => {
    const decisions = [approves('a', 110_000), approves('b', 100_000, 130_000), approves('c', 159_000)];
    expect(approvedSpan(WANTED, decisions, ['a', 'b'])).toEqual({ start_ms: 110_000, end_ms: 130_000 });
  });
});

describe('approving a part', () => {
  const refusal = (decision: SpanDecision, earlier: readonly SpanDecision[] = [], request = REQUEST) =>
    partRefusal(request, decision, earlier, [['a', 'b'], ['a']])?.code ?? null;

  it('is fine inside what was asked for, down to one second', () => {
    expect(refusal(approves('a', 110_000, 120_000))).toBeNull();
    expect(refusal(approves('a', 110_000, 111_000))).toBeNull();
    expect(refusal(approves('a', 100_000))).toBeNull();
  });
  it('never widens, and never leaves less than a frame', () => {
    expect(refusal(approves('a', 99_999, 120_000))).toBe('APPROVED_PART_OUTSIDE');
    expect(refusal(approves('a', 110_000, 160_001))).toBe('APPROVED_PART_OUTSIDE');
    expect(refusal(approves('a', 110_000, 110_999))).toBe('APPROVED_PART_OUTSIDE');
  });
  it('is no way to refuse, nor to confirm what has been taken whole', () => {
    const part = { start_ms: 110_000, end_ms: 120_000 };
    expect(refusal({ unit_id: 'a', verdict: 'refused', approved: part })).toBe('APPROVED_PART_OF_REFUSAL');
    expect(refusal(approves('a', 110_000), [], { ...REQUEST, is_urgent: true })).toBe(
      'APPROVED_PART_OF_URGENT',
    );
  });
  it('leaves something of what another unit approved, where both have a say', () => {
    expect(refusal(approves('b', 140_000), [approves('a', 100_000, 130_000)])).toBe('APPROVED_PARTS_APART');
    expect(refusal(approves('b', 120_000), [approves('a', 100_000, 130_000)])).toBeNull();
    expect(refusal(approves('b', 140_000), [approves('c', 100_000, 130_000)])).toBeNull();
  });
});
