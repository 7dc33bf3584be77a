import type { CameraKind, CameraState, ExtractionItem } from '@minhchung/domain';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { createWorld, NOW_MS, type World } from '../../gateway/test/world.ts';
import { accountingRoutes } from '../src/index.ts';

export { NOW_MS };

/** A province with two wards (HT, DS), an auditor of all of it, and one of ward DS only. */
export interface City extends World {
  get(login: 'auditor' | 'ds.auditor' | 'technician', url: string): Promise<LightMyRequestResponse>;
  addCamera(camera: NewCamera): Promise<void>;
  /** A request of cameras C-1, C-2, …: one item per outcome, submitted and ended at these times. */
  addRequest(request: NewRequest): Promise<void>;
  addCase(
    id: string,
    unit_id: string,
    change?: { readonly number?: string; readonly is_provisional?: boolean; readonly opened_at_ms?: number },
  ): Promise<void>;
}

interface NewCamera {
  readonly code: string;
  readonly kind: CameraKind;
  readonly unit_id: string;
  readonly site_id?: string;
  readonly state?: CameraState;
}

interface NewRequest {
  readonly id: string;
  readonly case_id: string;
  readonly unit_id: string;
  readonly submitted_at_ms: number;
  readonly outcomes: readonly { readonly state: string; readonly at_ms: number }[];
}

export async function createCity(): Promise<City> {
  const world = await createWorld({ areas: (deps) => [accountingRoutes(deps)] });
  const { store, province, ward, other_ward } = world;
  await world.addAccount('auditor', [{ role: 'auditor', unit_id: province.id }]);
  await world.addAccount('ds.auditor', [{ role: 'auditor', unit_id: other_ward.id }]);
  const technician = await world.addAccount('technician', [{ role: 'technician', unit_id: ward.id }]);
  await store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN' });
  const sessions = new Map<string, string>();
  return {
    ...world,
    async get(login, url) {
      const session = sessions.get(login) ?? (await world.sessionOf(login));
      sessions.set(login, session);
      const call: InjectOptions = { method: 'GET', url };
      return world.send({ ...call, session });
    },
    addCamera: (camera) => addCamera(world, camera),
    addRequest: (request) => addRequest(world, request, technician.id),
    async addCase(id, unit_id, change = {}) {
      const base = { number: id, is_provisional: false, opened_at_ms: NOW_MS, ...change };
      await store.cases.create({ id, unit_id, title: id, incident_ids: [], closed_at_ms: null, ...base });
    },
  };
}

async function addCamera(world: World, camera: NewCamera): Promise<void> {
  const { store } = world;
  const { code, kind, unit_id, site_id = null, state } = camera;
  await store.clocks.create({ id: `K-${code}`, name: code, kind: 'recorder' });
  const reached = { network_id: 'LAN', kind: 'onvif', device_url: null, folder: null } as const;
  const recorder = { id: `R-${code}`, code: `R-${code}`, name: code, unit_id, clock_id: `K-${code}` };
  await store.recorders.create({ ...recorder, ...reached, created_at_ms: NOW_MS });
  await store.cameras.create({
    id: code,
    code,
    name: code,
    unit_id,
    site_id,
    kind,
    owner_id: null,
    position: { latitude_deg: 19.8, longitude_deg: 105.7 },
    aim_point: null,
    field_of_view_deg: null,
    range_m: null,
    mounting: null,
    reach: 'polled',
    recorder_id: `R-${code}`,
    source_token: null,
    created_at_ms: NOW_MS,
    retired_at_ms: null,
  });
  if (state !== undefined) await store.observations.record(code, state, 'ok', NOW_MS);
}

async function addRequest(world: World, request: NewRequest, person_id: string): Promise<void> {
  const { id, unit_id, case_id, submitted_at_ms, outcomes } = request;
  const account = await world.store.people.accountByLogin('technician');
  const span = { start_ms: submitted_at_ms - 60_000, end_ms: submitted_at_ms };
  const items = outcomes.map((_, n): ExtractionItem & { overwrite_at_ms: null } => ({
    id: `${id}-${n}`,
    request_id: id,
    camera_id: `C-${n + 1}`,
    state: 'awaiting_decision',
    reason: null,
    attempts: 0,
    delivered_at_ms: null,
    updated_at_ms: submitted_at_ms,
    overwrite_at_ms: null,
  }));
  await world.store.requests.insert(
    {
      id,
      number: id,
      unit_id,
      case_id,
      requester_person_id: person_id,
      requester_account_id: account!.account.id,
      wanted: span,
      purpose: 'incident',
      reason: 'x',
      legal_basis: 'criminal_procedure',
      legal_reference: null,
      is_urgent: false,
      wants_audio: false,
      state: 'submitted',
      submitted_at_ms,
    },
    items,
  );
  for (const [n, { state, at_ms }] of outcomes.entries()) {
    if (state === 'awaiting_decision') continue;
    const change = { reason: null, at_ms };
    if (state !== 'refused')
      await world.store.items.setState(`${id}-${n}`, ['awaiting_decision'], 'approved', change);
    await world.store.items.setState(`${id}-${n}`, ['awaiting_decision', 'approved'], state, change);
  }
}
