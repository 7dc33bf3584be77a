import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DECLARED, noise, tusUpload } from './send.ts';
import { createIntakeWorld, type IntakeWorld, ORIGIN } from './world.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('receiving a file', () => {
  let world: IntakeWorld;
  let item_id: string;

  beforeEach(async () => {
    world = await createIntakeWorld();
    await world.agree();
    item_id = await world.ask('queued');
  });
  afterEach(() => world.close());

  it('takes a file in pieces from an owner with a link, hashed and in the archive as it came', async () => {
    const cookie = await world.begin(await world.link(item_id));
    const bytes = noise(300_000);
    await tusUpload(world.url, cookie, { bytes, metadata: DECLARED }).done;
    await world.keep();
    const [upload] = await world.store.uploads.ofItem(item_id);
    expect(upload).toMatchObject({
      ...{ state: 'kept', sha256: sha256(bytes), way: 'link', handed_in_by: 'owner', person_id: null },
      ...{ file_name: 'cổng nhà.mp4', native_name: 'cong_nha.mp4', received_bytes: 300_000 },
    });
    const kept: Uint8Array[] = [];
    for await (const chunk of world.archive.read(upload!.archive_key!)) kept.push(chunk);
    expect(sha256(Buffer.concat(kept))).toBe(sha256(bytes));
  });

  it('takes a file from an officer at the desk, and writes down who', async () => {
    const bytes = noise(1000);
    const metadata = { ...DECLARED, item: item_id };
    await tusUpload(world.url, world.officer, { bytes, metadata }).done;
    const [upload] = await world.store.uploads.ofItem(item_id);
    const account = (await world.store.people.accountByLogin('can-bo'))!.account;
    expect(upload).toMatchObject({ way: 'desk', handed_in_by: 'officer', person_id: account.person_id });
  });

  it('refuses an officer of another ward, a stranger and a page of another origin', async () => {
    const other = await world.sessionOf('other');
    const create = (headers: Record<string, string>) =>
      fetch(`${world.url}/api/uploads`, {
        method: 'POST',
        headers: {
          ...{ origin: ORIGIN, 'tus-resumable': '1.0.0', 'upload-length': '10' },
          'upload-metadata': `item ${Buffer.from(item_id).toString('base64')}`,
          ...headers,
        },
      });
    expect((await create({ cookie: other })).status).toBe(403);
    expect((await create({})).status).toBe(404);
    expect((await create({ cookie: world.officer, origin: 'https://evil.example' })).status).toBe(403);
    expect(await world.store.uploads.ofItem(item_id)).toEqual([]);
  });
});
