import { randomBytes } from 'node:crypto';
import { type ExtractionItem, ITEM_STATES, makeId } from '@minhchung/domain';
import type { Counts } from '@minhchung/store';
import { MERGER_MS, newWards, oldWards, placeInCity, unitsAt } from '@minhchung/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorld, NOW_MS, type World } from '../../gateway/test/world.ts';
import { importUnits } from '../../registry/src/index.ts';
import { accountingRoutes, type CountWish, counted } from '../src/index.ts';

/** Counts of a city whose 34 units became 7 wards, read under either map. */

let world: World;
let scope: readonly string[];
beforeEach(async () => {
  world = await createWorld({ areas: (deps) => [accountingRoutes(deps)] });
  const { store } = world;
  const by = { actor: null, now_ms: NOW_MS };
  const newId = () => makeId(NOW_MS, randomBytes(10));
  for (const file of [oldWards(), newWards()]) {
    const bytes = new TextEncoder().encode(JSON.stringify(file));
    await importUnits({ store, newId })({ by, scope: null, parent_code: 'TH', mode: 'apply', bytes });
  }
  scope = (await store.units.list({ limit: 200, after: null })).rows.map((unit) => unit.id);
  await world.addAccount('auditor', [{ role: 'auditor', unit_id: world.province.id }]);
  await world.addAccount('dt.auditor', [{ role: 'auditor', unit_id: await idOf('DONG-TIEN', MERGER_MS) }]);
  await store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: [] });
});
afterEach(() => world.close());

const DAY_MS = 86_400_000;
const OLD = MERGER_MS - DAY_MS;

const idOf = async (code: string, at_ms: number): Promise<string> =>
  (await world.store.units.byCode(code, at_ms))!.id;

/** A camera at a place of the city, registered where it is now. Its id is its code. */
async function addCamera(code: string, column: number, row: number, across = 0.25): Promise<void> {
  const unit_id = await idOf(unitsAt(column, row, across).after, MERGER_MS);
  await addCameraOf(code, unit_id, placeInCity(column, row, across));
}

async function addCameraOf(
  code: string,
  unit_id: string,
  position: ReturnType<typeof placeInCity>,
): Promise<void> {
  const { store } = world;
  await store.clocks.create({ id: `K-${code}`, name: code, kind: 'recorder' });
  await store.recorders.create({
    ...{ id: `R-${code}`, code: `R-${code}`, name: code, unit_id, network_id: 'LAN', kind: 'onvif' },
    ...{ device_url: null, folder: null, clock_id: `K-${code}`, created_at_ms: NOW_MS },
  });
  await store.cameras.create({
    ...{ id: code, code, name: code, unit_id, site_id: null, kind: 'community', owner_id: null },
    ...{ position, aim_point: null, field_of_view_deg: null, range_m: null, mounting: null, reach: 'polled' },
    ...{ recorder_id: `R-${code}`, source_token: null, created_at_ms: NOW_MS, retired_at_ms: null },
  });
}

async function addRequest(
  id: string,
  unit_id: string,
  submitted_at_ms: number,
  items: readonly { readonly camera: string; readonly state: string }[],
  is_expired = false,
): Promise<void> {
  const { store } = world;
  const account = (await store.people.accountByLogin('auditor'))!;
  const case_id = `HS-${unit_id}`;
  if ((await store.cases.byId(case_id)) === null) {
    const base = { number: case_id, is_provisional: false, opened_at_ms: 0, closed_at_ms: null };
    await store.cases.create({ id: case_id, unit_id, title: case_id, incident_ids: [], ...base });
  }
  const made = items.map(({ camera }, n): ExtractionItem & { overwrite_at_ms: null } => ({
    ...{ id: `${id}-${n}`, request_id: id, camera_id: camera, state: 'awaiting_decision', reason: null },
    ...{ attempts: 0, delivered_at_ms: null, updated_at_ms: submitted_at_ms, overwrite_at_ms: null },
  }));
  await store.requests.insert(
    {
      ...{ id, number: id, unit_id, case_id, requester_person_id: account.person.id },
      ...{ requester_account_id: account.account.id, purpose: 'incident', reason: 'x' },
      wanted: { start_ms: submitted_at_ms - 60_000, end_ms: submitted_at_ms },
      ...{ legal_basis: 'criminal_procedure', legal_reference: null, wants_audio: false },
      ...{ is_urgent: is_expired, submitted_at_ms },
      state: is_expired ? 'unconfirmed' : 'submitted',
    },
    made,
  );
  for (const [n, { state }] of items.entries()) {
    const change = { reason: null, at_ms: submitted_at_ms + DAY_MS };
    if (state !== 'awaiting_decision')
      await store.items.setState(`${id}-${n}`, ['awaiting_decision'], state, change);
  }
}

const read = (wish: Partial<CountWish>) => counted(world).perUnit({ scope, ...wish });
const lines = async (wish: Partial<CountWish>) =>
  (await read(wish)).map((row) => [row.unit_code, row.requests, row.requested, row.delivered]);

const figures = ({ requests, requested, delivered }: Counts) => [requests, requested, delivered];

const archived = (camera: string) => ({ camera, state: 'archived' });

describe('counts of units that merged and split', () => {
  beforeEach(async () => {
    await addCamera('C-0', 0, 1);
    await addCamera('C-W', 3, 2, 0.25);
    await addCamera('C-E', 3, 2, 0.75);
    await addRequest('TX-1', await idOf('TP-02', OLD), OLD, [archived('C-0')]);
    await addRequest('TX-2', await idOf('TP-03', OLD), OLD, [archived('C-0')]);
    await addRequest('TX-3', await idOf('TP-18', OLD), OLD, [archived('C-W')]);
    await addRequest('TX-4', await idOf('TP-18', OLD), OLD, [archived('C-E')]);
    await addRequest('TX-5', await idOf('HAC-THANH', MERGER_MS), MERGER_MS, [archived('C-0')]);
  });

  test('stand under each unit as it was, unless another map is asked for', async () => {
    expect(await lines({})).toEqual([
      ['HAC-THANH', 1, 1, 1],
      ['TP-02', 1, 1, 1],
      ['TP-03', 1, 1, 1],
      ['TP-18', 2, 2, 2],
    ]);
  });

  test('stand under what the units became, a split one’s where the cameras are', async () => {
    expect(await lines({ as_of_ms: MERGER_MS })).toEqual([
      ['DONG-QUANG', 1, 1, 1],
      ['DONG-TIEN', 1, 1, 1],
      ['HAC-THANH', 3, 3, 3],
    ]);
  });

  test('stand under what the units were made of, on the map of before', async () => {
    expect(await lines({ as_of_ms: OLD })).toEqual([
      ['TP-02', 2, 2, 2],
      ['TP-03', 1, 1, 1],
      ['TP-18', 2, 2, 2],
    ]);
  });

  test('of a request for cameras of both parts: items part, the request itself cannot be assigned', async () => {
    await addRequest('TX-6', await idOf('TP-18', OLD), OLD, [archived('C-W'), archived('C-E')]);
    const rows = await read({ as_of_ms: MERGER_MS });
    expect(rows.map((row) => [row.unit_id === null ? '?' : row.unit_code, ...figures(row)])).toEqual([
      ['DONG-QUANG', 1, 2, 2],
      ['DONG-TIEN', 1, 2, 2],
      ['HAC-THANH', 3, 3, 3],
      ['?', 1, 0, 0],
    ]);
  });

  test('of a camera that lies in neither part are listed as not assignable, never lost', async () => {
    await addCameraOf('AWAY', await idOf('HAC-THANH', MERGER_MS), placeInCity(40, 40));
    await addRequest('TX-7', await idOf('TP-18', OLD), OLD, [archived('AWAY')]);
    const last = (await read({ as_of_ms: MERGER_MS })).at(-1)!;
    expect([last.unit_id, last.unit_name, ...figures(last)]).toEqual([
      null,
      'không xác định · not assignable',
      1,
      1,
      1,
    ]);
    const unit_id = await idOf('DONG-TIEN', MERGER_MS);
    const totals = await counted(world).totals({ scope, unit_id, as_of_ms: MERGER_MS });
    expect(figures(totals)).toEqual([1, 1, 1]);
    expect('not_assignable' in totals && figures(totals.not_assignable)).toEqual([1, 1, 1]);
  });

  test('of one unit leave out what belongs to the other part, in totals, cases and months', async () => {
    const wish = { scope, unit_id: await idOf('DONG-TIEN', MERGER_MS), as_of_ms: MERGER_MS };
    const { totals, perCase, perMonth } = counted(world);
    expect(figures(await totals(wish))).toEqual([1, 1, 1]);
    const cases = await perCase(wish, { limit: 10, after: null });
    expect(cases.rows.map((row) => figures(row))).toEqual([[1, 1, 1]]);
    expect(await perMonth(wish)).toMatchObject([
      { month: '2025-06', unit_code: 'DONG-TIEN', requests: 1, requested: 1, delivered: 0 },
      { month: '2025-07', unit_code: 'DONG-TIEN', requests: 0, requested: 0, delivered: 1 },
    ]);
  });

  test('are read by the new ward’s auditor: its own, what it took in, and its part of what was split', async () => {
    const session = await world.sessionOf('dt.auditor');
    const get = async (url: string) => (await world.send({ method: 'GET', url, session })).json();
    expect((await get('/api/reports/units')).rows).toEqual([]);
    const { rows } = await get(`/api/reports/units?as_of_ms=${MERGER_MS}`);
    expect(rows.map((row: { unit_code: string }) => row.unit_code)).toEqual(['DONG-TIEN']);
  });

  test('of a unit that does not exist on the map are refused', async () => {
    const wish = { scope, unit_id: await idOf('TP-18', OLD), as_of_ms: MERGER_MS };
    await expect(counted(world).totals(wish)).rejects.toMatchObject({ code: 'UNIT_NOT_ON_MAP' });
  });
});

describe('the year under a map', () => {
  const year = async (as_of_ms: number, of = 2025) => {
    const url = `/api/reports/year?year=${of}&as_of_ms=${as_of_ms}`;
    return (await world.send({ method: 'GET', url, session: await world.sessionOf('auditor') })).json();
  };

  test('gives items, cameras and incidents to where they are, schemes and tips to the successor', async () => {
    const { store } = world;
    await addCamera('C-W', 3, 2, 0.25);
    await addRequest('TX-3', await idOf('TP-18', OLD), OLD, [archived('C-W')]);
    const incident = async (id: string, across: number) =>
      store.incidents.create({
        ...{ id, unit_id: await idOf('TP-18', OLD), category: 'khác', summary: 'x', created_at_ms: OLD },
        ...{ position: placeInCity(3, 2, across), span: { start_ms: OLD - 1, end_ms: OLD } },
        clarified_at_ms: OLD,
      });
    await incident('I-W', 0.25);
    await incident('I-E', 0.75);
    const tip = async (id: string, code: string, of_value: boolean) =>
      store.tips.create({
        ...{ id, unit_id: await idOf(code, OLD), incident_id: null, channel: 'hotline' },
        ...{ received_at_ms: OLD, summary: 'x', of_value },
      });
    await tip('T-1', 'TP-02', true);
    await tip('T-2', 'TP-18', false);
    const launched = { name: 'x', launched_at_ms: 0, status: 'active', ended_at_ms: null } as const;
    await store.schemes.create({ id: 'S', code: 'MH-1', unit_id: await idOf('TP-03', OLD), ...launched });

    const found = await year(MERGER_MS);
    const rows = found.units.map((row: Record<string, unknown>) => [
      ...[row.unit_id === null ? '?' : row.unit_code, row.schemes, row.cameras, row.extractions_delivered],
      ...[row.incidents_clarified, row.tips, row.tips_of_value],
    ]);
    expect(new Map(rows.map(([code, ...rest]: unknown[]) => [code, rest]))).toEqual(
      new Map([
        [unitsAt(3, 2, 0.25).after, [0, 0, 1, 1, 0, 0]],
        [unitsAt(3, 2, 0.75).after, [0, 0, 0, 1, 0, 0]],
        ['HAC-THANH', [1, 0, 0, 0, 1, 1]],
        ['?', [0, 0, 0, 0, 1, 0]],
      ]),
    );
    expect(found.not_assignable).toEqual([{ kind: 'tip', name: 'T-2', unit_code: 'TP-18' }]);
    expect(found.figures).toMatchObject({ units_with_scheme: 1, incidents_clarified: 2, tips: 1 });
    expect(found.sentence.vi).toContain('1/9 phường, xã');
  });

  test('on the map of before puts everything back where it came from', async () => {
    await addCamera('C-0', 0, 1);
    await addRequest('TX-2', await idOf('TP-03', OLD), OLD, [archived('C-0')]);
    const found = await year(OLD);
    expect(found.not_assignable).toEqual([]);
    expect(found.figures).toMatchObject({ units: 36, extractions_delivered: 1, cameras: 0 });
    const [line] = (await year(OLD, 2026)).units;
    expect([line.unit_code, line.cameras]).toEqual([unitsAt(0, 1, 0.25).before, 1]);
  });
});

test('over everything there is, both maps come to the same totals, whatever was asked for', async () => {
  const random = numbers(20_250_701);
  const codes: string[] = [];
  for (let n = 0; n < 24; n += 1) {
    codes.push(`C-${n}`);
    if (n % 8 === 7) await addCameraOf(`C-${n}`, await idOf('DONG-SON', MERGER_MS), placeInCity(30, n));
    else await addCamera(`C-${n}`, n % 7, n % 5, random(2) === 0 ? 0.25 : 0.75);
  }
  const units = (await world.store.units.list({ limit: 200, after: null })).rows;
  for (let n = 0; n < 120; n += 1) {
    const unit = units[random(units.length)]!;
    const asked = new Set(Array.from({ length: 1 + random(3) }, () => codes[random(codes.length)]!));
    const items = [...asked].map((camera) => ({ camera, state: ITEM_STATES[random(ITEM_STATES.length)]! }));
    await addRequest(`TX-${n}`, unit.id, MERGER_MS + (random(400) - 200) * DAY_MS, items, random(5) === 0);
  }
  const { totals, perUnit, perMonth, perCase } = counted(world);
  for (const span of [undefined, { start_ms: MERGER_MS - 50 * DAY_MS, end_ms: MERGER_MS + 50 * DAY_MS }]) {
    const then = await totals({ scope, span });
    const months_then = sumOf(await perMonth({ scope, span }));
    for (const as_of_ms of [0, OLD, MERGER_MS, NOW_MS]) {
      const wish = { scope, span, as_of_ms };
      expect(await totals(wish)).toMatchObject({ ...then, not_assignable: { requests: 0, requested: 0 } });
      expect(sumOf(await perUnit(wish))).toEqual(sumOf([then]));
      expect(sumOf((await perCase(wish, { limit: 200, after: null })).rows)).toEqual(sumOf([then]));
      expect(sumOf(await perMonth(wish))).toEqual(months_then);
    }
  }
});

/** Every figure, summed. */
function sumOf(rows: readonly object[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (typeof value === 'number') sum[name] = (sum[name] ?? 0) + value;
    }
  }
  return sum;
}

/** Numbers below a bound, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
