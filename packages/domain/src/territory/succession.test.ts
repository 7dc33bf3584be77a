import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Unit } from '../vocabulary/people.ts';
import { lineageOf, unitWithSay } from './succession.ts';
import { unitProblem } from './unit-rules.ts';

const unit = (id: string, from: number, to: number | null, ...successor_ids: string[]): Unit => ({
  ...{ id, code: id, name: id, level: 'ward', parent_id: 'P', valid_from_ms: from, valid_to_ms: to },
  successor_ids,
});

const PROVINCE: Unit = { ...unit('P', 0, null), level: 'province', parent_id: null };

/** A and B became C, C was split into D and E; F ended without a trace. */
const UNITS = [
  unit('A', 0, 10, 'C'),
  unit('B', 0, 10, 'C'),
  unit('C', 10, 20, 'D', 'E'),
  unit('D', 20, null),
  unit('E', 20, null),
  unit('F', 0, 10),
];

describe('a unit on the map of another time', () => {
  test.each([
    ['A', 5, ['A']],
    ['A', 9, ['A']],
    ['A', 10, ['C']],
    ['A', 25, ['D', 'E']],
    ['C', 5, ['A', 'B']],
    ['E', 15, ['C']],
    ['E', 5, ['A', 'B']],
    ['F', 10, []],
    ['none', 10, []],
  ] as const)('%s at %d is %j', (id, at_ms, expected) => {
    expect(lineageOf(UNITS, at_ms).standIns(id)).toEqual(expected);
  });

  test('is found even in a broken chain that goes round in a ring', () => {
    const ring = [unit('X', 0, 10, 'Y'), unit('Y', 0, 10, 'X')];
    expect(lineageOf(ring, 20).standIns('X')).toEqual([]);
  });

  test('is itself while it is valid, and valid ones only stand in', () => {
    const time = fc.integer({ min: 0, max: 100 });
    const units = fc.array(
      fc.record({ from: time, length: time, next: fc.array(fc.nat(9), { maxLength: 3 }) }),
      {
        minLength: 10,
        maxLength: 10,
      },
    );
    fc.assert(
      fc.property(units, time, (made, at_ms) => {
        const all = made.map(({ from, length, next }, n) =>
          unit(`U${n}`, from, length === 0 ? null : from + length, ...next.map((one) => `U${one}`)),
        );
        const lineage = lineageOf(all, at_ms);
        for (const one of all) {
          const is_valid =
            one.valid_from_ms <= at_ms && (one.valid_to_ms === null || one.valid_to_ms > at_ms);
          const stand_ins = lineage.standIns(one.id);
          if (is_valid) expect(stand_ins).toEqual([one.id]);
          else expect(stand_ins).not.toContain(one.id);
        }
      }),
    );
  });
});

describe('the unit with a say in an item', () => {
  const lineage = lineageOf(UNITS, 25);

  test('is the one of its submission, wherever the camera is now', () => {
    expect(unitWithSay({ unit_id: 'D', camera_unit_id: 'E' }, lineage, [])).toBe('D');
    expect(unitWithSay({ unit_id: 'A', camera_unit_id: 'E' }, lineageOf(UNITS, 15), [])).toBe('A');
  });

  test('is the part of a split one that the camera is in, unless the old one has decided', () => {
    expect(unitWithSay({ unit_id: 'C', camera_unit_id: 'E' }, lineage, [])).toBe('E');
    expect(unitWithSay({ unit_id: 'C', camera_unit_id: 'F' }, lineage, [])).toBe('C');
    expect(unitWithSay({ unit_id: 'C', camera_unit_id: 'E' }, lineage, ['C'])).toBe('C');
  });
});

describe('a unit as it is to be', () => {
  const around = { same_code: [], parent: PROVINCE, successors: [], predecessors: [] };
  const problem = (one: Unit, change: Partial<Parameters<typeof unitProblem>[1]> = {}) =>
    unitProblem(one, { ...around, ...change })?.code ?? null;

  test('may be fine', () => {
    expect(problem(unit('A', 0, 10, 'C'), { successors: [unit('C', 10, 20)] })).toBeNull();
  });

  test.each<[string, Unit, Partial<Parameters<typeof unitProblem>[1]>, string]>([
    ['ends before it begins', unit('A', 10, 10), {}, 'UNIT_VALIDITY_REVERSED'],
    ['has no province', unit('A', 0, null), { parent: null }, 'UNIT_LEVEL'],
    ['is a province below one', { ...PROVINCE, parent_id: 'P' }, { parent: PROVINCE }, 'UNIT_LEVEL'],
    [
      'lies below one that is gone',
      unit('A', 10, null),
      { parent: { ...PROVINCE, valid_to_ms: 10 } },
      'UNIT_PARENT_ENDED',
    ],
    [
      'takes a code',
      unit('A', 0, 11),
      { same_code: [{ ...unit('C', 10, 20), code: 'A' }] },
      'UNIT_CODE_TAKEN',
    ],
    [
      'is followed by one not yet there',
      unit('A', 0, 9, 'C'),
      { successors: [unit('C', 10, 20)] },
      'UNIT_SUCCESSOR_NOT_VALID',
    ],
    [
      'is followed by one gone',
      unit('A', 0, 20, 'C'),
      { successors: [unit('C', 10, 20)] },
      'UNIT_SUCCESSOR_NOT_VALID',
    ],
    [
      'is followed without an end',
      unit('A', 0, null, 'C'),
      { successors: [unit('C', 0, null)] },
      'UNIT_SUCCESSOR_NOT_VALID',
    ],
    ['is followed by its province', unit('A', 0, 9, 'P'), { successors: [PROVINCE] }, 'UNIT_SUCCESSOR_LEVEL'],
    [
      'leaves a predecessor without it',
      unit('C', 11, null),
      { predecessors: [unit('A', 0, 10, 'C')] },
      'UNIT_SUCCESSOR_NOT_VALID',
    ],
  ])('not when it %s', (_what, one, change, code) => {
    expect(problem(one, change)).toBe(code);
  });

  test('shares its code at no moment: two of one code are fine exactly when no time is in both', () => {
    const span = fc.record({ from: fc.nat(20), length: fc.nat(10) });
    fc.assert(
      fc.property(span, span, (a, b) => {
        const made = [a, b].map(({ from, length }, n) => ({
          ...unit(`U${n}`, from, length === 0 ? null : from + length),
          code: 'A',
        }));
        const holds = (one: Unit, at: number) => one.valid_from_ms <= at && (one.valid_to_ms ?? 99) > at;
        const shared = Array.from({ length: 60 }, (_, at) => at).some((at) =>
          made.every((one) => holds(one, at)),
        );
        expect(problem(made[0]!, { same_code: made })).toBe(shared ? 'UNIT_CODE_TAKEN' : null);
      }),
    );
  });
});
