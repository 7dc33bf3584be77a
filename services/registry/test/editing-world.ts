import { randomBytes } from 'node:crypto';
import { type SecretBox, secretBox } from '@minhchung/store';
import { createWorld, type World } from '../../gateway/test/world.ts';
import { editingRoutes } from '../src/editing/routes.ts';

/** Any answer of the API, read field by field. */
// biome-ignore lint/suspicious/noExplicitAny: tests look at what came, whatever it is
export type Answer = any;

export interface EditingWorld extends World {
  readonly secrets: SecretBox;
  /** Sends a call as a technician of the ward, unless another session is given. */
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    url: string,
    payload?: object,
    session?: string,
  ): Promise<Answer>;
  /** A recorder of the ward at this address. */
  recorder(code: string, device_url: string | null): Promise<Answer>;
  /** A camera behind it. */
  camera(code: string, recorder_id: string, change?: object): Promise<Answer>;
  owner(name: string): Promise<Answer>;
}

/** An API with a network LAN, a technician (`tech`) of ward HT, and the routes that change the register. */
export async function editingWorld(env: Readonly<Record<string, string>> = {}): Promise<EditingWorld> {
  const secrets = secretBox(randomBytes(32));
  const world = await createWorld({
    env: { MINHCHUNG_REGISTRY__RECORDING_ROOTS: '["/srv/recordings"]', ...env },
    areas: (deps) => [async (app) => editingRoutes(app, { ...deps, secrets })],
  });
  const unit_id = world.ward.id;
  await world.addAccount('tech', [{ role: 'technician', unit_id }]);
  const tech = await world.sessionOf('tech');
  await world.store.networks.create({ id: 'LAN', code: 'LAN', name: 'Mạng camera phường' } as Answer);
  await world.store.networks.create({ id: 'WAN', code: 'WAN', name: 'Mạng khác' } as Answer);

  const call: EditingWorld['call'] = async (method, url, payload, session = tech) => {
    const response = await world.send({
      method,
      url,
      session,
      ...(payload === undefined ? {} : { payload }),
    });
    const body = response.body === '' ? {} : response.json();
    return { status: response.statusCode, ...body };
  };
  return {
    ...world,
    secrets,
    call,
    recorder: (code, device_url) =>
      call('POST', '/api/recorders', {
        code,
        name: code,
        unit_id,
        network_id: 'LAN',
        kind: 'onvif',
        device_url,
      }),
    camera: (code, recorder_id, change = {}) =>
      call('POST', '/api/cameras', {
        ...{ code, name: `Camera ${code}`, unit_id, kind: 'community', recorder_id },
        position: { latitude_deg: 19.8, longitude_deg: 105.77 },
        ...change,
      }),
    owner: (name) => call('POST', '/api/camera-owners', { name, phone: '0912 345 678' }),
  };
}
