import { randomBytes } from 'node:crypto';
import { secretBox } from '@minhchung/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, NOW_MS, type World } from '../../gateway/test/world.ts';
import { registryRoutes } from '../src/index.ts';

const secrets = secretBox(randomBytes(32));

let world: World;
beforeEach(async () => {
  world = await createWorld({ areas: (deps) => [registryRoutes({ ...deps, secrets })] });
  const { store, ward, other_ward } = world;
  await world.addAccount('tech', [{ role: 'technician', unit_id: ward.id }]);
  await world.addAccount('other', [{ role: 'technician', unit_id: other_ward.id }]);
  await store.networks.create({ id: 'N', code: 'LAN', name: 'LAN', cidrs: ['192.168.1.0/24'] });
  await store.clocks.create({ id: 'CL', name: 'x', kind: 'recorder' });
  await store.recorders.create({
    ...{ id: 'R', code: 'R', name: 'R', unit_id: other_ward.id, network_id: 'N', kind: 'onvif' },
    ...{ folder: null, clock_id: 'CL', device_url: 'http://192.168.1.9/', created_at_ms: NOW_MS },
  });
});
afterEach(() => world.close());

test('where devices of a network may be is changed by whoever serves every ward with recorders in it', async () => {
  const change = async (login: string) => {
    const session = await world.sessionOf(login);
    const payload = { cidrs: ['10.0.0.0/8'] };
    const answer = await world.send({ method: 'PATCH', url: '/api/networks/N', payload, session });
    return answer.statusCode === 200 ? 'changed' : answer.json().code;
  };
  expect(await change('tech')).toBe('FORBIDDEN_UNIT');
  expect((await world.store.networks.byId('N'))!.cidrs).toEqual(['192.168.1.0/24']);
  expect(await change('other')).toBe('changed');
});
