import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type City, createCity, NOW_MS } from './city.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
let city: City;
beforeEach(async () => {
  city = await createCity();
});
afterEach(() => city.close());

const report = async () => (await city.get('auditor', '/api/reports/network')).json();

async function addScheme(code: string, launched_at_ms: number, site: string | null): Promise<void> {
  const scheme = { id: code, code, unit_id: city.ward.id, name: code, launched_at_ms };
  await city.store.schemes.create({ ...scheme, status: 'active', ended_at_ms: null });
  if (site !== null) await city.store.sites.create({ id: site, code: site, scheme_id: code, name: site });
}

describe('the network report', () => {
  test('puts the worst ward first, and wards without a camera last', async () => {
    await city.addCamera({ code: 'A', kind: 'community', unit_id: city.ward.id, state: 'online' });
    await city.addCamera({ code: 'B', kind: 'community', unit_id: city.other_ward.id, state: 'offline' });
    const { wards } = await report();
    expect(wards.map(({ code }: { code: string }) => code)).toEqual(['DS', 'HT']);
  });

  test('evaluates schemes, with reasons, and lets those on paper only stand out', async () => {
    await addScheme('MH-GOOD', NOW_MS - 400 * DAY, 'D-1');
    await addScheme('MH-PAPER', NOW_MS - 400 * DAY, null);
    await addScheme('MH-DEAD', NOW_MS - 400 * DAY, 'D-2');
    await addScheme('MH-NEW', NOW_MS - DAY, null);
    const unit_id = city.ward.id;
    await city.addCamera({ code: 'A', kind: 'community', unit_id, site_id: 'D-1', state: 'online' });
    await city.addCamera({ code: 'B', kind: 'community', unit_id, site_id: 'D-2' });
    await city.store.observations.record('B', 'online', 'ok', NOW_MS - 100 * DAY);
    await city.store.observations.record('B', 'offline', 'timeout', NOW_MS - 99 * DAY);
    await city.store.observations.record('B', 'offline', 'timeout', NOW_MS);
    const { schemes } = await report();
    const found = Object.fromEntries(
      schemes.map(
        (one: {
          code: string;
          evaluation: string;
          reasons: { code: string }[];
          is_on_paper_only: boolean;
        }) => [one.code, [one.evaluation, one.reasons[0]!.code, one.is_on_paper_only]],
      ),
    );
    expect(found).toEqual({
      'MH-GOOD': ['effective', 'works', false],
      'MH-PAPER': ['dormant', 'no_cameras', true],
      'MH-DEAD': ['dormant', 'no_sign_of_life', false],
      'MH-NEW': ['needs_attention', 'no_cameras', false],
    });
  });

  test('counts the work list by kind', async () => {
    await city.addCamera({ code: 'A', kind: 'community', unit_id: city.ward.id });
    const where = {
      subject_kind: 'recorder',
      subject_id: 'R-A',
      camera_id: null,
      recorder_id: 'R-A',
    } as const;
    const finding = { ...where, unit_id: city.ward.id, since_ms: NOW_MS - DAY, details: {} };
    await city.store.findings.open({ ...finding, kind: 'offline' }, NOW_MS);
    expect((await report()).work_list).toMatchObject([
      { kind: 'offline', open: 1, oldest_since_ms: NOW_MS - DAY, name: { vi: 'Mất kết nối' } },
    ]);
  });
});

describe('uptime', () => {
  const uptime = async (of = '') => {
    const span = `from_ms=${NOW_MS - 100 * MINUTE}&to_ms=${NOW_MS}`;
    return (await city.get('auditor', `/api/uptime?${span}${of}`)).json();
  };
  beforeEach(async () => {
    await addScheme('MH-1', NOW_MS - DAY, 'D-1');
    await city.addCamera({ code: 'A', kind: 'community', unit_id: city.ward.id, site_id: 'D-1' });
    await city.addCamera({ code: 'B', kind: 'community', unit_id: city.other_ward.id });
    await city.store.cameras.update({ ...(await city.store.cameras.byId('A'))!, created_at_ms: 0 });
    await city.store.cameras.update({
      ...(await city.store.cameras.byId('B'))!,
      created_at_ms: NOW_MS - 50 * MINUTE,
    });
    for (const [minute, state] of [
      [-100, 'online'],
      [-60, 'online'],
      [-50, 'offline'],
      [0, 'offline'],
    ] as const) {
      await city.store.observations.record('A', state, 'ok', NOW_MS + minute * MINUTE);
    }
  });

  test('is the share of the span in which a camera worked, over both denominators', async () => {
    const { polled } = await uptime('&camera_id=A');
    expect(polled).toMatchObject({ cameras: 1, working_of_all: 0.5, working_of_known: 0.5 });
    expect(polled.by_state).toMatchObject({ online: 50 * MINUTE, offline: 50 * MINUTE });
  });

  test('is told of a site, a scheme, a ward and all of them; a camera counts from its registration', async () => {
    for (const of of ['&site_id=D-1', '&scheme_id=MH-1', `&unit_id=${city.ward.id}`]) {
      expect((await uptime(of)).polled).toMatchObject({ cameras: 1, working_of_all: 0.5 });
    }
    expect((await uptime()).polled).toMatchObject({
      cameras: 2,
      span_ms: 150 * MINUTE,
      known_ms: 100 * MINUTE,
    });
    expect((await city.get('ds.auditor', `/api/uptime?from_ms=0&to_ms=1`)).json().polled.cameras).toBe(0);
  });

  test('keeps what people say apart from what polls saw', async () => {
    await city.store.cameras.update({ ...(await city.store.cameras.byId('A'))!, reach: 'owner_only' });
    const word = {
      id: 'w',
      camera_id: 'A',
      kind: 'visit',
      works: true,
      person_id: null,
      note: null,
    } as const;
    await city.store.attestations.add({ ...word, at_ms: NOW_MS - 25 * MINUTE });
    const { polled, attested } = await uptime();
    expect(polled.cameras).toBe(1);
    expect(attested).toMatchObject({
      cameras: 1,
      working_ms: 25 * MINUTE,
      working_of_all: 0.25,
      working_of_known: 1,
    });
  });

  test('is not told of a span longer than a year, nor of none', async () => {
    const ask = async (from: number, to: number) =>
      (await city.get('auditor', `/api/uptime?from_ms=${from}&to_ms=${to}`)).json().code;
    expect(await ask(NOW_MS - 400 * DAY, NOW_MS)).toBe('SPAN_TOO_LONG');
    expect(await ask(NOW_MS, NOW_MS)).toBe('SPAN_EMPTY');
  });
});
