import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Unit } from '../vocabulary/people.ts';
import { assignCamera, assignGroup } from './assign-unit.ts';
import type { Boundary } from './boundary.ts';
import { locate } from './locate.ts';
import { readBoundary } from './read-boundary.ts';
import { unitMap } from './unit-map.ts';

const unit = (id: string, from: number, to: number | null, ...successor_ids: string[]): Unit => ({
  ...{ id, code: id, name: id, level: 'ward', parent_id: null, valid_from_ms: from, valid_to_ms: to },
  successor_ids,
});

const box = (west: number, east: number): Boundary =>
  readBoundary({
    type: 'Polygon',
    coordinates: [
      [
        [west, 19],
        [east, 19],
        [east, 20],
        [west, 20],
        [west, 19],
      ],
    ],
  });
const at = (longitude_deg: number, latitude_deg = 19.5) => ({ longitude_deg, latitude_deg });

/** OLD was split into L (105 to 106) and R (106 to 107); WHOLE went into L, NEAR into the undrawn U, GONE nowhere. */
const UNITS = [
  unit('OLD', 0, 10, 'L', 'R'),
  unit('WHOLE', 0, 10, 'L'),
  unit('NEAR', 0, 10, 'U'),
  unit('PARTED', 0, 10, 'U', 'V'),
  unit('GONE', 0, 10),
  ...['L', 'R', 'U', 'V', 'O'].map((id) => unit(id, 10, null)),
];
const DRAWN = new Map([
  ['OLD', box(105, 107)],
  ['L', box(105, 106)],
  ['R', box(106, 107)],
  ['O', box(106.5, 108)],
]);
const MAP = unitMap(UNITS, DRAWN, 20);
const camera = (unit_id: string, position = at(105.5)) => assignCamera({ unit_id, position }, MAP);

describe('a camera', () => {
  test('is in the ward it stands in, whichever it was registered at', () => {
    expect(camera('OLD')).toEqual({ kind: 'moves', to_unit_id: 'L', by: 'position' });
    expect(camera('R')).toEqual({ kind: 'moves', to_unit_id: 'L', by: 'position' });
    expect(camera('L')).toEqual({ kind: 'stays' });
    expect(camera('GONE')).toEqual({ kind: 'moves', to_unit_id: 'L', by: 'position' });
  });

  test('on a border stays, or follows its unit, or is undecided', () => {
    expect(camera('R', at(106))).toEqual({ kind: 'stays' });
    expect(camera('WHOLE', at(106))).toEqual({ kind: 'moves', to_unit_id: 'L', by: 'succession' });
    expect(camera('OLD', at(106))).toEqual({
      kind: 'undecided',
      reason: 'border',
      candidate_unit_ids: ['L', 'R'],
    });
  });

  test('in two drawings stays in one of them, or is undecided', () => {
    expect(camera('O', at(106.7))).toEqual({ kind: 'stays' });
    expect(camera('L', at(106.7))).toEqual({
      kind: 'undecided',
      reason: 'overlap',
      candidate_unit_ids: ['O', 'R'],
    });
  });

  test('in no drawing is undecided where there should be one, and follows its unit where there is none', () => {
    expect(camera('L', at(109))).toMatchObject({ reason: 'outside' });
    expect(camera('OLD', at(109))).toMatchObject({ reason: 'outside', candidate_unit_ids: ['L', 'R'] });
    expect(camera('U', at(109))).toEqual({ kind: 'stays' });
    expect(camera('NEAR', at(109))).toEqual({ kind: 'moves', to_unit_id: 'U', by: 'succession' });
    expect(camera('PARTED', at(109))).toMatchObject({ reason: 'several_successors' });
    expect(camera('GONE', at(109))).toMatchObject({ reason: 'no_successor' });
    expect(camera('none', at(109))).toMatchObject({ reason: 'unknown_unit' });
  });

  test('of a province stays with the province, though wards are drawn in it', () => {
    const province: Unit = { ...unit('P', 0, null), level: 'province' };
    const map = unitMap([...UNITS, province], DRAWN, 20);
    expect(assignCamera({ unit_id: 'P', position: at(105.5) }, map)).toEqual({ kind: 'stays' });
  });

  test('once moved stays: deciding again decides the same', () => {
    const ids = fc.constantFrom(...UNITS.map((one) => one.id));
    const place = fc.record({
      longitude_deg: fc.double({ min: 104, max: 109, noNaN: true }),
      latitude_deg: fc.double({ min: 18.5, max: 20.5, noNaN: true }),
    });
    fc.assert(
      fc.property(ids, place, (unit_id, position) => {
        const first = assignCamera({ unit_id, position }, MAP);
        if (first.kind !== 'moves') return;
        expect(MAP.isValid(first.to_unit_id)).toBe(true);
        expect(assignCamera({ unit_id: first.to_unit_id, position }, MAP)).toEqual({ kind: 'stays' });
      }),
    );
  });
});

describe('a recorder or a scheme', () => {
  test.each([
    ['L', ['L', 'R'], { kind: 'stays' }],
    ['L', [], { kind: 'stays' }],
    ['L', ['R'], { kind: 'moves', to_unit_id: 'R', by: 'cameras' }],
    ['OLD', ['R'], { kind: 'moves', to_unit_id: 'R', by: 'cameras' }],
    ['WHOLE', ['L', 'R'], { kind: 'moves', to_unit_id: 'L', by: 'succession' }],
    ['WHOLE', [], { kind: 'moves', to_unit_id: 'L', by: 'succession' }],
    ['OLD', ['L', 'R'], { kind: 'undecided', reason: 'cameras_in_several', candidate_unit_ids: ['L', 'R'] }],
    ['OLD', [], { kind: 'undecided', reason: 'several_successors', candidate_unit_ids: ['L', 'R'] }],
    ['GONE', [], { kind: 'undecided', reason: 'no_successor', candidate_unit_ids: [] }],
    ['OLD', ['L', null], { kind: 'undecided', reason: 'camera_undecided', candidate_unit_ids: ['L'] }],
  ] as const)('of %s with cameras in %j', (unit_id, cameras, expected) => {
    expect(assignGroup(unit_id, cameras, MAP)).toEqual(expected);
  });
});

test('looking up by cells finds what looking at every drawing finds', () => {
  const place = fc.record({
    longitude_deg: fc.oneof(
      fc.double({ min: 104.9, max: 108.1, noNaN: true }),
      fc.constantFrom(105 - 5e-6, 105, 106, 108, 108 + 5e-6),
    ),
    latitude_deg: fc.constantFrom(19, 19.5, 20, 19 - 5e-6, 20 + 5e-6),
  });
  fc.assert(
    fc.property(place, (position) => {
      const found = MAP.find(position, 'ward');
      for (const id of ['L', 'R', 'O']) {
        const alone = locate(position, DRAWN.get(id)!);
        expect([found.inside.includes(id), found.border.includes(id)]).toEqual([
          alone === 'inside',
          alone === 'border',
        ]);
      }
    }),
  );
});
