import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type City, createCity } from './city.ts';

const at = (text: string): number => Date.parse(`${text}+07:00`);

let city: City;
beforeEach(async () => {
  city = await createCity();
  const { ward, other_ward } = city;
  for (const code of ['C-1', 'C-2', 'C-3', 'C-4']) {
    await city.addCamera({ code, kind: 'community', unit_id: ward.id });
  }
  await city.addCase('HS-1', ward.id);
  await city.addCase('HS-2', other_ward.id, { number: '=HYPERLINK("http://evil")' });
  // Asked on New Year's Eve; one part delivered on New Year's Day in Vietnam, still the old year in UTC.
  await city.addRequest({
    id: 'TX-1',
    case_id: 'HS-1',
    unit_id: ward.id,
    submitted_at_ms: at('2025-12-31T22:00:00'),
    outcomes: [
      { state: 'archived', at_ms: at('2025-12-31T23:00:00') },
      { state: 'partial', at_ms: at('2026-01-01T00:30:00') },
      { state: 'no_footage', at_ms: at('2026-01-01T00:31:00') },
      { state: 'refused', at_ms: at('2026-01-01T00:32:00') },
    ],
  });
  await city.addRequest({
    id: 'TX-2',
    case_id: 'HS-2',
    unit_id: other_ward.id,
    submitted_at_ms: at('2026-02-01T08:00:00'),
    outcomes: [
      { state: 'waiting', at_ms: at('2026-02-01T09:00:00') },
      { state: 'awaiting_decision', at_ms: 0 },
    ],
  });
});
afterEach(() => city.close());

const json = async (url: string, login: Parameters<City['get']>[0] = 'auditor') =>
  (await city.get(login, url)).json();

describe('counts', () => {
  test('stand side by side: requested, approved, delivered, and what came of the rest', async () => {
    expect(await json('/api/reports/totals')).toMatchObject({
      requests: 2,
      requested: 6,
      approved: 4,
      delivered: 2,
      archived: 1,
      partial: 1,
      no_footage: 1,
      not_obtained: 0,
      waiting: 1,
      refused: 1,
      cancelled: 0,
      failed: 0,
      unconfirmed: 0,
      delivered_then_refused: 0,
    });
  });

  test('tell what was looked into and never confirmed, beside the rest and in the export', async () => {
    await city.store.requests.setState('TX-1', ['submitted'], 'unconfirmed');
    const counted = { unconfirmed: 1, delivered_then_refused: 2 };
    expect(await json('/api/reports/totals')).toMatchObject(counted);
    const [first] = (await json('/api/reports/cases')).items;
    expect(first).toMatchObject({ case_id: 'HS-1', ...counted });
    const [header, line] = (await city.get('auditor', '/api/reports/cases.csv')).body.split('\r\n');
    expect(header).toMatch(
      /không được xác nhận,Đã trích xuất rồi bị từ chối,Hoãn thông báo cho chủ,Còn đang hoãn thông báo$/,
    );
    expect(line).toBe('HS-1,1,4,3,2,1,1,1,0,0,1,0,0,1,2,0,0');
  });

  test('are kept per case, and an auditor of one ward sees that ward', async () => {
    const all = await json('/api/reports/cases');
    expect(
      all.items.map((row: { case_id: string; requested: number }) => [row.case_id, row.requested]),
    ).toEqual([
      ['HS-1', 4],
      ['HS-2', 2],
    ]);
    const own = await json('/api/reports/cases', 'ds.auditor');
    expect(own.items.map((row: { case_id: string }) => row.case_id)).toEqual(['HS-2']);
    expect((await json('/api/reports/cases', 'technician')).code).toBe('FORBIDDEN');
  });

  test('per month and unit follow the calendar of Vietnam', async () => {
    const { rows } = await json('/api/reports/months');
    expect(rows.map((row: { unit_name: string }) => ({ ...row, unit_id: '', unit_name: '' }))).toEqual([
      {
        month: '2025-12',
        unit_id: '',
        unit_code: 'HT',
        unit_name: '',
        requests: 1,
        requested: 4,
        delivered: 1,
      },
      {
        month: '2026-01',
        unit_id: '',
        unit_code: 'HT',
        unit_name: '',
        requests: 0,
        requested: 0,
        delivered: 1,
      },
      {
        month: '2026-02',
        unit_id: '',
        unit_code: 'DS',
        unit_name: '',
        requests: 1,
        requested: 2,
        delivered: 0,
      },
    ]);
  });

  test('of a unit include what lies below it', async () => {
    const { province, ward } = city;
    expect((await json(`/api/reports/totals?unit_id=${province.id}`)).requested).toBe(6);
    expect((await json(`/api/reports/totals?unit_id=${ward.id}`)).requested).toBe(4);
  });
});

describe('one case', () => {
  test('shows every request with items, outcomes and decisions', async () => {
    const history = await json('/api/reports/cases/HS-1');
    expect(history.case.number).toBe('HS-1');
    expect(history.requests).toMatchObject([{ number: 'TX-1', decisions: [] }]);
    const states = history.requests[0].items.map((item: { state: string }) => item.state);
    expect(states).toEqual(['archived', 'partial', 'no_footage', 'refused']);
    expect((await json('/api/reports/cases/HS-1', 'ds.auditor')).code).toBe('FORBIDDEN_UNIT');
    expect((await json('/api/reports/cases/NONE')).code).toBe('UNKNOWN_CASE');
  });

  test('of an old provisional number is listed until it is tied to an official one', async () => {
    const provisional = { is_provisional: true, number: 'TẠM-1' };
    const { ward } = city;
    await city.addCase('OLD', ward.id, { ...provisional, opened_at_ms: at('2026-01-01T00:00:00') });
    await city.addCase('NEW', ward.id, { ...provisional, number: 'TẠM-2' });
    const listed = async () =>
      (await json('/api/reports/provisional-cases')).cases.map((one: { id: string }) => one.id);
    expect(await listed()).toEqual(['OLD']);
    await city.store.cases.setOfficialNumber('OLD', '99/HS');
    expect(await listed()).toEqual([]);
  });
});

describe('an export', () => {
  test('is UTF-8 with a mark, keeps numbers, and cannot run a formula', async () => {
    const response = await city.get('auditor', '/api/reports/cases.csv');
    expect(response.headers['content-type']).toContain('text/csv');
    const lines = response.body.split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFHồ sơ,Yêu cầu,/);
    expect(lines[1]).toBe('HS-1,1,4,3,2,1,1,1,0,0,1,0,0,0,0,0,0');
    expect(lines[2]).toMatch(/^"'=HYPERLINK\(""http:\/\/evil""\)",1,2,/);
    const { rows } = await city.store.audit.list({ act: 'report.export' }, { limit: 10, after: null });
    expect(rows).toMatchObject([{ outcome: 'ok', subject_id: 'cases' }]);
  });

  test('of months has a line per month and unit', async () => {
    const { body } = await city.get('auditor', '/api/reports/months.csv');
    expect(body.trimEnd().split('\r\n')).toHaveLength(4);
    expect(body).toContain('2026-01,HT,HT,0,0,1');
  });
});
