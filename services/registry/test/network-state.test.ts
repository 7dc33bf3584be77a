import { randomBytes } from 'node:crypto';
import { secretBox } from '@minhchung/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorld, NOW_MS, type World } from '../../gateway/test/world.ts';
import { registryRoutes } from '../src/index.ts';

const secrets = secretBox(randomBytes(32));
const OFFSET_MS = 2_473_300;
const MINUTE = 60_000;
const DAY = 86_400_000;

let world: World;
let is_synchronised: boolean;
let technician: string;
let officer: string;
let technician_id: string;

beforeEach(async () => {
  is_synchronised = true;
  const hostClock = async () => ({ synchronised: is_synchronised, bound_ms: 5 });
  world = await createWorld({ areas: (deps) => [registryRoutes({ ...deps, secrets, hostClock })] });
  const { store, ward } = world;
  technician_id = (await world.addAccount('tech', [{ role: 'technician', unit_id: ward.id }])).id;
  await world.addAccount('officer', [{ role: 'officer', unit_id: ward.id }]);
  technician = await world.sessionOf('tech');
  officer = await world.sessionOf('officer');
  await store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: [] });
  await store.clocks.create({ id: 'K1', name: 'Đồng hồ đầu ghi', kind: 'recorder' });
  await store.recorders.create({
    ...{ id: 'R1', code: 'DG-01', name: 'Đầu ghi', unit_id: ward.id, network_id: 'LAN', kind: 'onvif' },
    ...{ device_url: null, folder: null, clock_id: 'K1', created_at_ms: NOW_MS },
  });
  await store.cameras.create({
    ...{ id: 'C1', code: 'C-01', name: 'Camera', unit_id: ward.id, site_id: null, kind: 'community' },
    ...{ owner_id: null, position: { latitude_deg: 19.8, longitude_deg: 105.7 }, aim_point: null },
    ...{ field_of_view_deg: null, range_m: null, reach: 'polled', recorder_id: 'R1', source_token: null },
    ...{ created_at_ms: NOW_MS, retired_at_ms: null, mounting: null },
  });
});
afterEach(() => world.close());

const call = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, session = technician) =>
  world.send({ method, url, session, ...(payload === undefined ? {} : { payload }) });
const json = async (...args: Parameters<typeof call>) => (await call(...args)).json();

/** Reads a clock that is `OFFSET_MS` fast, 30 s after taking the server's time. */
async function readByEye(clock_id = 'K1', offset_ms = OFFSET_MS) {
  const { challenge_id, server_time_ms } = await json('POST', `/api/clocks/${clock_id}/challenges`);
  await world.time.advance(31_000);
  const shown_ms = Math.floor((server_time_ms + 30_000 + offset_ms) / 1000) * 1000;
  const body = { challenge_id, shown_ms, round_trip_ms: 80, elapsed_ms: 30_000 };
  return { body, answer: await call('POST', `/api/clocks/${clock_id}/sights`, body) };
}

describe('a clock read by eye', () => {
  test('enters the history of its clock with bounds that hold, and the audit trail', async () => {
    const { answer } = await readByEye();
    expect(answer.statusCode).toBe(200);
    const { estimate, kind } = answer.json();
    expect(kind).toBe('first');
    expect(estimate).toMatchObject({ method: 'photo', readings: 1 });
    expect(estimate.min_ms).toBeLessThanOrEqual(OFFSET_MS);
    expect(estimate.max_ms).toBeGreaterThanOrEqual(OFFSET_MS);
    expect(estimate.max_ms - estimate.min_ms).toBeLessThan(3_200);
    const events = await world.store.audit.list({ act: 'clock.read_by_eye' }, { limit: 5, after: null });
    expect(events.rows).toMatchObject([{ person_id: technician_id, subject_id: 'K1' }]);
  });

  test('needs a fresh server time of its own', async () => {
    const { body } = await readByEye();
    expect((await json('POST', '/api/clocks/K1/sights', body)).code).toBe('CLOCK_CHALLENGE_EXPIRED');
    const late = await json('POST', '/api/clocks/K1/challenges');
    await world.time.advance(11 * MINUTE);
    const again = { ...body, challenge_id: late.challenge_id };
    expect((await json('POST', '/api/clocks/K1/sights', again)).code).toBe('CLOCK_CHALLENGE_EXPIRED');
  });

  test('is of no use on a server that does not know the time itself', async () => {
    is_synchronised = false;
    const refused = await call('POST', '/api/clocks/K1/challenges');
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'HOST_CLOCK_NOT_SYNCHRONISED']);
  });

  test('is for technicians', async () => {
    expect((await json('POST', '/api/clocks/K1/challenges', undefined, officer)).code).toBe('FORBIDDEN');
  });
});

describe('which offset held', () => {
  test('is told for a time and over a span, across a step', async () => {
    const stretch = (from: number, offset: number, began_as: 'first' | 'step') => ({
      ...{ epoch_from_ms: from, began_as, min_ms: offset - 50, max_ms: offset + 50, readings: 5 },
      ...{ first_reading_ms: from, last_reading_ms: from + MINUTE, method: 'onvif_utc' as const },
    });
    await world.store.clockOffsets.save('K1', stretch(NOW_MS - DAY, OFFSET_MS, 'first'));
    await world.store.clockOffsets.save('K1', stretch(NOW_MS - MINUTE, 0, 'step'));
    const then = await json('GET', `/api/clocks/K1/offset?at_ms=${NOW_MS - DAY}`);
    expect(then.pieces).toMatchObject([
      { basis: 'measured_around', min_ms: OFFSET_MS - 56, max_ms: OFFSET_MS + 56 },
    ]);
    const over = await json('GET', `/api/clocks/K1/offset?from_ms=${NOW_MS - DAY}&to_ms=${NOW_MS}`);
    expect(over.pieces.map(({ basis }: { basis: string }) => basis)).toContain('step_within');
    const clock = await json('GET', '/api/clocks/K1', undefined, officer);
    expect(clock).toMatchObject({ recorder_id: 'R1', camera_id: null, drift_bound_ppm: 100 });
    expect(clock.history).toHaveLength(2);
  });

  test('is unknown of a clock nobody measured, and of no clock', async () => {
    expect(await json('GET', '/api/clocks/K1/offset')).toEqual({ is_known: false, pieces: [] });
    expect((await json('GET', '/api/clocks/K9/offset')).code).toBe('UNKNOWN_CLOCK');
  });
});

describe('what is known of a camera', () => {
  test('includes the clock on its picture, and where it disagrees with the recorder’s', async () => {
    const { clock_id } = await json('POST', '/api/cameras/C1/clock', { name: 'Giờ trên hình' });
    expect((await json('POST', '/api/cameras/C1/clock', { name: 'x' })).code).toBe('CAMERA_HAS_CLOCK');
    await readByEye('K1', OFFSET_MS);
    await readByEye(clock_id, OFFSET_MS + 3_600_000);
    const known = await json('GET', '/api/cameras/C1/knowledge');
    expect(known.display_clock).toMatchObject({ camera_id: 'C1', kind: 'camera' });
    expect(known.display_minus_recorder.min_ms).toBeLessThanOrEqual(3_600_000);
    expect(known.display_minus_recorder.max_ms).toBeGreaterThanOrEqual(3_600_000);
  });

  test('includes what is held, when the oldest is overwritten, and how many days were agreed', async () => {
    for (const day of [2, 1, 0]) {
      const observed_at_ms = NOW_MS - day * DAY;
      const held = {
        retained_from_device_ms: observed_at_ms - 6 * DAY,
        retained_to_device_ms: observed_at_ms,
      };
      await world.store.coverage.record({ camera_id: 'C1', observed_at_ms, ...held });
    }
    const agreed = { subject_kind: 'camera', subject_id: 'C1', days: 30 };
    expect((await call('PUT', '/api/retention-agreed', agreed)).statusCode).toBe(204);
    const { holdings } = await json('GET', '/api/cameras/C1/knowledge');
    expect(holdings).toMatchObject({
      depth_min_ms: 6 * DAY,
      overwrites_oldest_at_ms: NOW_MS,
      agreed_days: 30,
    });
    expect(holdings.history).toHaveLength(3);
  });
});

describe('the work list', () => {
  const OFFLINE = { kind: 'offline', subject_kind: 'recorder', subject_id: 'R1', camera_id: null } as const;
  beforeEach(async () => {
    const where = { recorder_id: 'R1', unit_id: world.ward.id, since_ms: NOW_MS - DAY };
    await world.store.findings.open(
      { ...OFFLINE, ...where, details: { reason: 'timeout', cameras: 3 } },
      NOW_MS,
    );
  });

  test('says in plain words what is wrong and what to do next', async () => {
    const { items } = await json('GET', '/api/work-list', undefined, officer);
    expect(items).toMatchObject([{ kind: 'offline', since_ms: NOW_MS - DAY }]);
    expect(items[0].what.vi).toBe('Mất kết nối: không trả lời kịp, 3 camera');
    expect(items[0].next.en).toMatch(/^Check power/);
    expect((await json('GET', '/api/work-list?kind=clock_off')).items).toEqual([]);
  });

  test('is taken on and put off with a reason, which is kept', async () => {
    const [{ id }] = (await json('GET', '/api/work-list')).items;
    const url = `/api/work-list/${id}/notes`;
    const taken = await json('POST', url, { text: 'tôi đi xem', assigned_person_id: technician_id });
    expect(taken.finding.assigned_person_id).toBe(technician_id);
    const put_off = { text: 'chờ vật tư', snoozed_until_ms: NOW_MS + 7 * DAY };
    expect((await json('POST', url, put_off)).notes.map(({ act }: { act: string }) => act)).toEqual([
      'assigned',
      'snoozed',
    ]);
    expect((await json('GET', '/api/work-list')).items).toEqual([]);
    expect((await json('GET', '/api/work-list?with_snoozed=true')).items).toHaveLength(1);
    const too_long = { text: 'x', snoozed_until_ms: NOW_MS + 400 * DAY };
    expect((await json('POST', url, too_long)).code).toBe('SNOOZE_TOO_LONG');
  });

  test('lets officers read and technicians act, and nobody act on what is closed', async () => {
    const [{ id }] = (await json('GET', '/api/work-list')).items;
    const url = `/api/work-list/${id}/notes`;
    expect((await json('POST', url, { text: 'x' }, officer)).code).toBe('FORBIDDEN');
    await world.store.findings.close(OFFLINE, NOW_MS, 'poller');
    expect((await json('POST', url, { text: 'x' })).code).toBe('UNKNOWN_FINDING');
    expect((await json('GET', `/api/work-list/${id}`)).finding.closed_by).toBe('poller');
  });
});
