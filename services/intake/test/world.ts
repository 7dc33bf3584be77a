import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import {
  type Agreement,
  type ArchiveStore,
  type ExtractionRequest,
  type ItemState,
  makeId,
  type Span,
} from '@minhchung/domain';
import { extractionRoutes } from '@minhchung/extraction';
import { createMediaReader } from '@minhchung/media';
import { pino } from 'pino';
import { attestUploads, INTAKE_PAGES } from '../../gateway/src/composition/intake.ts';
import { createWorld, NOW_MS, ORIGIN, type World } from '../../gateway/test/world.ts';
import { ownerRoutes } from '../../registry/src/owners/routes.ts';
import { ownerTokens } from '../../registry/src/owners/tokens.ts';
import { type IntakeActDeps, intakeRoutes, keepReceived, Quarantine } from '../src/index.ts';

export { NOW_MS, ORIGIN };
export const HOUR_MS = 3_600_000;
/** What the requests of these tests ask for: ten minutes, an hour ago. */
export const WANTED = { start_ms: NOW_MS - HOUR_MS, end_ms: NOW_MS - HOUR_MS + 20_000 };

/** A ward with an officer and a technician, an owner behind her router, and a listening server. */
export interface IntakeWorld extends World {
  readonly deps: IntakeActDeps;
  readonly archive: ArchiveStore;
  readonly directory: string;
  readonly url: string;
  readonly officer: string;
  readonly technician: string;
  readonly camera_id: string;
  agree(change?: Partial<Agreement>): Promise<void>;
  /** An item of the owner's camera in this state; returns its id. */
  ask(
    state: ItemState,
    change?: Partial<ExtractionRequest>,
    code?: string | null,
    /** Left out: all of it is approved. */
    approved?: Span,
  ): Promise<string>;
  /** Makes a link and returns its path. */
  link(item_id: string): Promise<string>;
  /** Begins with a link as a browser does; returns the cookie. */
  begin(path: string): Promise<string>;
  trail(): Promise<string[]>;
  /** Takes whole files over, as the upkeep does. */
  keep(): Promise<void>;
}

export async function createIntakeWorld(env: Readonly<Record<string, string>> = {}): Promise<IntakeWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'minhchung-intake-'));
  const archive = await createLocalArchive({ root: join(directory, 'archive') });
  const quarantine = await Quarantine.open(join(directory, 'intake'));
  const tokens = ownerTokens(randomBytes(32));
  const reader = createMediaReader();
  const logger = pino({ level: 'silent' });
  const parts = { archive, reader, quarantine, tokens, logger };
  const world = await createWorld({
    env: { MINHCHUNG_INTAKE__FREE_BYTES_MIN: '0', MINHCHUNG_API__PUBLIC_ORIGIN: ORIGIN, ...env },
    areas: (deps) => [
      // Beside the other pages of owners, whose sheet it wears.
      ownerRoutes({ ...deps, tokens }),
      extractionRoutes({ ...deps, archive }),
      intakeRoutes({ ...deps, ...parts, attestUpload: attestUploads(deps), pages: INTAKE_PAGES }),
    ],
  });
  const { store, settings, time, ward, send } = world;
  const newId = () => makeId(time.now_ms(), randomBytes(10));
  const attestUpload = attestUploads({ settings, newId });
  const deps = { store, settings, time, newId, attestUpload, ...parts };
  await world.addAccount('tech', [{ role: 'technician', unit_id: ward.id }]);
  const person = await world.addAccount('can-bo', [{ role: 'officer', unit_id: ward.id }]);
  await world.addAccount('chi-huy', [{ role: 'approver', unit_id: ward.id }]);
  await world.addAccount('other', [{ role: 'officer', unit_id: world.other_ward.id }]);
  const account = (await store.people.accountByLogin('can-bo'))!.account;
  await household(world);
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = world.app.server.address() as AddressInfo;
  const officer = await world.sessionOf('can-bo');
  let asked = 0;

  return {
    ...world,
    ...{ deps, archive, directory, officer, camera_id: 'CAMERA', url: `http://127.0.0.1:${port}` },
    technician: await world.sessionOf('tech'),
    async agree(change = {}) {
      await store.agreements.create({
        ...{ id: newId(), camera_id: 'CAMERA', mode: 'automatic', purposes: ['incident'], hours: null },
        ...{
          valid_from_ms: NOW_MS - 1000 * HOUR_MS,
          valid_to_ms: null,
          confirmed_at_ms: NOW_MS,
          notice: null,
        },
        ...{ allows_audio: false, power_host: null, network_host: null, withdrawn_at_ms: null, ...change },
      });
    },
    async ask(state, change = {}, code = null, approved) {
      asked += 1;
      const id = newId();
      const request: ExtractionRequest = {
        ...{ id: newId(), number: `TX-2026-HT-00000${asked}`, unit_id: ward.id, case_id: 'CASE' },
        ...{ requester_person_id: person.id, requester_account_id: account.id, purpose: 'incident' },
        ...{ reason: 'mất xe máy', wanted: WANTED, is_urgent: false, wants_audio: false },
        ...{ legal_basis: 'criminal_procedure', legal_reference: null, state: 'approved' },
        ...{ submitted_at_ms: NOW_MS, ...change },
      };
      const reason = code === null ? null : { code, text: { vi: 'chờ', en: 'waits' } };
      const item = { id, request_id: request.id, camera_id: 'CAMERA', attempts: 0, delivered_at_ms: null };
      const rest = { updated_at_ms: NOW_MS, overwrite_at_ms: null, reason: null };
      await store.requests.insert(request, [{ ...item, ...rest, state: 'awaiting_decision' }]);
      if (state !== 'awaiting_decision') {
        await approve(world, request.id, newId(), approved ?? null);
        await store.items.setState(id, ['awaiting_decision'], state, { reason, at_ms: NOW_MS });
      }
      return id;
    },
    async link(item_id) {
      const made = await send({
        ...{ method: 'POST', url: `/api/items/${item_id}/upload-links`, session: officer },
        payload: { by_hand: true },
      });
      if (made.statusCode !== 201) throw new Error(made.body);
      const { id } = made.json<{ id: string }>();
      const shown = await send({
        method: 'POST',
        url: `/api/upload-links/${id}/hand-over`,
        session: officer,
      });
      return new URL(shown.json<{ url: string }>().url).pathname;
    },
    async begin(path) {
      const opened = await send({ method: 'POST', url: path });
      if (opened.statusCode !== 303) throw new Error(opened.body);
      const [cookie] = opened.cookies;
      return `${cookie!.name}=${cookie!.value}`;
    },
    async trail() {
      return (await store.audit.list({}, { limit: 100, after: null })).rows.map(({ act }) => act);
    },
    async keep() {
      await keepReceived(deps)();
    },
    async close() {
      await world.close();
      await archive.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function household({ store, ward }: World): Promise<void> {
  await store.networks.create({ id: 'LAN', code: 'LAN', name: 'Nhà dân' });
  await store.clocks.create({ id: 'CLOCK', name: 'Đầu ghi', kind: 'recorder' });
  await store.recorders.create({
    ...{ id: 'RECORDER', code: 'DG1', name: 'Đầu ghi', unit_id: ward.id, network_id: 'LAN', kind: 'onvif' },
    ...{ device_url: null, folder: null, clock_id: 'CLOCK', created_at_ms: NOW_MS - 1000 * HOUR_MS },
  });
  await store.owners.create({ id: 'OWNER', name: 'Lê Thị Hoa', phone: '0912 345 678', address: null });
  await store.cameras.create({
    ...{ id: 'CAMERA', code: 'HT-001', name: 'Cổng nhà bà Hoa', unit_id: ward.id, site_id: null },
    ...{ kind: 'household', owner_id: 'OWNER', position: { latitude_deg: 19.8, longitude_deg: 105.77 } },
    ...{ aim_point: null, field_of_view_deg: null, range_m: null, mounting: null, reach: 'owner_only' },
    ...{ recorder_id: 'RECORDER', source_token: null },
    ...{ created_at_ms: NOW_MS - 1000 * HOUR_MS, retired_at_ms: null },
  });
  const about = { number: '12/HS', is_provisional: false, title: 'Trộm xe', incident_ids: [] };
  await store.cases.create({
    ...{ id: 'CASE', unit_id: ward.id, ...about, opened_at_ms: NOW_MS, closed_at_ms: null },
  });
}

async function approve(
  { store, ward }: World,
  request_id: string,
  id: string,
  approved: Span | null,
): Promise<void> {
  const { account } = (await store.people.accountByLogin('chi-huy'))!;
  const by = { account_id: account.id, person_id: account.person_id };
  await store.decisions.add({
    ...{ id, request_id, unit_id: ward.id, ...by, verdict: 'approved', reason: 'Đúng thẩm quyền' },
    ...{ decided_at_ms: NOW_MS, approved },
  });
  await store.audit.append({
    ...{ at_ms: NOW_MS, act: 'request.decide', ...by, unit_id: ward.id, outcome: 'ok' },
    ...{ subject_kind: 'request', subject_id: request_id, details: { verdict: 'approved' } },
  });
}
