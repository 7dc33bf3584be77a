import { createHash } from 'node:crypto';
import { readdir, symlink, truncate, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Quarantine, removeAbandoned } from '../src/index.ts';
import { DECLARED, noise, tusUpload } from './send.ts';
import { createIntakeWorld, HOUR_MS, type IntakeWorld, NOW_MS, ORIGIN } from './world.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const TUS = { 'tus-resumable': '1.0.0', origin: ORIGIN };

describe('what goes wrong while a file comes in', () => {
  let world: IntakeWorld;
  let item_id: string;
  let cookie: string;

  async function open(env: Readonly<Record<string, string>> = {}): Promise<void> {
    world = await createIntakeWorld(env);
    await world.agree();
    item_id = await world.ask('queued');
    cookie = await world.begin(await world.link(item_id));
  }
  async function reopen(env: Readonly<Record<string, string>>): Promise<void> {
    await world.close();
    await open(env);
  }
  beforeEach(() => open());
  afterEach(() => world.close());

  /** Opens a file by hand; returns its address. */
  async function start(size_bytes: number, metadata: Record<string, string> = DECLARED) {
    const pairs = Object.entries(metadata).map(
      ([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`,
    );
    return fetch(`${world.url}/api/uploads`, {
      method: 'POST',
      headers: { ...TUS, cookie, 'upload-length': String(size_bytes), 'upload-metadata': pairs.join(',') },
    });
  }
  const patch = (path: string, offset: number, body: Buffer | ReadableStream, signal?: AbortSignal) =>
    fetch(`${world.url}${path}`, {
      method: 'PATCH',
      headers: {
        ...{ ...TUS, cookie, 'upload-offset': String(offset) },
        'content-type': 'application/offset+octet-stream',
      },
      ...{ body: body as never, duplex: 'half', ...(signal === undefined ? {} : { signal }) },
    } as RequestInit);
  const pathOf = (response: Response) => response.headers.get('location')!;
  const only = async () => (await world.store.uploads.ofItem(item_id))[0]!;

  it('a connection that breaks again and again ends in the same hash', async () => {
    const bytes = noise(2_000_000);
    const breaking = setInterval(() => world.app.server.closeAllConnections(), 15);
    const { done } = tusUpload(world.url, cookie, { bytes, metadata: DECLARED }, { chunkSize: 100_000 });
    setTimeout(() => clearInterval(breaking), 400);
    await done.finally(() => clearInterval(breaking));
    expect(await only()).toMatchObject({ state: 'received', sha256: sha256(bytes) });
  });

  it('a server that is killed and started again goes on from what is on disk, with the same hash', async () => {
    const bytes = noise(500_000);
    const path = pathOf(await start(bytes.length));
    expect((await patch(path, 0, bytes.subarray(0, 200_000))).status).toBe(204);
    const { id } = await only();
    // What a killed process leaves: bytes behind those that were noted, and nothing in memory.
    await truncate(world.deps.quarantine.path(id), 260_000);
    const fresh = await Quarantine.open(join(world.directory, 'intake'));
    const rest = (async function* () {
      yield bytes.subarray(200_000);
    })();
    const seen: number[] = [];
    const reached = await fresh.append({
      ...{ id, from_bytes: 200_000, bytes: rest },
      onDurable: async (to_bytes) => {
        seen.push(to_bytes);
        return world.store.uploads.advance(id, 200_000, to_bytes, NOW_MS);
      },
    });
    expect([reached, seen]).toEqual([500_000, [500_000]]);
    expect(await fresh.sha256(id, 500_000)).toBe(sha256(bytes));
    // It was whole and nobody noted it: the next round does.
    await world.keep();
    expect(await only()).toMatchObject({ state: 'kept', sha256: sha256(bytes) });
  });

  it('a second connection is refused while the first one sends', async () => {
    const path = pathOf(await start(1000));
    const gate = Promise.withResolvers<void>();
    const slow = new ReadableStream({
      async start(controller) {
        controller.enqueue(noise(10));
        await gate.promise;
        controller.enqueue(noise(990));
        controller.close();
      },
    });
    const first = patch(path, 0, slow);
    await expect
      .poll(async () => (await patch(path, 0, noise(10))).status, { timeout: 5000, interval: 20 })
      .toBe(423);
    gate.resolve();
    expect((await first).status).toBe(204);
    expect(await only()).toMatchObject({ state: 'received' });
  });

  it('bytes from the wrong place are refused, and more than was announced', async () => {
    const path = pathOf(await start(100));
    expect((await patch(path, 50, noise(10))).status).toBe(409);
    expect((await patch(path, 0, noise(101))).status).toBe(413);
    expect(await only()).toMatchObject({ state: 'receiving' });
  });

  it('what is too large, empty, too many, or undated is refused before a byte of it is taken', async () => {
    await reopen({ MINHCHUNG_INTAKE__FILE_BYTES_MAX: '1000', MINHCHUNG_INTAKE__FILES_AT_ONCE_MAX: '2' });
    expect((await start(1001)).status).toBe(413);
    expect((await start(0)).status).toBe(422);
    expect((await start(10, { ...DECLARED, start: 'hôm qua' })).status).toBe(422);
    expect((await start(10, { ...DECLARED, start: '25/12/2026 10:00:00' })).status).toBe(422);
    const statuses: number[] = [];
    for (const filename of ['a.mp4', 'b.mp4', 'c.mp4']) {
      statuses.push((await start(10, { ...DECLARED, filename })).status);
    }
    expect(statuses).toEqual([201, 201, 429]);
    expect((await start(10, { ...DECLARED, clock: 'device' })).status).toBe(429);
    expect(await readdir(join(world.directory, 'intake'))).toHaveLength(2);
  });

  it('a file whose opening was answered into nowhere does not stand in the way of the next try', async () => {
    for (let n = 0; n < 5; n += 1) expect((await start(10)).status).toBe(201);
    expect(await world.store.uploads.ofItem(item_id)).toHaveLength(1);
  });

  it('files of one item are dated by one clock', async () => {
    await start(10);
    const refused = await start(10, { ...DECLARED, filename: 'b.mp4', clock: 'device' });
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'UPLOAD_CLOCK_DIFFERS' }]);
  });

  it('a disk that is full keeps what came, says so, and goes on when there is room', async () => {
    const bytes = noise(100_000);
    const path = pathOf(await start(bytes.length));
    await patch(path, 0, bytes.subarray(0, 40_000));
    const { id } = await only();
    const part = world.deps.quarantine.path(id);
    const refused = await new Promise<unknown>((resolve) => {
      const full = (async function* () {
        yield bytes.subarray(40_000, 60_000);
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      })();
      const onDurable = (to: number) => world.store.uploads.advance(id, 40_000, to, NOW_MS);
      world.deps.quarantine.append({ id, from_bytes: 40_000, bytes: full, onDurable }).catch(resolve);
    });
    expect(refused).toMatchObject({ code: 'UPLOAD_NO_SPACE' });
    expect(await only()).toMatchObject({ state: 'receiving', received_bytes: 60_000 });
    expect((await patch(path, 60_000, bytes.subarray(60_000))).status).toBe(204);
    expect(await only()).toMatchObject({ sha256: sha256(bytes) });
    expect(part).toContain(id);
    await reopen({ MINHCHUNG_INTAKE__FREE_BYTES_MIN: '1000000000000000' });
    expect((await start(10)).status).toBe(507);
  });

  it('a link put where a file should lie is not followed', async () => {
    const path = pathOf(await start(10));
    const part = world.deps.quarantine.path((await only()).id);
    await unlink(part);
    await symlink('/dev/full', part);
    expect((await patch(path, 0, noise(10))).status).toBe(500);
  });

  it('an unfinished file is removed after its time, and so is what nobody knows of', async () => {
    const path = pathOf(await start(1000));
    await patch(path, 0, noise(100));
    const stray = world.deps.quarantine.path('01ARZ3NDEKTSV4RRFFQ69G5FAV');
    await world.deps.quarantine.create('01ARZ3NDEKTSV4RRFFQ69G5FAV');
    await utimes(stray, 0, 0);
    expect(await removeAbandoned(world.deps)()).toBe(0);
    world.time.set(NOW_MS + 49 * HOUR_MS);
    expect(await removeAbandoned(world.deps)()).toBe(1);
    expect(await readdir(join(world.directory, 'intake'))).toEqual([]);
    expect(await world.store.uploads.ofItem(item_id)).toEqual([]);
    expect(await world.trail()).toContain('upload.abandon');
  });

  it('the sender takes a file back, and nobody does once it was given over', async () => {
    const path = pathOf(await start(10));
    const remove = () => fetch(`${world.url}${path}`, { method: 'DELETE', headers: { ...TUS, cookie } });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    const second = pathOf(await start(10));
    await patch(second, 0, noise(10));
    await world.keep();
    await world.send({ method: 'POST', url: `/api/items/${item_id}/uploads/finish`, session: world.officer });
    const late = await fetch(`${world.url}${second}`, { method: 'DELETE', headers: { ...TUS, cookie } });
    expect(late.status).toBe(404);
    expect((await only()).released_at_ms).not.toBeNull();
  });

  it('nobody hands in for an item that was cancelled meanwhile, and what came is not kept', async () => {
    const path = pathOf(await start(10));
    await world.store.items.setState(item_id, ['queued'], 'cancelled', { reason: null, at_ms: NOW_MS });
    expect((await start(10)).status).toBe(409);
    expect((await patch(path, 0, noise(10))).status).toBe(204);
    await world.keep();
    const finish = await world.send({
      ...{ method: 'POST', url: `/api/items/${item_id}/uploads/finish`, session: world.officer },
    });
    expect(finish.json().code).toBe('UPLOAD_ITEM_ENDED');
  });
});
