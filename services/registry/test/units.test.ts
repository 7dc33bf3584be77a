import { MERGER_MS, newWards, oldWards } from '@minhchung/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boundaryOfFile, changeMap, changeUnit, createUnit, drawBoundary } from '../src/index.ts';
import { BY, createUnitsWorld, NOW_MS, type UnitsWorld } from './units-world.ts';

let world: UnitsWorld;
beforeEach(async () => {
  world = await createUnitsWorld();
});
afterEach(() => world.close());

const PAGE = { limit: 200, after: null };
const DAY_MS = 86_400_000;

const ward = (code: string, change: object = {}) =>
  createUnit(world)(BY, {
    ...{ code, name: code, level: 'ward', parent_id: world.province_id, valid_from_ms: 0 },
    ...change,
  });

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'fine',
    (error) => error.code ?? String(error),
  );

describe('importing the map of a city', () => {
  test('makes 34 units of before, then 7 that replace them, some of them split', async () => {
    expect(await world.run(oldWards())).toMatchObject({ units_total: 34, created: 34, rejected: 0 });
    const report = await world.run(newWards());
    expect(report).toMatchObject({ created: 7, rejected: 0 });
    const units = (await world.store.units.list(PAGE)).rows.filter((unit) => unit.level === 'ward');
    const old = units.filter((unit) => unit.valid_to_ms === MERGER_MS);
    expect(old).toHaveLength(34);
    expect(old.filter((unit) => unit.successor_ids.length === 2)).toHaveLength(5);
    expect(old.every((unit) => unit.successor_ids.length > 0)).toBe(true);
  });

  test('keeps the old Đông Sơn apart from the new one that has its name and code', async () => {
    await world.run(oldWards());
    await world.run(newWards());
    const [before, after] = await world.store.units.ofCode('DONG-SON');
    expect([before!.name, after!.name]).toEqual(['Phường Đông Sơn', 'Phường Đông Sơn']);
    expect(before!.successor_ids).toEqual([await world.idOf('HAC-THANH')]);
    expect(await world.idOf('DONG-SON', MERGER_MS - 1)).toBe(before!.id);
    expect(await world.idOf('DONG-SON', MERGER_MS)).toBe(after!.id);
  });

  test('twice changes nothing the second time', async () => {
    await world.run(oldWards());
    await world.run(newWards());
    const trail = (await world.store.audit.list({}, { limit: 1, after: null })).rows[0]!.sequence;
    expect(await world.run(newWards())).toMatchObject({ created: 0, changed: 0, unchanged: 7, rejected: 0 });
    expect((await world.store.audit.list({}, { limit: 1, after: null })).rows[0]!.sequence).toBe(trail);
  });

  test('as a preview says the same and writes nothing', async () => {
    await world.run(oldWards());
    const before = await world.store.units.list(PAGE);
    const preview = await world.run(newWards(), 'preview');
    expect(await world.store.units.list(PAGE)).toEqual(before);
    const { mode: _, ...applied } = await world.run(newWards());
    expect(preview).toEqual({ mode: 'preview', ...applied });
  });

  test('reports a bad feature and takes the good ones', async () => {
    const [good, ...rest] = oldWards().features;
    const bad = [
      { ...rest[0]!, properties: { ...rest[0]!.properties, code: 'không dấu', valid_from: 'hôm qua' } },
      { ...rest[1]!, properties: { code: 'X-1' } },
      { ...rest[2]!, geometry: { type: 'Polygon' as const, coordinates: [[[105, 19]]] } },
      { ...rest[3]!, properties: { ...rest[3]!.properties, replaces: ['NONE'] } },
      good!,
      null as never,
    ];
    const report = await world.run({ type: 'FeatureCollection', features: [good!, ...bad, rest[4]!] });
    expect(report).toMatchObject({ units_total: 8, created: 2, rejected: 6 });
    expect(report.features.map((one) => one.problems.map((problem) => problem.code))).toEqual([
      [],
      ['UNIT_PROPERTY_INVALID', 'UNIT_PROPERTY_INVALID'],
      ['UNIT_PROPERTY_MISSING'],
      ['BOUNDARY_RING_SHORT'],
      ['UNKNOWN_UNIT'],
      ['UNIT_CODE_TWICE'],
      ['UNIT_PROPERTY_MISSING', 'UNIT_PROPERTY_MISSING'],
      [],
    ]);
  });

  test.each(['', '[]', '{"type":"Feature"}', '{"type":"FeatureCollection","features":{}}'])(
    'refuses the file %j',
    async (text) => {
      expect(await codeOf(world.run(text))).toBe('UNIT_FILE_UNREADABLE');
    },
  );

  test('changes a name and a drawing, and tells what was before', async () => {
    await world.run(oldWards());
    const [first, second] = oldWards().features;
    const changed = {
      ...first!,
      properties: { ...first!.properties, name: 'Phường Mới' },
      geometry: second!.geometry,
    };
    const report = await world.run({ type: 'FeatureCollection', features: [changed] });
    expect(report.features[0]).toMatchObject({ outcome: 'changed', changes: ['name', 'boundary'] });
    const history = await world.store.changes.history(
      'unit',
      await world.idOf('DONG-SON', 0 + MERGER_MS - 1),
      PAGE,
    );
    expect(history.rows.map((row) => row.act).sort()).toEqual([
      'unit.boundary',
      'unit.boundary',
      'unit.create',
      'unit.update',
    ]);
    expect(history.rows.find((row) => row.act === 'unit.update')).toMatchObject({
      before: { name: 'Phường Đông Sơn' },
      after: { name: 'Phường Mới' },
    });
  });
});

describe('a change of the map', () => {
  test('merges many into one and splits one into many, in one act', async () => {
    const [a, b, c] = [await ward('A'), await ward('B'), await ward('C')];
    const units = await changeMap(world)(BY, {
      at_ms: DAY_MS,
      create: ['A', 'D'].map((code) => ({ code, name: 'Mới', level: 'ward', parent_id: world.province_id })),
      end: [
        { unit_id: a.id, successor_codes: ['D'] },
        { unit_id: b.id, successor_codes: ['D'] },
        { unit_id: c.id, successor_codes: ['A', 'D'] },
      ],
    });
    expect(units).toHaveLength(5);
    const d = await world.idOf('D');
    const new_a = await world.idOf('A');
    expect(new_a).not.toBe(a.id);
    expect((await world.store.units.byId(a.id))!.successor_ids).toEqual([d]);
    expect((await world.store.units.byId(c.id))!.successor_ids.toSorted()).toEqual([new_a, d].toSorted());
    const { rows } = await world.store.changes.history('unit', a.id, PAGE);
    expect(rows[0]).toMatchObject({
      act: 'unit.end',
      before: { valid_to_ms: null, successor_ids: [] },
      after: { valid_to_ms: DAY_MS, successor_ids: [d] },
    });
  });

  test('that fails leaves nothing behind', async () => {
    const [a, b] = [await ward('A'), await ward('B')];
    const wish = {
      at_ms: DAY_MS,
      create: [{ code: 'D', name: 'Mới', level: 'ward' as const, parent_id: world.province_id }],
      end: [
        { unit_id: a.id, successor_codes: ['D'] },
        { unit_id: b.id, successor_codes: ['NONE'] },
      ],
    };
    const before = await world.store.units.list(PAGE);
    expect(await codeOf(changeMap(world)(BY, wish))).toBe('UNKNOWN_UNIT');
    expect(await world.store.units.list(PAGE)).toEqual(before);
  });

  test('cannot end a unit a second time at another day, or into one that does not exist then', async () => {
    const a = await ward('A');
    await ward('B', { valid_from_ms: 2 * DAY_MS });
    const end = (at_ms: number, ...successor_codes: string[]) =>
      codeOf(changeMap(world)(BY, { at_ms, create: [], end: [{ unit_id: a.id, successor_codes }] }));
    expect(await end(DAY_MS, 'B')).toBe('UNKNOWN_UNIT');
    expect(await end(2 * DAY_MS, 'TH')).toBe('UNIT_SUCCESSOR_LEVEL');
    expect(await end(2 * DAY_MS, 'B')).toBe('fine');
    expect(await end(2 * DAY_MS, 'B')).toBe('fine');
    expect(await end(3 * DAY_MS, 'B')).toBe('UNIT_ENDED');
  });

  test('does not end a province over the heads of its wards', async () => {
    await ward('A');
    const end = [{ unit_id: world.province_id, successor_codes: [] }];
    expect(await codeOf(changeMap(world)(BY, { at_ms: DAY_MS, create: [], end }))).toBe('UNIT_HAS_WARDS');
  });
});

describe('a unit', () => {
  test('shares its code with no other unit at any time, its name with as many as there are', async () => {
    await ward('A', { name: 'Đông Sơn', valid_from_ms: DAY_MS, valid_to_ms: 3 * DAY_MS });
    expect(await codeOf(ward('A', { valid_from_ms: 2 * DAY_MS }))).toBe('UNIT_CODE_TAKEN');
    expect(await codeOf(ward('A', { valid_from_ms: 0 }))).toBe('UNIT_CODE_TAKEN');
    expect(await codeOf(ward('A', { valid_from_ms: 3 * DAY_MS, name: 'Đông Sơn' }))).toBe('fine');
    expect(await codeOf(ward('A', { valid_from_ms: 0, valid_to_ms: DAY_MS }))).toBe('fine');
  });

  test('changes its name and validity, but not so that it comes to overlap', async () => {
    const a = await ward('A', { valid_to_ms: DAY_MS });
    await ward('A', { valid_from_ms: DAY_MS });
    const change = changeUnit(world);
    expect(await change(BY, a.id, { name: ' Tên mới ' })).toMatchObject({ name: 'Tên mới' });
    expect(await codeOf(change(BY, a.id, { valid_to_ms: null }))).toBe('UNIT_CODE_TAKEN');
    expect(await codeOf(change(BY, a.id, { valid_to_ms: 0 }))).toBe('UNIT_VALIDITY_REVERSED');
    const { rows } = await world.store.audit.list({ act: 'unit.update' }, PAGE);
    expect(rows).toMatchObject([{ subject_id: a.id, details: { performed_by: 'command', name: 'Tên mới' } }]);
  });

  test('that follows another cannot be made to begin after that one has ended', async () => {
    const a = await ward('A');
    const b = await ward('B');
    const end = [{ unit_id: a.id, successor_codes: ['B'] }];
    await changeMap(world)(BY, { at_ms: DAY_MS, create: [], end });
    expect(await codeOf(changeUnit(world)(BY, b.id, { valid_from_ms: 2 * DAY_MS }))).toBe(
      'UNIT_SUCCESSOR_NOT_VALID',
    );
  });

  test('keeps earlier drawings, and records the same one only once', async () => {
    const a = await ward('A');
    const [one, two] = oldWards().features;
    const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    const draw = (value: unknown) =>
      drawBoundary(world)({ ...BY, now_ms: NOW_MS }, a.id, boundaryOfFile(bytes(value)));
    const first = await draw(one);
    expect((await draw(one!.geometry)).id).toBe(first.id);
    const second = await draw(two);
    expect((await world.store.boundaries.ofUnit(a.id))!.sha256).toBe(second.sha256);
    const { rows } = await world.store.changes.history('unit', a.id, PAGE);
    expect(rows.filter((row) => row.act === 'unit.boundary')).toHaveLength(2);
  });
});
