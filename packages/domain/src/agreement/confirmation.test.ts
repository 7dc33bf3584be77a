import { describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.ts';
import { confirmationDue } from './confirmation.ts';
import { refusalBy } from './consent.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 8);
const POLICY = { ask_after_ms: 350 * DAY, remind_after_ms: 375 * DAY };
const agreed = (days_ago: number) => ({
  confirmed_at_ms: NOW - days_ago * DAY,
  valid_from_ms: NOW - 900 * DAY,
  valid_to_ms: null as number | null,
  withdrawn_at_ms: null as number | null,
});

describe('the yearly confirmation', () => {
  it.each([
    [349, false, false, false],
    [350, true, false, false],
    [375, true, true, false],
    [397, true, true, true],
  ])('after %i days: ask %s, remind %s, overdue %s', (days, ask, remind, overdue) => {
    expect(confirmationDue(agreed(days), NOW, POLICY)).toEqual({ ask, remind, overdue });
  });
  it('is overdue exactly when the agreement stops to count', () => {
    const wish = { span: { start_ms: NOW, end_ms: NOW }, purpose: 'incident', has_lawful_order: false };
    const rest = { notice: null, allows_audio: false, power_host: null, network_host: null, hours: null };
    for (const past_ms of [0, 1]) {
      const confirmed_at_ms = NOW - LIMITS.agreement_confirmation_max_ms - past_ms;
      const one = { ...agreed(0), confirmed_at_ms };
      const whole = { ...one, ...rest, id: 'a', camera_id: 'c', mode: 'automatic', purposes: ['incident'] };
      const refusal = refusalBy({ ...whole, mode: 'automatic' }, wish, NOW);
      expect(confirmationDue(one, NOW, POLICY).overdue).toBe(refusal?.code === 'AGREEMENT_NOT_CONFIRMED');
    }
  });
  it.each([
    ['withdrawn', { withdrawn_at_ms: NOW - 1 }],
    ['over', { valid_to_ms: NOW }],
    ['still to begin', { valid_from_ms: NOW + 1 }],
  ])('is not asked for of an agreement that is %s', (_, change) => {
    const due = confirmationDue({ ...agreed(400), ...change }, NOW, POLICY);
    expect(due).toEqual({ ask: false, remind: false, overdue: false });
  });
});
