import { destination } from '@minhchung/domain';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer, createWard, type Login, NOW_MS, PLACE, WANTED, type Ward } from './ward.ts';

const HOUR_MS = 3_600_000;

let ward: Ward;
beforeEach(async () => {
  ward = await createWard();
});
afterEach(() => ward.close());

const find = (payload: object, login: Login = 'officer') =>
  ward.as(login, { method: 'POST', url: '/api/cameras/find', payload });

const codes = (body: Answer): string[] => body.cameras.map((one: Answer) => one.camera.code);

const HERE = { position: PLACE, span: WANTED };

async function knows(code: string, from_ms: number): Promise<void> {
  const first_reading_ms = NOW_MS - HOUR_MS;
  const times = { epoch_from_ms: first_reading_ms, first_reading_ms, last_reading_ms: NOW_MS };
  await ward.store.clockOffsets.save(`K-${code}`, {
    ...times,
    began_as: 'first',
    min_ms: -50,
    max_ms: 50,
    readings: 5,
    method: 'onvif_utc',
  });
  await ward.store.coverage.record({
    camera_id: code,
    observed_at_ms: NOW_MS,
    retained_from_device_ms: from_ms,
    retained_to_device_ms: NOW_MS,
  });
}

test('ranks what sees the place before what looks elsewhere, and leaves out what is too far', async () => {
  const stand = destination(PLACE, 180, 35);
  const view = { position: stand, field_of_view_deg: 60, range_m: 50 };
  await ward.addCamera('ASIDE', { ...view, aim_point: destination(stand, 180, 20) });
  await ward.addCamera('SEES', { ...view, aim_point: PLACE });
  await ward.addCamera('FAR', { position: destination(PLACE, 90, 900) });
  const { body } = await find({ ...HERE, radius_m: 500 });
  expect(codes(body)).toEqual(['SEES', 'ASIDE']);
  expect(body.cameras[0]).toMatchObject({ cone: 'inside', footage: 'unknown' });
  expect(body.cameras[0].why.vi).toContain('nằm trong góc nhìn');
});

test('tells held footage from overwritten footage, and puts what is gone last', async () => {
  await ward.addCamera('GONE');
  await ward.addCamera('HELD', { position: destination(PLACE, 0, 5) });
  await knows('GONE', NOW_MS - 10_000);
  await knows('HELD', NOW_MS - 24 * HOUR_MS);
  const { body } = await find(HERE);
  expect(body.cameras.map((one: Answer) => [one.camera.code, one.footage])).toEqual([
    ['HELD', 'held'],
    ['GONE', 'overwritten'],
  ]);
});

test('says whether a camera worked then, and that an offline one may still hold it', async () => {
  await ward.addCamera('C-1');
  await ward.store.observations.record('C-1', 'online', 'ok', WANTED.start_ms - HOUR_MS);
  await ward.store.observations.record('C-1', 'online', 'ok', WANTED.end_ms + 1_000);
  await ward.store.observations.record('C-1', 'offline', 'timeout', NOW_MS);
  const { body } = await find(HERE);
  expect(body.cameras[0]).toMatchObject({ working_then: 'yes', footage: 'offline' });
});

test('takes place and span from an incident, and finds cameras of every ward', async () => {
  await ward.addCamera('X-1', { unit_id: ward.other_ward.id });
  const filed = await ward.as('officer', {
    method: 'POST',
    url: '/api/incidents',
    payload: { unit_id: ward.ward.id, category: 'khác', summary: 'x', ...HERE },
  });
  expect(codes((await find({ incident_id: filed.body.id })).body)).toEqual(['X-1']);
  expect((await find({ incident_id: 'NONE' })).body.code).toBe('UNKNOWN_INCIDENT');
  expect((await find({ position: PLACE })).body.code).toBe('POSITION_MISSING');
});

test('is recorded: who looked for cameras around which place', async () => {
  await find({ ...HERE, radius_m: 100 });
  const { rows } = await ward.store.audit.list({ act: 'camera.search' }, { limit: 10, after: null });
  expect(rows).toMatchObject([{ outcome: 'ok', details: { radius_m: 100, cameras: 0 } }]);
  expect((await find(HERE, 'auditor')).body.code).toBe('FORBIDDEN');
});

test('shows no owner and no address of a device', async () => {
  await ward.addCamera('C-1');
  const { body } = await find(HERE);
  expect(JSON.stringify(body)).not.toMatch(/owner|device_url|192\.168/);
});
