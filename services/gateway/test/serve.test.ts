import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient, createCookieJar, readHealth, readSession, signIn } from '@minhchung/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** Each test starts several programs; a machine busy with other tests takes its time over that. */
vi.setConfig({ testTimeout: 120_000 });

const LAUNCHER = join(import.meta.dirname, '../bin/minhchung');

let folder: string;
let env: Record<string, string | undefined>;
const running: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-'));
  env = {
    ...process.env,
    MINHCHUNG_DATA_DIR: folder,
    MINHCHUNG_API__PORT: '0',
    MINHCHUNG_LOGGING__LEVEL: 'silent',
  };
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(args: readonly string[]): ChildProcess {
  const child = spawn(LAUNCHER, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(child);
  return child;
}

async function firstLine(child: ChildProcess) {
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  return JSON.parse(line) as Record<string, unknown>;
}

/** Resolves when nothing answers at the address any more. */
async function gone(base_url: string): Promise<void> {
  const client = createClient({ base_url });
  for (;;) {
    try {
      await client.call(readHealth);
    } catch {
      return;
    }
  }
}

test('one command runs every role, people sign in, and SIGTERM ends all of it with exit code 0', async () => {
  await firstLine(start(['unit', 'add', '--code', 'TH', '--name', 'TH', '--level', 'province', '--json']));
  const { password } = await firstLine(
    start('user add --login an --badge B-1 --name An --role officer@TH --generate --json'.split(' ')),
  );

  const server = start(['serve', '--json']);
  const ready = await firstLine(server);
  expect(ready).toMatchObject({ ready: true, roles: ['api', 'poller', 'extractor'] });
  const base_url = String(ready.api_url);
  const client = createClient({ base_url, cookie_jar: createCookieJar() });
  await client.call(signIn, { body: { login: 'an', password: String(password) } });
  expect((await client.call(readSession)).login).toBe('an');

  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
  await gone(base_url);
});

test('when the supervisor is killed its parts do not live on', async () => {
  const server = start(['serve', '--json', '--roles', 'api,poller']);
  const base_url = String((await firstLine(server)).api_url);
  server.kill('SIGKILL');
  await gone(base_url);
});

test('a port that is taken ends the whole with exit code 3', async () => {
  const first = start(['serve', '--json', '--roles', 'api']);
  const { api_url } = await firstLine(first);
  env.MINHCHUNG_API__PORT = new URL(String(api_url)).port;
  const second = start(['serve', '--roles', 'api,poller']);
  second.stdout?.resume();
  expect(await once(second, 'exit')).toEqual([3, null]);
});
