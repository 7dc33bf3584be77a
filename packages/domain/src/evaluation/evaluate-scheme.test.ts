import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVALUATIONS, type EvaluationRules, evaluateScheme, type SchemeFacts } from './evaluate-scheme.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 8);
const RULES: EvaluationRules = {
  effective_share_min: 0.7,
  holding_share_min: 0.7,
  dormant_after_ms: 90 * DAY,
  grace_ms: 60 * DAY,
  looks_back_ms: 365 * DAY,
};
const GOOD: SchemeFacts = {
  ...{ launched_at_ms: NOW - 400 * DAY, cameras: 10, working: 8, known: 10, ever_worked: 10 },
  ...{ holding: 9, holding_known: 10, extractions: 3, last_sign_of_life_ms: NOW - DAY },
};
const evaluate = (change: Partial<SchemeFacts>) => evaluateScheme({ ...GOOD, ...change }, RULES, NOW);
const verdict = (change: Partial<SchemeFacts>) => {
  const { evaluation, reasons } = evaluate(change);
  return [evaluation, ...reasons.map(({ code }) => code)];
};

describe('the evaluation of a scheme', () => {
  it.each([
    [{}, ['effective', 'works', 'served']],
    [{ extractions: 0 }, ['effective', 'works']],
    [{ working: 7 }, ['effective', 'works', 'served']],
    [{ working: 6 }, ['needs_attention', 'few_working']],
    [{ working: 5, known: 6 }, ['needs_attention', 'state_unknown']],
    [{ holding: 1 }, ['needs_attention', 'few_holding']],
    [{ holding: 0, holding_known: 0 }, ['effective', 'works', 'served']],
    [{ working: 1, holding: 1 }, ['needs_attention', 'few_working', 'few_holding']],
    [{ working: 0, last_sign_of_life_ms: NOW - 90 * DAY }, ['dormant', 'no_sign_of_life']],
    [{ working: 0, ever_worked: 0, last_sign_of_life_ms: null }, ['dormant', 'never_worked']],
    [{ cameras: 0, working: 0, known: 0 }, ['dormant', 'no_cameras']],
    [{ cameras: 0, working: 0, known: 0, launched_at_ms: NOW - 60 * DAY }, ['dormant', 'no_cameras']],
  ] as const)('of %o is %o', (change, expected) => {
    expect(verdict(change)).toEqual(expected);
  });
  it('lets schemes stand out that exist on paper only, and gives new ones time', () => {
    const paper = { cameras: 0, working: 0, known: 0 };
    expect(evaluate(paper).is_on_paper_only).toBe(true);
    expect(evaluate({ ...paper, launched_at_ms: NOW - 10 * DAY })).toMatchObject({
      evaluation: 'needs_attention',
      is_on_paper_only: false,
    });
    expect(evaluate({ working: 0, last_sign_of_life_ms: NOW - 100 * DAY }).is_on_paper_only).toBe(false);
  });
  it('never gets worse by one more working camera', () => {
    const cameras = 20;
    fc.assert(
      fc.property(fc.nat(cameras - 1), fc.nat(cameras), (working, unknown) => {
        const known = Math.max(working + 1, cameras - unknown);
        const rank = (n: number) => EVALUATIONS.indexOf(evaluate({ cameras, known, working: n }).evaluation);
        expect(rank(working + 1)).toBeLessThanOrEqual(rank(working));
      }),
    );
  });
});
