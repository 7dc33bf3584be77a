import { randomBytes } from 'node:crypto';
import {
  type Agreement,
  type Camera,
  type ExtractionRequest,
  type ItemState,
  makeId,
} from '@minhchung/domain';
import { createWorld, NOW_MS, type World } from '../../../gateway/test/world.ts';
import type { OwnerActDeps } from '../../src/owners/deps.ts';
import { ownerRoutes } from '../../src/owners/routes.ts';
import { ownerTokens } from '../../src/owners/tokens.ts';

export { NOW_MS };
export const DAY_MS = 86_400_000;
export const PAGE = { limit: 100, after: null };

/** A ward with a technician, an owner, her household camera behind her router, and one case. */
export interface OwnersWorld extends World {
  readonly deps: OwnerActDeps;
  readonly technician: string;
  readonly camera: Camera;
  get(url: string, cookie?: string): ReturnType<World['send']>;
  post(url: string, payload: object, session?: string): ReturnType<World['send']>;
  /** As a browser sends a form. */
  form(url: string, fields: Record<string, string | string[]>, cookie?: string): ReturnType<World['send']>;
  /** The token of the newest link made for the owner. */
  newestToken(): Promise<string>;
  agree(change?: Partial<Agreement>): Promise<void>;
  ask(state: ItemState, change?: Partial<ExtractionRequest>, code?: string | null): Promise<string>;
  trail(): Promise<string[]>;
}

export async function createOwnersWorld(env: Readonly<Record<string, string>> = {}): Promise<OwnersWorld> {
  const tokens = ownerTokens(randomBytes(32));
  const world = await createWorld({ env, areas: (deps) => [ownerRoutes({ ...deps, tokens })] });
  const { store, settings, time, ward, send } = world;
  const newId = () => makeId(time.now_ms(), randomBytes(10));
  const deps = { store, settings, time, tokens, newId };
  const person = await world.addAccount('tech', [{ role: 'technician', unit_id: ward.id }]);
  await world.addAccount('other', [{ role: 'technician', unit_id: world.other_ward.id }]);
  const account = (await store.people.accountByLogin('tech'))!.account;
  const camera = await household(world);
  const about = { number: '12/HS-MẬT', is_provisional: false, title: 'Trộm xe' };
  await store.cases.create({
    ...{ id: 'CASE', unit_id: ward.id, ...about, opened_at_ms: NOW_MS, closed_at_ms: null, incident_ids: [] },
  });
  const technician = await world.sessionOf('tech');
  let asked = 0;

  return {
    ...world,
    deps,
    technician,
    camera,
    get: (url, cookie) => send({ method: 'GET', url, ...(cookie === undefined ? {} : { session: cookie }) }),
    post: (url, payload, session) =>
      send({ method: 'POST', url, payload, ...(session === undefined ? {} : { session }) }),
    form(url, fields, cookie) {
      const pairs = Object.entries(fields).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, one]),
      );
      return send({
        ...{ method: 'POST', url, payload: new URLSearchParams(pairs).toString() },
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        ...(cookie === undefined ? {} : { session: cookie }),
      });
    },
    async newestToken() {
      const { rows } = await store.audit.list({ act: 'owner_link.create' }, PAGE);
      return tokens.linkToken(rows[0]!.subject_id);
    },
    async agree(change = {}) {
      await store.agreements.create({
        ...{ id: newId(), camera_id: camera.id, mode: 'ask_first', purposes: ['incident'], hours: null },
        ...{ valid_from_ms: NOW_MS - 500 * DAY_MS, valid_to_ms: null, confirmed_at_ms: NOW_MS },
        ...{
          notice: null,
          allows_audio: false,
          power_host: null,
          network_host: null,
          withdrawn_at_ms: null,
          ...change,
        },
      });
    },
    async ask(state, change = {}, code = 'OWNER_ASKS_FIRST') {
      asked += 1;
      const id = newId();
      const request: ExtractionRequest = {
        ...{ id: newId(), number: `TX-2026-HT-00000${asked}`, unit_id: ward.id, case_id: 'CASE' },
        ...{ requester_person_id: person.id, requester_account_id: account.id, purpose: 'incident' },
        ...{ reason: 'mất xe máy', wanted: { start_ms: NOW_MS - 120_000, end_ms: NOW_MS - 60_000 } },
        ...{
          is_urgent: false,
          wants_audio: false,
          legal_basis: 'criminal_procedure',
          legal_reference: null,
          state: 'approved',
        },
        ...{ submitted_at_ms: NOW_MS, ...change },
      };
      const reason = code === null ? null : { code, text: { vi: 'chờ chủ camera', en: 'owner asked' } };
      const item = { id, request_id: request.id, camera_id: camera.id, attempts: 0, delivered_at_ms: null };
      const rest = { updated_at_ms: NOW_MS, overwrite_at_ms: null, reason: null };
      await store.requests.insert(request, [{ ...item, ...rest, state: 'awaiting_decision' }]);
      await store.items.setState(id, ['awaiting_decision'], 'approved', { reason, at_ms: NOW_MS });
      if (state !== 'approved')
        await store.items.setState(id, ['approved'], state, { reason, at_ms: NOW_MS });
      return id;
    },
    async trail() {
      return (await store.audit.list({}, PAGE)).rows.map(({ act }) => act);
    },
  };
}

async function household({ store, ward }: World): Promise<Camera> {
  await store.networks.create({ id: 'LAN', code: 'LAN', name: 'Nhà dân' });
  await store.clocks.create({ id: 'CLOCK', name: 'Đầu ghi', kind: 'recorder' });
  await store.recorders.create({
    ...{ id: 'RECORDER', code: 'HG-01', name: 'Nhà bà Hoa', unit_id: ward.id, network_id: 'LAN' },
    ...{ kind: 'onvif', device_url: null, folder: null, clock_id: 'CLOCK', created_at_ms: NOW_MS - DAY_MS },
  });
  await store.owners.create({ id: 'OWNER', name: 'Lê Thị Hoa', phone: '0912 345 678', address: 'Ngõ 5' });
  const camera: Camera = {
    ...{ id: 'CAMERA', code: 'HG-01', name: 'Cổng nhà bà Hoa', unit_id: ward.id, site_id: null },
    ...{ kind: 'household', owner_id: 'OWNER', position: { latitude_deg: 19.8, longitude_deg: 105.77 } },
    ...{ aim_point: null, field_of_view_deg: null, range_m: null, mounting: null, reach: 'owner_only' },
    ...{ recorder_id: 'RECORDER', source_token: null, created_at_ms: NOW_MS - DAY_MS, retired_at_ms: null },
  };
  await store.cameras.create(camera);
  return camera;
}
