import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { loadSettings } from '@minhchung/settings';
import { openSecretBox } from '@minhchung/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from '../src/commands/program.ts';
import { secretsKeyPath, withStore } from '../src/composition/open-store.ts';

const SECRET = { username: 'quantri', password: 'mật khẩu bí mật' };

let folder: string;
let env: Record<string, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
  env = { MINHCHUNG_DATA_DIR: folder, MINHCHUNG_LOGGING__LEVEL: 'silent' };
});
afterEach(() => rm(folder, { recursive: true }));

async function rotate(...options: string[]) {
  const said: string[] = [];
  const out: string[] = [];
  const into = (lines: string[]) =>
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
  let code = 0;
  await runProgram(['keys', 'rotate-credentials', '--json', ...options], {
    stdin: Readable.from(['']),
    stdout: into(out),
    stderr: into(said),
    env,
    signal: new AbortController().signal,
    setExitCode: (given) => {
      code = given;
    },
  });
  return {
    code,
    said: said.join('') + out.join(''),
    answer: out.length === 0 ? null : JSON.parse(out.join('')),
  };
}

/** One recorder with an account, as a running service has it. */
async function seed() {
  const settings = loadSettings({ env });
  const path = secretsKeyPath(settings);
  await withStore(settings, async (store) => {
    await mkdir(settings.keys.dir, { recursive: true });
    const box = await openSecretBox(path);
    const validity = { valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
    await store.units.create({
      id: 'U',
      code: 'HT',
      name: 'HT',
      level: 'ward',
      parent_id: null,
      ...validity,
    });
    await store.networks.create({ id: 'N', code: 'LAN', name: 'LAN' });
    await store.clocks.create({ id: 'K', name: 'K', kind: 'recorder' });
    await store.recorders.create({
      ...{ id: 'R', code: 'R', name: 'R', unit_id: 'U', network_id: 'N', kind: 'onvif' },
      ...{ device_url: 'http://10.0.0.1/', folder: null, clock_id: 'K', created_at_ms: 0 },
    });
    await store.credentials.set('R', SECRET, box, 1);
  });
  return { settings, path };
}

test('the key is changed, every account follows, and the old key goes only when that is asked for', async () => {
  const { settings, path } = await seed();
  const nothing = await rotate('--destroy-old');
  expect(nothing.answer).toMatchObject({ is_new_key: false, old_key_destroyed: false, old_key_kept: false });

  const first = await rotate();
  expect(first).toMatchObject({ code: 0, answer: { is_new_key: true, resealed: 1, unreadable: 0 } });
  expect((await readdir(settings.keys.dir)).sort()).toEqual(['device-secrets.key', 'device-secrets.key.old']);

  const again = await rotate();
  expect(again.answer).toMatchObject({ is_new_key: false, key_id: first.answer.key_id, resealed: 0 });

  const last = await rotate('--destroy-old');
  expect(last.answer).toMatchObject({
    key_id: first.answer.key_id,
    old_key_destroyed: true,
    old_key_kept: false,
  });
  expect(await readdir(settings.keys.dir)).toEqual(['device-secrets.key']);

  await withStore(settings, async (store) => {
    expect(await store.credentials.open('R', await openSecretBox(path))).toEqual(SECRET);
    const { rows } = await store.audit.list({ subject_kind: 'key' }, { limit: 10, after: null });
    expect(rows.map(({ act }) => act)).toEqual(['credentials.destroy_key', 'credentials.rotate_key']);
    const everything = JSON.stringify([rows, nothing.said, first.said, again.said, last.said]);
    expect(everything).not.toMatch(/bí mật|quantri/);
  });
});
