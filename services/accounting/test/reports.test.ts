import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type City, createCity, NOW_MS } from './city.ts';

let city: City;
beforeEach(async () => {
  city = await createCity();
});
afterEach(() => city.close());

const json = async (url: string, login: Parameters<City['get']>[0] = 'auditor') =>
  (await city.get(login, url)).json();

async function addScheme(code: string, sites: readonly string[]): Promise<void> {
  const scheme = { id: code, code, unit_id: city.ward.id, name: code };
  await city.store.schemes.create({
    ...scheme,
    launched_at_ms: NOW_MS - 1,
    status: 'active',
    ended_at_ms: null,
  });
  for (const site of sites)
    await city.store.sites.create({ id: site, code: site, scheme_id: code, name: site });
}

describe('the network report', () => {
  test('counts by kind and state, and tells the share of working cameras over both denominators', async () => {
    const unit_id = city.ward.id;
    await city.addCamera({ code: 'C-1', kind: 'community', unit_id, state: 'online' });
    await city.addCamera({ code: 'C-2', kind: 'community', unit_id, state: 'offline' });
    await city.addCamera({ code: 'H-1', kind: 'household', unit_id, state: 'degraded' });
    await city.addCamera({ code: 'H-2', kind: 'household', unit_id });
    const report = await json('/api/reports/network');
    expect(report.community).toMatchObject({ cameras: 2, working: 1, known: 2, working_of_all: 0.5 });
    expect(report.household).toMatchObject({
      cameras: 2,
      by_state: { degraded: 1, unknown: 1, online: 0 },
      working_of_all: 0.5,
      working_of_known: 1,
    });
    expect(report.all).toMatchObject({ cameras: 4, working: 2, known: 3 });
    const elsewhere = await json('/api/reports/network', 'ds.auditor');
    expect(elsewhere.all).toMatchObject({ cameras: 0, working_of_all: null, working_of_known: null });
  });

  test('lets schemes that exist on paper only stand out', async () => {
    await addScheme('MH-1', ['D-1', 'D-2']);
    await addScheme('MH-2', []);
    const unit_id = city.ward.id;
    await city.addCamera({ code: 'C-1', kind: 'community', unit_id, site_id: 'D-2', state: 'online' });
    const { schemes } = await json('/api/reports/network');
    expect(schemes).toMatchObject([
      { code: 'MH-1', sites: 2, is_silent: false, tally: { cameras: 1, working: 1 } },
      { code: 'MH-2', sites: 0, is_silent: true },
    ]);
  });

  test('lists clocks that are surely further off than the limit', async () => {
    const unit_id = city.ward.id;
    const save = (code: string, min_ms: number, max_ms: number) =>
      city.store.clockOffsets.save(`K-${code}`, {
        epoch_from_ms: NOW_MS,
        began_as: 'first',
        min_ms,
        max_ms,
        first_reading_ms: NOW_MS,
        last_reading_ms: NOW_MS,
        readings: 1,
        method: 'onvif_utc',
      });
    for (const code of ['FAST', 'NEAR', 'SLOW', 'NONE'])
      await city.addCamera({ code, kind: 'community', unit_id });
    await save('FAST', 2_459_900, 2_460_100);
    await save('NEAR', 59_000, 61_000);
    await save('SLOW', -70_000, -69_000);
    const { clocks } = await json('/api/reports/network');
    expect([clocks.measured, clocks.unmeasured]).toEqual([3, 1]);
    expect(clocks.out_of_limit.map((one: { recorder_code: string }) => one.recorder_code)).toEqual([
      'R-FAST',
      'R-SLOW',
    ]);
  });
});

describe('the yearly line', () => {
  test('prints the figures as a city reports them', async () => {
    await addScheme('MH-1', ['D-1', 'D-2']);
    const unit_id = city.ward.id;
    await city.addCamera({ code: 'C-1', kind: 'community', unit_id, site_id: 'D-1' });
    const incident = {
      unit_id,
      category: 'khác',
      summary: 'x',
      position: { latitude_deg: 19.8, longitude_deg: 105.7 },
      span: { start_ms: NOW_MS - 2, end_ms: NOW_MS - 1 },
      created_at_ms: NOW_MS,
      clarified_at_ms: null,
    };
    await city.store.incidents.create({ ...incident, id: 'V-1' });
    await city.store.incidents.create({ ...incident, id: 'V-2' });
    await city.store.incidents.clarify('V-1', NOW_MS);
    const tip = {
      unit_id,
      incident_id: null,
      channel: 'hotline',
      received_at_ms: NOW_MS,
      summary: 'x',
    } as const;
    await city.store.tips.create({ ...tip, id: 'T-1', of_value: true });
    await city.store.tips.create({ ...tip, id: 'T-2', of_value: null });
    const line = await json('/api/reports/year?year=2026');
    expect(line.sentence.vi).toBe(
      'Năm 2026: 1 mô hình camera giám sát an ninh trật tự tại 1/2 phường, xã, 2 điểm nhân rộng, 1 mắt camera; ' +
        '0 lượt trích xuất hình ảnh, dữ liệu, phục vụ làm rõ 1 vụ việc; tiếp nhận 2 tin báo, trong đó 1 tin có giá trị.',
    );
    expect(line.sentence.en).toContain('1 of 2 wards and communes');
    const before = await json('/api/reports/year?year=2025');
    expect(before.figures).toMatchObject({ schemes: 0, cameras: 0, incidents_clarified: 0, tips: 0 });
  });

  test('keeps a scheme in the years at whose end it was there, also after it has ended', async () => {
    const scheme = {
      id: 'S',
      code: 'S',
      unit_id: city.ward.id,
      name: 'S',
      launched_at_ms: Date.UTC(2024, 5),
    };
    await city.store.schemes.create({ ...scheme, status: 'ended', ended_at_ms: Date.UTC(2026, 2) });
    const schemes = async (year: number) => (await json(`/api/reports/year?year=${year}`)).figures.schemes;
    expect([await schemes(2023), await schemes(2024), await schemes(2025), await schemes(2026)]).toEqual([
      ...[0, 1, 1, 0],
    ]);
  });
});

describe('the audit trail', () => {
  test('is read newest first, filtered, by auditors only', async () => {
    const { items } = await json('/api/audit-events?act=unit.create');
    expect(items.map((event: { subject_id: string }) => event.subject_id)).toEqual([
      city.other_ward.id,
      city.ward.id,
      city.province.id,
    ]);
    expect((await json('/api/audit-events', 'technician')).code).toBe('FORBIDDEN');
  });

  test('shows an auditor of one ward the acts of that ward only', async () => {
    const event = { at_ms: NOW_MS, account_id: null, person_id: null, subject_kind: 'x', subject_id: 'x' };
    const ok = { outcome: 'ok', details: {} } as const;
    const { ward, other_ward } = city;
    for (const unit_id of [ward.id, other_ward.id, null]) {
      await city.store.audit.append({ ...event, ...ok, act: 'test.act', unit_id });
    }
    expect((await json('/api/audit-events?act=test.act', 'ds.auditor')).items).toMatchObject([
      { unit_id: other_ward.id },
    ]);
    expect((await json('/api/audit-events?act=test.act')).items).toHaveLength(3);
  });

  test('is verified from the first event to the last', async () => {
    const result = await json('/api/audit-events/verification');
    expect(result.broken_at_sequence).toBeNull();
    expect(result.events).toBeGreaterThan(3);
  });
});
