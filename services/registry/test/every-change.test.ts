import { randomBytes } from 'node:crypto';
import { secretBox } from '@minhchung/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../gateway/test/world.ts';
import { ownerRoutes, registryRoutes } from '../src/index.ts';
import { ownerTokens } from '../src/owners/tokens.ts';
import type { Answer } from './editing-world.ts';

/** Every route that changes the register leaves a register change, or is named here with the reason why it does not. */

const NO_CHANGE: Readonly<Record<string, string>> = {
  'PUT /api/items/:item_id/device-account': 'an account of one item under an order, not of the register',
  'POST /api/cameras/import/errors': 'answers a file, writes nothing',
  'POST /api/registrations': 'waits for a technician; nothing is registered yet',
  'POST /api/registrations/:registration_id/decline': 'nothing was registered',
  'POST /api/owner/link': 'reads what a link is about',
  'POST /api/owner/session': 'opens a session',
  'DELETE /api/owner/session': 'ends a session',
  'POST /api/owner/items/:item_id/answer': 'an answer to a request',
  'POST /api/owner/cameras/:camera_id/look': 'a code for one look',
  'POST /api/cameras/:camera_id/owner-links': 'a link, kept with its letter',
  'POST /api/owner-links/:entry_id/hand-over': 'a link, kept with its letter',
  'POST /api/cameras/:camera_id/attestations': 'a dated word on a camera, a history of its own',
  'POST /api/devices/probe': 'a trial; what it finds is entered by other routes',
  'POST /api/recorders/:recorder_id/probe': 'a trial',
  'POST /api/devices/discover': 'a look around',
  'POST /api/cameras/:camera_id/still': 'a look, listed to the owner',
  'POST /api/cameras/:camera_id/accept-view': 'what pictures are compared with, not the register',
  'POST /api/work-list/:finding_id/notes': 'notes of the work list, a history of their own',
  'POST /api/clocks/:clock_id/challenges': 'a reading that begins',
  'POST /api/clocks/:clock_id/sights': 'a reading, in the history of the clock',
  'POST /api/recorders/:recorder_id/release-device':
    'a claim that ends, dated with its person where it is kept',
};

/** Routes whose register change is asserted where the rest of their world is built. */
const PROVED_ELSEWHERE: Readonly<Record<string, string>> = {
  'POST /api/recorders/:recorder_id/playback/calibrate': 'playback.test.ts',
  'POST /api/cameras/import': 'edit-history.test.ts',
  'POST /api/cameras/:camera_id/agreement/withdraw': 'edit-agreements.test.ts',
  'POST /api/owner/confirmation': 'owners/links.test.ts',
  'POST /api/owner/cameras/:camera_id/withdraw': 'owners/links.test.ts',
  'POST /api/registrations/:registration_id/confirm': 'owners/registration.test.ts',
  'POST /api/cameras/:camera_id/agreements': 'edit-agreements.test.ts',
  'PATCH /api/agreements/:agreement_id': 'edit-agreements.test.ts',
  'POST /api/agreements/:agreement_id/confirm': 'edit-agreements.test.ts',
  'POST /api/units/map-changes': 'units.test.ts',
  'PUT /api/units/:unit_id/boundary': 'units.test.ts',
  'POST /api/units/import': 'units.test.ts',
  'POST /api/units/reassignment': 'reassign.test.ts',
};

let world: World;
const mounted = new Set<string>();
const called = new Set<string>();
let tech: string;

beforeAll(async () => {
  const secrets = secretBox(randomBytes(32));
  const tokens = ownerTokens(randomBytes(32));
  world = await createWorld({
    areas: (deps) => [
      async (app) => {
        app.addHook('onRoute', ({ method, url }) => {
          for (const one of [method].flat()) if (!/GET|HEAD|OPTIONS/.test(one)) mounted.add(`${one} ${url}`);
        });
        await registryRoutes({ ...deps, secrets } as Answer)(app);
        await ownerRoutes({ ...deps, tokens })(app);
      },
    ],
  });
  await world.addAccount('tech', [{ role: 'technician', unit_id: world.province.id }]);
  tech = await world.sessionOf('tech');
});
afterAll(() => world.close());

/** Calls a route and asserts that the history of the thing it is about has grown. */
async function change(route: string, url: string, payload: object, subject: [string, string] | string) {
  const [method] = route.split(' ') as ['POST'];
  const rows = async ([kind, id]: [string, string]) =>
    (await world.store.changes.history(kind as 'camera', id, { limit: 99, after: null })).rows.length;
  const before = typeof subject === 'string' ? 0 : await rows(subject);
  const response = await world.send({ method, url, payload, session: tech });
  const body: Answer = response.body === '' ? {} : response.json();
  expect([route, response.statusCode < 300 ? 'ok' : response.body]).toEqual([route, 'ok']);
  const about: [string, string] = typeof subject === 'string' ? [subject, body.id] : subject;
  expect([route, (await rows(about)) - before]).toEqual([route, 1]);
  called.add(route);
  return body;
}

test('every route that changes the register leaves a register change', async () => {
  const unit_id = world.ward.id;
  const create = (kind: string, path: string, payload: object) => change(`POST ${path}`, path, payload, kind);
  const edit = (kind: string, path: string, record: Answer, payload: object) => {
    const url = path.replace(/:\w+/, record.id);
    return change(`PATCH ${path}`, url, { version: record.version, ...payload }, [kind, record.id]);
  };
  const network = await create('network', '/api/networks', { code: 'N1', name: 'Mạng' });
  await change(
    'PATCH /api/networks/:network_id',
    `/api/networks/${network.id}`,
    { cidrs: ['192.168.1.0/24'] },
    ['network', network.id],
  );
  const scheme = await create('scheme', '/api/schemes', {
    unit_id,
    code: 'MH',
    name: 'Mô hình',
    launched_at_ms: 0,
  });
  const site = await create('site', '/api/sites', { scheme_id: scheme.id, code: 'D', name: 'Ngã tư' });
  const read = async (url: string) => (await world.send({ method: 'GET', url, session: tech })).json();
  const scheme_now = await read(`/api/schemes/${scheme.id}`);
  await edit('scheme', '/api/schemes/:scheme_id', scheme_now, { name: 'Tên mới' });
  await edit('site', '/api/sites/:site_id', await read(`/api/sites/${site.id}`), { name: 'Tên mới' });
  expect(mounted.size).toBeGreaterThan(20);
  const owner = await create('owner', '/api/camera-owners', { name: 'Lê Thị Hoa' });
  await edit('owner', '/api/camera-owners/:owner_id', owner, { phone: '0912 345 678' });
  const recorder = await create('recorder', '/api/recorders', {
    ...{ code: 'R-1', name: 'Đầu ghi', unit_id, network_id: network.id, kind: 'onvif' },
    device_url: 'http://192.168.1.20/onvif/device_service',
  });
  await edit('recorder', '/api/recorders/:recorder_id', recorder, { name: 'Đầu ghi mới' });
  const camera = await create('camera', '/api/cameras', {
    ...{
      code: 'C-1',
      name: 'Cổng',
      unit_id,
      kind: 'community',
      recorder_id: recorder.id,
      owner_id: owner.id,
    },
    position: { latitude_deg: 19.8, longitude_deg: 105.77 },
  });
  await edit('camera', '/api/cameras/:camera_id', camera, { name: 'Cổng mới' });
  const of_camera: [string, string] = ['camera', camera.id];
  const path = (rest: string) => `/api/cameras/${camera.id}/${rest}`;
  await change('POST /api/cameras/:camera_id/clock', path('clock'), { name: 'Màn hình' }, of_camera);
  await change('PUT /api/cameras/:camera_id/owner-email', path('owner-email'), { email: 'hoa@example.vn' }, [
    'owner',
    owner.id,
  ]);
  await change(
    'PUT /api/recorders/:recorder_id/credentials',
    `/api/recorders/${recorder.id}/credentials`,
    { username: 'a', password: 'b' },
    ['recorder', recorder.id],
  );
  const days = { subject_kind: 'camera', subject_id: camera.id, days: 15 };
  await change('PUT /api/retention-agreed', '/api/retention-agreed', days, of_camera);
  const seen = 'a'.repeat(64);
  await world.store.certificates.refused(recorder.id, seen, 1);
  await change(
    'POST /api/recorders/:recorder_id/certificates/confirm',
    `/api/recorders/${recorder.id}/certificates/confirm`,
    { fingerprint_sha256: seen },
    ['recorder', recorder.id],
  );
  const retiring = { version: (await read(`/api/cameras/${camera.id}/record`)).version, reason: 'Hỏng' };
  await change('POST /api/cameras/:camera_id/retire', path('retire'), retiring, of_camera);
});

test('and none is forgotten: the rest is proved elsewhere, or named with the reason', () => {
  const known = [...called, ...Object.keys(NO_CHANGE), ...Object.keys(PROVED_ELSEWHERE)];
  const forgotten = [...mounted].filter((route) => route.includes(' /api/') && !known.includes(route));
  expect(forgotten).toEqual([]);
});
