import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWard, NOW_MS, WANTED, type Ward } from './ward.ts';

const HOUR_MS = 3_600_000;

let ward: Ward;
beforeEach(async () => {
  ward = await createWard();
  await ward.addCamera('C-1');
  await ward.addCamera('C-2');
});
afterEach(() => ward.close());

const submit = (change?: Record<string, unknown>) =>
  ward.as('officer', { method: 'POST', url: '/api/requests', payload: ward.draft(change) });

const preview = (change?: Record<string, unknown>) =>
  ward.as('officer', { method: 'POST', url: '/api/requests/preview', payload: ward.draft(change) });

async function numbers(): Promise<string[]> {
  const { rows } = await ward.store.requests.list({}, { limit: 100, after: null });
  return rows.map((request) => request.number).sort();
}

describe('a good request', () => {
  test('gets a number, an item per camera, and its audit event', async () => {
    const { status, body } = await submit({ camera_ids: ['C-1', 'C-2'] });
    expect(status).toBe(201);
    expect(body.request).toMatchObject({ number: 'TX-2026-HT-000001', state: 'submitted', wanted: WANTED });
    expect(body.items.map((item: { state: string }) => item.state)).toEqual([
      'awaiting_decision',
      'awaiting_decision',
    ]);
    expect(body.undecided_unit_ids).toEqual([ward.ward.id]);
    const { rows } = await ward.store.audit.list({ act: 'request.create' }, { limit: 10, after: null });
    expect(rows).toMatchObject([{ subject_id: body.request.id, details: { number: 'TX-2026-HT-000001' } }]);
  });

  test('asks for sound only where it says so', async () => {
    const silent = await submit();
    expect(silent.body.request.wants_audio).toBe(false);
    const { body } = await submit({ camera_ids: ['C-2'], wants_audio: true });
    expect(body.request.wants_audio).toBe(true);
    const { rows } = await ward.store.audit.list({ act: 'request.create' }, { limit: 1, after: null });
    expect(rows).toMatchObject([{ details: { wants_audio: true } }]);
  });

  test('takes the next number, and one that was refused takes none', async () => {
    await submit();
    expect((await submit({ case_id: 'NONE' })).status).toBe(404);
    await submit({ camera_ids: ['C-2'] });
    expect(await numbers()).toEqual(['TX-2026-HT-000001', 'TX-2026-HT-000002']);
  });

  test('knows by when its footage will be overwritten, through the offset of the clock', async () => {
    const offset_ms = 41 * 60_000;
    await ward.store.clockOffsets.save('K-C-1', {
      epoch_from_ms: NOW_MS - HOUR_MS,
      began_as: 'first',
      min_ms: offset_ms - 50,
      max_ms: offset_ms + 50,
      first_reading_ms: NOW_MS - HOUR_MS,
      last_reading_ms: NOW_MS,
      readings: 5,
      method: 'onvif_utc',
    });
    for (const hours of [14, 7, 0]) {
      const observed_at_ms = NOW_MS - hours * HOUR_MS;
      await ward.store.coverage.record({
        camera_id: 'C-1',
        observed_at_ms,
        retained_from_device_ms: observed_at_ms - 48 * HOUR_MS + offset_ms,
        retained_to_device_ms: observed_at_ms + offset_ms,
      });
    }
    const { body } = await submit();
    expect(body.items[0].overwrite_at_ms).toBe(WANTED.end_ms + 48 * HOUR_MS);
  });
});

const BAD: readonly [string, Record<string, unknown>, string, number][] = [
  ['a span in the future', { wanted: { start_ms: NOW_MS, end_ms: NOW_MS + HOUR_MS } }, 'SPAN_IN_FUTURE', 422],
  [
    'an end before its start',
    { wanted: { start_ms: WANTED.end_ms, end_ms: WANTED.start_ms } },
    'SPAN_REVERSED',
    422,
  ],
  [
    'a span of five hours',
    { wanted: { start_ms: NOW_MS - 6 * HOUR_MS, end_ms: NOW_MS - HOUR_MS } },
    'SPAN_TOO_LONG',
    422,
  ],
  ['an unknown case', { case_id: 'NONE' }, 'UNKNOWN_CASE', 404],
  ['an unknown camera', { camera_ids: ['C-1', 'C-9'] }, 'UNKNOWN_CAMERA', 404],
  ['a camera twice', { camera_ids: ['C-1', 'C-2', 'C-1'] }, 'CAMERA_TWICE', 422],
  ['no camera', { camera_ids: [] }, 'CAMERA_MISSING', 422],
  ['no reason', { reason: '  ' }, 'TEXT_MISSING', 422],
  ['no legal basis', { legal_basis: '' }, 'VALUE_UNKNOWN', 422],
  ['a lawful order that is not named', { legal_basis: 'lawful_order' }, 'TEXT_MISSING', 422],
  ['a purpose nobody agreed to', { purpose: 'tò mò' }, 'VALUE_UNKNOWN', 422],
];

describe('a bad request', () => {
  test.each(BAD)(
    'with %s is refused in both languages and stores nothing',
    async (_, change, code, status) => {
      const answer = await submit(change);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      const { vi, en } = answer.body.message;
      expect(vi).not.toBe(en);
      expect(`${vi}${en}`).not.toMatch(/\{\w+\}/);
      expect(answer.body.problems).toHaveLength(1);
      expect(await numbers()).toEqual([]);
      const { rows } = await ward.store.audit.list({ act: 'request.create' }, { limit: 10, after: null });
      expect(rows).toEqual([]);
    },
  );

  test('says everything that is wrong at once, each with its field', async () => {
    const bad = { case_id: 'NONE', reason: '', camera_ids: ['C-9'], legal_basis: 'x' };
    const answer = await submit(bad);
    expect([answer.status, answer.body.code]).toEqual([422, 'REQUEST_PROBLEMS']);
    const fields = ['case_id', 'reason', 'legal_basis', 'camera_ids.0'];
    expect(answer.body.problems.map((one: { path: string }) => one.path)).toEqual(fields);
    const shown = (await preview(bad)).body;
    expect(shown.problems.map((one: { code: string }) => one.code)).toEqual([
      'UNKNOWN_CASE',
      'TEXT_MISSING',
      'VALUE_UNKNOWN',
      'UNKNOWN_CAMERA',
    ]);
  });

  test("under another unit's case, or a closed one, is refused", async () => {
    const base = { is_provisional: false, title: 'x', incident_ids: [], opened_at_ms: NOW_MS };
    await ward.store.cases.create({
      ...base,
      id: 'A',
      unit_id: ward.other_ward.id,
      number: '1',
      closed_at_ms: null,
    });
    expect((await submit({ case_id: 'A' })).body.code).toBe('CASE_OF_OTHER_UNIT');
    await ward.store.cases.close(ward.case_id, NOW_MS);
    expect((await submit()).body.code).toBe('CASE_CLOSED');
  });

  test('for a retired camera is refused', async () => {
    await ward.store.cameras.retire('C-1', NOW_MS);
    expect((await submit()).body.code).toBe('CAMERA_RETIRED');
  });

  test('by somebody who is no officer of that unit is refused, and the refusal is audited', async () => {
    const call = { method: 'POST', url: '/api/requests', payload: ward.draft() } as const;
    expect((await ward.as('technician', call)).body.code).toBe('FORBIDDEN');
    const elsewhere = await submit({ unit_id: ward.other_ward.id });
    expect(elsewhere.body.code).toBe('FORBIDDEN_UNIT');
    const { rows } = await ward.store.audit.list({ act: 'request.create' }, { limit: 10, after: null });
    expect(rows.map((event) => event.outcome)).toEqual(['denied', 'denied']);
  });
});

describe("an owner's agreement", () => {
  const agreement = {
    id: 'G',
    camera_id: 'H-1',
    mode: 'automatic',
    purposes: ['incident'],
    hours: null,
    valid_from_ms: NOW_MS - 24 * HOUR_MS,
    valid_to_ms: null,
    confirmed_at_ms: NOW_MS - 24 * HOUR_MS,
    notice: null,
    allows_audio: false,
    power_host: null,
    network_host: null,
    withdrawn_at_ms: null,
  } as const;

  beforeEach(() => ward.addCamera('H-1', { kind: 'household' }));

  test('is needed for a household camera, and its absence names the camera', async () => {
    const answer = await submit({ camera_ids: ['C-1', 'H-1'] });
    expect(answer.body.code).toBe('AGREEMENT_MISSING');
    expect(answer.body.message.vi).toMatch(/^H-1: /);
    expect(answer.body.problems[0].path).toBe('camera_ids.1');
  });

  test('that denies the purpose is overridden by a named lawful order only', async () => {
    await ward.store.agreements.create(agreement);
    const wish = { camera_ids: ['H-1'], purpose: 'public_order' };
    expect((await submit(wish)).body.code).toBe('AGREEMENT_PURPOSE');
    const order = { legal_basis: 'lawful_order', legal_reference: 'Lệnh số 12/2026' };
    const { status, body } = await submit({ ...wish, ...order });
    expect(status).toBe(201);
    const recorded = await ward.store.orders.ofRequest(body.request.id);
    expect(recorded.map(({ reference }) => reference)).toEqual(['Lệnh số 12/2026']);
  });

  test('to ask first is told before submitting, and the item waits for the owner after the approval', async () => {
    await ward.store.agreements.create({ ...agreement, mode: 'ask_first' });
    const shown = await preview({ camera_ids: ['H-1'] });
    expect(shown.body.warnings.map((one: { code: string }) => one.code)).toEqual(['OWNER_ASKS_FIRST']);
    const { body } = await submit({ camera_ids: ['H-1'] });
    const decided = await ward.as('approver', {
      method: 'POST',
      url: `/api/requests/${body.request.id}/decisions`,
      payload: { verdict: 'approved', reason: 'Đúng.' },
    });
    expect(decided.body.items[0]).toMatchObject({ state: 'approved', reason: { code: 'OWNER_ASKS_FIRST' } });
  });
});

describe('duplicates', () => {
  test('are shown before they are made, and do not hinder', async () => {
    await submit();
    const shifted = { wanted: { start_ms: WANTED.start_ms + 30_000, end_ms: WANTED.end_ms + 30_000 } };
    const { body } = await preview({ ...shifted, camera_ids: ['C-1', 'C-2'] });
    expect(body.problems).toEqual([]);
    expect(body.warnings).toMatchObject([{ code: 'CAMERA_ASKED_ALREADY', path: 'camera_ids' }]);
    expect(body.warnings[0].text.vi).toContain('TX-2026-HT-000001');
    expect((await submit(shifted)).status).toBe(201);
  });
});
