import type { DeclaredTime, MediaReader } from '@minhchung/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepUpload } from '../src/keep/keep-upload.ts';
import { removeUpload } from '../src/receive/start-upload.ts';
import { letGo } from '../src/upkeep.ts';
import { createIntakeWorld, type IntakeWorld, NOW_MS } from './world.ts';

const BYTES = Buffer.concat([Buffer.from('0000001466747970', 'hex'), Buffer.alloc(5000, 7)]);

describe('a file that is called off while it is taken over', () => {
  let world: IntakeWorld;
  beforeEach(async () => {
    world = await createIntakeWorld();
    await world.agree();
  });
  afterEach(() => world.close());

  /** A file all of whose bytes are here, received and not yet kept. */
  async function received() {
    const { quarantine, newId } = world.deps;
    const item_id = await world.ask('waiting');
    const id = newId();
    await quarantine.create(id);
    const bytes = (async function* () {
      yield BYTES;
    })();
    await quarantine.append({ id, from_bytes: 0, bytes, onDurable: async () => true });
    const { account } = (await world.store.people.accountByLogin('can-bo'))!;
    const size_bytes = BYTES.length;
    const declared: DeclaredTime = {
      ...{ start_ms: NOW_MS - 7_200_000, end_ms: null, resolution_ms: 1000 },
      clock: 'device',
      statement: null,
    };
    await world.store.uploads.add({
      ...{ id, item_id, way: 'desk', handed_in_by: 'officer', link_id: null },
      ...{ account_id: account.id, person_id: account.person_id },
      ...{ file_name: 'a.mp4', native_name: 'a.mp4', file_modified_ms: null, size_bytes, declared },
      ...{ received_bytes: size_bytes, sha256: null, state: 'receiving', check: null, archive_key: null },
      ...{ created_at_ms: NOW_MS, updated_at_ms: NOW_MS, expires_at_ms: NOW_MS + 3_600_000 },
      ...{ received_at_ms: null, released_at_ms: null, let_go_at_ms: null },
    });
    const sha256 = await quarantine.sha256(id, size_bytes);
    await world.store.uploads.markReceived(id, { sha256, at_ms: NOW_MS });
    return (await world.store.uploads.byId(id))!;
  }

  /** Something happens while a file is looked at, when the archive has it and nobody has noted that. */
  const meanwhile = (act: () => Promise<void>): MediaReader => ({
    mayHaveSound: (...asked) => world.deps.reader.mayHaveSound(...asked),
    async open(path, signal) {
      await act();
      return world.deps.reader.open(path, signal);
    },
  });

  const archived = async () => {
    const keys: string[] = [];
    for await (const { key } of world.archive.list('')) keys.push(key);
    return keys;
  };

  it('leaves nothing in the archive when its sender takes it back', async () => {
    const upload = await received();
    const reader = meanwhile(() => removeUpload(world.deps, upload, 'upload.take_back', null));
    await keepUpload({ ...world.deps, reader })(upload);
    expect(await archived()).toEqual([]);
    expect(await world.store.uploads.byId(upload.id)).toMatchObject({ state: 'removed' });
  });

  it('leaves nothing in the archive when the process ends there and the item is cancelled', async () => {
    const upload = await received();
    const reader = meanwhile(() => Promise.reject(new Error('killed')));
    await expect(keepUpload({ ...world.deps, reader })(upload)).rejects.toThrow('killed');
    expect(await archived()).toHaveLength(1);
    const change = { reason: null, at_ms: NOW_MS };
    await world.store.items.setState(upload.item_id, ['waiting'], 'cancelled', change);
    await letGo(world.deps)();
    expect(await archived()).toEqual([]);
  });
});
