import { expect, test } from 'vitest';
import type { Unit } from '../vocabulary/people.ts';
import { unitEndedProblem } from './unit-in-force.ts';

const END = Date.parse('2025-07-01T00:00:00+07:00');

const unit = (code: string, valid_to_ms: number | null = null): Unit => ({
  ...{ id: code, code, name: `Phường ${code}`, level: 'ward', parent_id: 'P', valid_from_ms: 0, valid_to_ms },
  successor_ids: [],
});

test('a unit takes something new until its last millisecond', () => {
  expect(unitEndedProblem(unit('A'), [], END)).toBeNull();
  expect(unitEndedProblem(unit('A', END), [unit('B')], END - 1)).toBeNull();
  expect(unitEndedProblem(unit('A', END), [unit('B')], END)?.code).toBe('UNIT_NO_LONGER');
});

test('the refusal names every unit it went into, in both languages', () => {
  const problem = unitEndedProblem(unit('A', END), [unit('C'), unit('B')], END)!;
  for (const text of Object.values(problem.texts)) {
    expect(text).toContain('Phường A (A)');
    expect(text).toContain('Phường B (B), Phường C (C)');
    expect(text).toContain('2025');
  }
});

test('where nobody said what it went into, the refusal says whom to ask', () => {
  expect(unitEndedProblem(unit('A', END), [], END)?.code).toBe('UNIT_WITHOUT_SUCCESSOR');
});
