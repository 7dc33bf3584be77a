import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allowLook } from '../../src/owners/allow-look.ts';
import { createOwnersWorld, DAY_MS, NOW_MS, type OwnersWorld } from './world.ts';

const HALF_HOUR_MS = 30 * 60_000;

let world: OwnersWorld;
let owner: string;
beforeEach(async () => {
  world = await createOwnersWorld();
  owner = await signedIn();
});
afterEach(() => world.close());

/** The cookie of the owner's page. */
async function signedIn(): Promise<string> {
  await world.post('/api/cameras/CAMERA/owner-links', { kind: 'owner_page' }, world.technician);
  const response = await world.post('/api/owner/session', { token: await world.newestToken() });
  const [cookie] = response.cookies;
  return `${cookie!.name}=${cookie!.value}`;
}

const allow = (camera = 'CAMERA', session = owner) =>
  world.send({ method: 'POST', url: `/api/owner/cameras/${camera}/look`, session });
const use = (code: string, at_ms = NOW_MS) => world.store.probeStills.useCode('CAMERA', code, at_ms);

describe('a code for one look', () => {
  test('is made by the owner, works once, and is told of in the trail without itself', async () => {
    const response = await allow();
    expect(response.statusCode, response.body).toBe(201);
    const { code, expires_at_ms } = response.json();
    expect(code).toMatch(/^\d{6}$/);
    expect(expires_at_ms).toBe(NOW_MS + HALF_HOUR_MS);
    expect([await use(code), await use(code)]).toEqual([true, false]);
    const { rows } = await world.store.audit.list({ act: 'camera.allow_look' }, { limit: 5, after: null });
    expect(rows).toMatchObject([{ subject_id: 'CAMERA', account_id: null, details: { owner_id: 'OWNER' } }]);
    expect(JSON.stringify(rows[0]!.details) + world.log()).not.toContain(code);
  });

  test('ends after half an hour, and with the next code', async () => {
    const first = (await allow()).json().code;
    const second = (await allow()).json().code;
    // One in a million: the same digits twice.
    if (first !== second) expect(await use(first)).toBe(false);
    expect(await use(second, NOW_MS + HALF_HOUR_MS)).toBe(false);
    expect(await use(second, NOW_MS + HALF_HOUR_MS - 1)).toBe(true);
  });

  test('is made for the owner’s own cameras only, and for nobody who is not signed in', async () => {
    await world.store.owners.create({ id: 'NEW', name: 'Người khác', phone: null, address: null });
    await world.store.cameras.update({ ...world.camera, owner_id: 'NEW' });
    expect((await allow()).json().code).toBe('UNKNOWN_CAMERA');
    expect((await allow('CAMERA', world.technician)).json().code).toBe('OWNER_NOT_SIGNED_IN');
  });

  test('is made ten times a day at most', async () => {
    for (let n = 0; n < 10; n += 1) expect((await allow()).statusCode).toBe(201);
    expect((await allow()).json().code).toBe('STILL_CODES_LIMIT');
    world.time.advance(DAY_MS + 1);
    await expect(allowLook(world.deps)('OWNER', 'CAMERA')).resolves.toHaveProperty('code');
  });

  test('is shown on a page once, where a browser has no script', async () => {
    expect((await world.get('/chu-camera', owner)).body).toContain('/chu-camera/cameras/CAMERA/look');
    const page = await world.form('/chu-camera/cameras/CAMERA/look', {}, owner);
    const [, code] = /<strong>(\d{6})<\/strong>/.exec(page.body) ?? [];
    expect(page.headers['cache-control']).toContain('no-store');
    expect((await world.get('/chu-camera', owner)).body).not.toContain(code!);
    expect(await use(code!)).toBe(true);
  });
});

test('the owner’s page lists who let somebody look, and when, and names nobody', async () => {
  const { account, person } = (await world.store.people.accountByLogin('tech'))!;
  for (const [minutes, allowed_by] of [
    [1, 'agreement'],
    [2, 'owner_code'],
  ] as const) {
    const who = { account_id: account.id, person_id: person.id, camera_id: 'CAMERA' };
    await world.store.probeStills.add({ ...who, at_ms: NOW_MS + minutes * 60_000, allowed_by });
  }
  const { looks } = (await world.get('/api/owner/page', owner)).json();
  expect(looks).toEqual([
    { camera_code: 'HG-01', at_ms: NOW_MS + 120_000, allowed_by: 'owner_code' },
    { camera_code: 'HG-01', at_ms: NOW_MS + 60_000, allowed_by: 'agreement' },
  ]);
  const { body } = await world.get('/chu-camera', owner);
  expect(body).toContain('bằng mã ông/bà đưa');
  expect(body).not.toContain(person.full_name);
});
