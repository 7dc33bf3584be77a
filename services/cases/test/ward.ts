import type { Camera } from '@minhchung/domain';
import type { Store } from '@minhchung/store';
import type { InjectOptions } from 'fastify';
import { createWorld, NOW_MS, type World, type WorldOptions } from '../../gateway/test/world.ts';
import { casesRoutes } from '../src/index.ts';

export { NOW_MS };

const MINUTE_MS = 60_000;

/** Where things happen: a crossroads in Thanh Hoá. */
export const PLACE = { latitude_deg: 19.8067, longitude_deg: 105.7768 };

/** One minute, an hour before now. */
export const WANTED = { start_ms: NOW_MS - 60 * MINUTE_MS, end_ms: NOW_MS - 59 * MINUTE_MS };

/** A ward with people, a case and cameras, behind the whole API. */
export interface Ward extends World {
  readonly case_id: string;
  /** Who may be signed in: two logins of one officer, approvers of both wards, a technician, an auditor. */
  as(login: Login, call: InjectOptions): Promise<{ readonly status: number; readonly body: Answer }>;
  addCamera(code: string, change?: Partial<Camera>): Promise<Camera>;
  /** A request that is good in every way; tests change the one thing they are about. */
  draft(change?: Record<string, unknown>): Record<string, unknown>;
}

export type Login =
  | 'officer'
  | 'officer.as.approver'
  | 'approver'
  | 'other.approver'
  | 'technician'
  | 'auditor';

/** Whatever came back; tests look at the fields they are about. */
// biome-ignore lint/suspicious/noExplicitAny: answers of every route
export type Answer = any;

/** `store`: a migrated database of the test's own, instead of a SQLite file. */
export async function createWard(store?: Store): Promise<Ward> {
  const areas: WorldOptions['areas'] = (deps) => [casesRoutes(deps)];
  const world = await createWorld(store === undefined ? { areas } : { areas, store });
  const { ward, other_ward } = world;
  const officer = await world.addAccount('officer', [{ role: 'officer', unit_id: ward.id }]);
  await world.addAccount('approver', [{ role: 'approver', unit_id: ward.id }]);
  await world.addAccount('other.approver', [{ role: 'approver', unit_id: other_ward.id }]);
  await world.addAccount('technician', [{ role: 'technician', unit_id: ward.id }]);
  await world.addAccount('auditor', [{ role: 'auditor', unit_id: world.province.id }]);
  await secondAccount(world, officer.id);
  const sessions = new Map<string, string>();

  const as: Ward['as'] = async (login, call) => {
    const session = sessions.get(login) ?? (await world.sessionOf(login));
    sessions.set(login, session);
    const response = await world.send({ ...call, session });
    return { status: response.statusCode, body: response.body === '' ? null : response.json() };
  };

  const opened = await as('officer', {
    method: 'POST',
    url: '/api/cases',
    payload: { unit_id: ward.id, number: '12/HS', title: 'Cướp giật' },
  });
  await world.store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN' });
  const case_id: string = opened.body.id;
  return {
    ...world,
    case_id,
    as,
    addCamera: (code, change = {}) => addCamera(world, code, change),
    draft: (change = {}) => ({
      unit_id: ward.id,
      case_id,
      wanted: WANTED,
      camera_ids: ['C-1'],
      purpose: 'incident',
      reason: 'Xác định hướng đi của đối tượng.',
      legal_basis: 'criminal_procedure',
      ...change,
    }),
  };
}

/** The same human with another login and another role. */
async function secondAccount(world: World, person_id: string): Promise<void> {
  const account = {
    id: 'SECOND',
    person_id,
    login: 'officer.as.approver',
    status: 'active',
    created_at_ms: NOW_MS,
  } as const;
  const known = await world.store.people.accountByLogin('officer');
  const appointments = [{ role: 'approver', unit_id: world.ward.id }] as const;
  await world.store.people.createAccount(account, known!.password_hash, appointments);
}

/** A community camera with a recorder and a clock of its own. Its id is its code. */
async function addCamera(world: World, code: string, change: Partial<Camera>): Promise<Camera> {
  const { store, ward } = world;
  const clock_id = `K-${code}`;
  const recorder_id = `R-${code}`;
  await store.clocks.create({ id: clock_id, name: code, kind: 'recorder' });
  await store.recorders.create({
    id: recorder_id,
    code: recorder_id,
    name: code,
    unit_id: ward.id,
    network_id: 'LAN',
    kind: 'onvif',
    device_url: 'http://192.168.1.20/onvif/device_service',
    folder: null,
    clock_id,
    created_at_ms: NOW_MS,
  });
  const camera: Camera = {
    id: code,
    code,
    name: code,
    unit_id: ward.id,
    site_id: null,
    kind: 'community',
    owner_id: null,
    position: PLACE,
    aim_point: null,
    field_of_view_deg: null,
    range_m: null,
    mounting: null,
    reach: 'polled',
    recorder_id,
    source_token: null,
    created_at_ms: NOW_MS,
    retired_at_ms: null,
    ...change,
  };
  await store.cameras.create(camera);
  return camera;
}
