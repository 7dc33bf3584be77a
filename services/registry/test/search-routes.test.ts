import { randomBytes } from 'node:crypto';
import { secretBox } from '@minhchung/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, type World } from '../../gateway/test/world.ts';
import { registryRoutes } from '../src/index.ts';
import { GOOD_ROW, register } from './register.ts';

let world: World;
beforeEach(async () => {
  const secrets = secretBox(randomBytes(32));
  world = await createWorld({ areas: (deps) => [registryRoutes({ ...deps, secrets })] });
  await world.addAccount('tech', [{ role: 'technician', unit_id: world.ward.id }]);
  await world.addAccount('elsewhere', [{ role: 'officer', unit_id: world.other_ward.id }]);
  await world.addAccount('admin', [{ role: 'administrator', unit_id: world.ward.id }]);
  const session = await world.sessionOf('tech');
  await world.send({ method: 'POST', url: '/api/networks', payload: { code: 'LAN', name: 'LAN' }, session });
  const imported = await world.send({
    method: 'POST',
    url: '/api/cameras/import?mode=apply',
    payload: register([{ ...GOOD_ROW, camera_code: 'HT-CAM-01', camera_name: 'Ngã tư Đông Vệ' }]),
    headers: { 'content-type': 'text/csv; charset=utf-8' },
    session,
  });
  expect(imported.json()).toMatchObject({ created: 1 });
});
afterEach(() => world.close());

const find = async (login: string, query: string) =>
  world.send({ method: 'GET', url: `/api/search?${query}`, session: await world.sessionOf(login) });

test('finds a camera while its name is being typed, without accents', async () => {
  for (const text of ['d', 'dong', 'dong ve', 'ht-cam', 'htcam01']) {
    const { items } = (await find('tech', `text=${encodeURIComponent(text)}&kind=camera`)).json();
    expect(items).toMatchObject([{ kind: 'camera', code: 'HT-CAM-01', name: 'Ngã tư Đông Vệ' }]);
  }
});

test('shows nothing of another ward, and refuses who may read no cameras', async () => {
  expect((await find('elsewhere', 'text=dong')).json().items).toEqual([]);
  expect((await find('admin', 'text=dong')).json().code).toBe('FORBIDDEN');
});

test('refuses what no search box sends', async () => {
  for (const query of ['', 'text=', `text=${'x'.repeat(101)}`, 'text=a&limit=0', 'text=a&kind=person']) {
    expect((await find('tech', query)).statusCode, query).toBe(400);
  }
});
