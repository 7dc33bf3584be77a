import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWard, type Login, NOW_MS, PLACE, WANTED, type Ward } from './ward.ts';

let ward: Ward;
beforeEach(async () => {
  ward = await createWard();
});
afterEach(() => ward.close());

const post = (url: string, payload: object, login: Login = 'officer') =>
  ward.as(login, { method: 'POST', url, payload });

const incident = (change: object = {}) =>
  post('/api/incidents', {
    unit_id: ward.ward.id,
    category: 'trộm cắp tài sản',
    summary: 'Mất xe máy trước cửa hàng',
    position: PLACE,
    span: WANTED,
    ...change,
  });

describe('incidents', () => {
  test('may have taken a whole night, but not end before they began', async () => {
    const night = { start_ms: NOW_MS - 10 * 3_600_000, end_ms: NOW_MS - 3_600_000 };
    expect((await incident({ span: night })).status).toBe(201);
    const reversed = await incident({ span: { start_ms: WANTED.end_ms, end_ms: WANTED.start_ms } });
    expect([reversed.status, reversed.body.code]).toEqual([422, 'SPAN_REVERSED']);
  });

  test('are clarified once', async () => {
    const { body } = await incident();
    const clarified = await post(`/api/incidents/${body.id}/clarify`, {});
    expect([clarified.status, clarified.body.clarified_at_ms]).toEqual([200, NOW_MS]);
    expect((await post(`/api/incidents/${body.id}/clarify`, {})).body.code).toBe('INCIDENT_CLARIFIED');
    const future = await incident();
    const answer = await post(`/api/incidents/${future.body.id}/clarify`, { clarified_at_ms: NOW_MS + 1 });
    expect(answer.body.code).toBe('TIME_INVALID');
    const clarify = (clarified_at_ms: number) =>
      post(`/api/incidents/${future.body.id}/clarify`, { clarified_at_ms });
    const early = await clarify(WANTED.start_ms - 1);
    expect([early.status, early.body.code]).toEqual([422, 'CLARIFIED_BEFORE_START']);
    expect((await clarify(WANTED.start_ms)).status).toBe(200);
  });

  test('are found without diacritics, by those who may read them only', async () => {
    await incident();
    const list = (login: Login) =>
      ward.as(login, { method: 'GET', url: `/api/incidents?text=${encodeURIComponent('mat xe may')}` });
    expect((await list('officer')).body.items).toHaveLength(1);
    expect((await list('other.approver')).body.items).toHaveLength(0);
    expect((await list('technician')).body.code).toBe('FORBIDDEN');
  });
});

describe('tips', () => {
  test('are taken down, tied to an incident and valued', async () => {
    const { body } = await post('/api/tips', {
      unit_id: ward.ward.id,
      channel: 'hotline',
      received_at_ms: NOW_MS,
      summary: 'Thấy hai người chạy xe',
    });
    expect(body).toMatchObject({ incident_id: null, of_value: null });
    const { id } = (await incident()).body;
    const assess = (payload: object) =>
      ward.as('officer', { method: 'PATCH', url: `/api/tips/${body.id}`, payload });
    expect((await assess({ incident_id: id })).body).toMatchObject({ incident_id: id, of_value: null });
    expect((await assess({ of_value: true })).body).toMatchObject({ incident_id: id, of_value: true });
    expect((await assess({ incident_id: 'NONE' })).body.code).toBe('UNKNOWN_INCIDENT');
  });

  test("are not tied to another unit's incident, neither at once nor later", async () => {
    await ward.store.incidents.create({ ...FOREIGN, unit_id: ward.other_ward.id });
    const tip = { unit_id: ward.ward.id, channel: 'hotline', received_at_ms: NOW_MS, summary: 'x' };
    const tied = await post('/api/tips', { ...tip, incident_id: FOREIGN.id });
    expect([tied.status, tied.body.code]).toEqual([403, 'FORBIDDEN_UNIT']);
    const { id } = (await post('/api/tips', tip)).body;
    const payload = { incident_id: FOREIGN.id };
    const later = await ward.as('officer', { method: 'PATCH', url: `/api/tips/${id}`, payload });
    expect(later.body.code).toBe('FORBIDDEN_UNIT');
    expect((await ward.store.tips.byId(id))?.incident_id).toBeNull();
  });
});

describe('cases', () => {
  const open = (change: object = {}) =>
    post('/api/cases', { unit_id: ward.ward.id, title: 'Trộm xe', ...change });

  test('get a provisional number when they have none, tied to an official one once', async () => {
    const { body } = await open();
    expect(body.is_provisional).toBe(true);
    expect(body.number).toMatch(/^TẠM-2026-11-22-/);
    const numbered = await post(`/api/cases/${body.id}/number`, { number: ' 15/HS ' });
    expect(numbered.body).toMatchObject({ number: '15/HS', is_provisional: false });
    expect((await post(`/api/cases/${body.id}/number`, { number: '16/HS' })).body.code).toBe(
      'CASE_NOT_PROVISIONAL',
    );
  });

  test('have a number of their own within the unit', async () => {
    const twice = await open({ number: '12/HS' });
    expect([twice.status, twice.body.code]).toEqual([409, 'CASE_NUMBER_EXISTS']);
  });

  test('hold incidents of their own unit, each once', async () => {
    const { id } = (await incident()).body;
    const { body } = await open({ incident_ids: [id, id] });
    expect(body.incident_ids).toEqual([id]);
    const linked = await post(`/api/cases/${ward.case_id}/incidents`, { incident_id: id });
    const again = await post(`/api/cases/${ward.case_id}/incidents`, { incident_id: id });
    expect([linked.body.incident_ids, again.body.incident_ids]).toEqual([[id], [id]]);
    await ward.store.incidents.create({ ...FOREIGN, unit_id: ward.other_ward.id });
    const foreign = await post(`/api/cases/${ward.case_id}/incidents`, { incident_id: FOREIGN.id });
    expect(foreign.body.code).toBe('INCIDENT_OF_OTHER_UNIT');
  });

  test('are closed once', async () => {
    const close = () => ward.as('officer', { method: 'POST', url: `/api/cases/${ward.case_id}/close` });
    expect((await close()).body.closed_at_ms).toBe(NOW_MS);
    expect((await close()).body.code).toBe('CASE_CLOSED');
  });
});

const FOREIGN = {
  id: 'FOREIGN',
  category: 'khác',
  summary: 'x',
  position: PLACE,
  span: WANTED,
  created_at_ms: NOW_MS,
  clarified_at_ms: null,
};
