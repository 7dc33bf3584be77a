import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import type { ArchiveStore } from '@minhchung/domain';
import { encodeSha256Sums, MANIFEST_NAME, SHA256SUMS_NAME, SIGNATURE_NAME } from '@minhchung/formats';
import { openSecretBox } from '@minhchung/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, trailOf, type World } from '../../gateway/test/world.ts';
import { extractionRoutes } from '../src/index.ts';
import { seedItem } from './seed.ts';

let folder: string;
let archive: ArchiveStore;
let world: World;
let item_id: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extraction-routes-'));
  archive = await createLocalArchive({ root: join(folder, 'archive') });
  world = await createWorld({ areas: (deps) => [extractionRoutes({ ...deps, archive })] });
  item_id = await deliver();
});
afterEach(async () => {
  await world.close();
  await archive.close();
  await rm(folder, { recursive: true });
});

/** One delivered item with a package of one paper, as the routes find it. */
async function deliver(): Promise<string> {
  const { store } = world;
  const secrets = await openSecretBox(join(folder, 'secrets.key'));
  const now_ms = Date.now();
  const id = await seedItem(store, secrets, {
    recorder: { kind: 'onvif', device_url: 'http://127.0.0.1/onvif/device_service', folder: null },
    ...{ source_token: null, credentials: null, offset: null },
    wanted: { start_ms: now_ms - 60_000, end_ms: now_ms - 30_000 },
  });
  const work = store.work({ time: { now_ms: () => now_ms }, secrets });
  const { lease } = (await work.claim({ worker_id: 'w', networks: null, lease_ms: 60_000 }))!;
  const attempt_prefix = `${id}/attempt-0001`;
  const manifest_sha256 = createHash('sha256').update('{}').digest('hex');
  const put = async (name: string, bytes: Uint8Array) => {
    const writer = await archive.create(`${attempt_prefix}/${name}`);
    await writer.write(bytes);
    await writer.commit();
  };
  await put(SHA256SUMS_NAME, encodeSha256Sums([{ name: MANIFEST_NAME, sha256: manifest_sha256 }]));
  await put(SIGNATURE_NAME, new Uint8Array(64));
  await put(MANIFEST_NAME, Buffer.from('{}'));
  const result = { attempt_prefix, manifest_sha256, size_bytes: 2, found: [], gaps: [], reason: null };
  await work.finish(lease, { outcome: 'archived', ...result });
  return id;
}

/** Signs in an approver of the unit that asked. */
async function approver(): Promise<string> {
  const item = (await world.store.items.byId(item_id))!;
  const { unit_id } = (await world.store.requests.byId(item.request_id))!;
  await world.addAccount('duyet', [{ role: 'approver', unit_id }]);
  return world.sessionOf('duyet');
}

const acts = async () => (await trailOf(world.store)).map(({ act }) => act);

test('an item is read at the unit its camera had, then by those of the unit that one went into', async () => {
  await world.addAccount('ds', [{ role: 'approver', unit_id: world.other_ward.id }]);
  const session = await world.sessionOf('ds');
  const read = () => world.send({ method: 'GET', url: `/api/items/${item_id}`, session });
  expect((await read()).json().code).toBe('FORBIDDEN_UNIT');
  const item = (await world.store.items.byId(item_id))!;
  await world.store.placements.move('camera', [item.camera_id], item.unit_id, world.other_ward.id);
  expect((await read()).json().code).toBe('FORBIDDEN_UNIT');
  await world.store.units.end(item.unit_id, world.time.now_ms(), [world.other_ward.id]);
  expect((await read()).json()).toMatchObject({ id: item_id, state: 'archived' });
});

test('listing the files of a package leaves a trace', async () => {
  const session = await approver();
  const url = `/api/items/${item_id}/package`;
  const listed = await world.send({ method: 'GET', url, session });
  expect(listed.json().files).toHaveLength(3);
  expect((await trailOf(world.store))[0]).toMatchObject({
    ...{ act: 'footage.list', outcome: 'ok', subject_kind: 'item', subject_id: item_id },
  });
});

test('asking for the head of a file is no look: it is not answered, and not counted', async () => {
  const session = await approver();
  const url = `/api/items/${item_id}/package/${MANIFEST_NAME}`;
  expect((await world.send({ method: 'HEAD', url, session })).statusCode).toBe(404);
  expect(await acts()).not.toContain('footage.view');
  expect((await world.send({ method: 'GET', url, session })).body).toBe('{}');
  expect(await acts()).toContain('footage.view');
});
