import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { beginKeyChange, openSecretBox, type Store, secretBox } from '../../src/index.ts';
import { keyIdOf } from '../../src/secret-box.ts';
import type { Contract } from './suite.ts';
import { NOW, RECORDER } from './world.ts';

const PROGRAM = join(import.meta.dirname, 'resealing-process.ts');
const account = (n: number) => ({ username: 'admin', password: `mật khẩu ${n}` });
const id = (n: number) => `recorder-${n}`;

export const sealingKeyContract: Contract = (subject) => {
  it('is resumable: whoever is killed while sealing anew leaves every secret readable, and the next one goes on', async () => {
    const { store, options } = subject();
    const folder = await mkdtemp(join(tmpdir(), 'mc-rotate-'));
    try {
      const path = join(folder, 'device-secrets.key');
      const running = await openSecretBox(path);
      await addAccounts(store, 40, running);
      await beginKeyChange(path);
      for (const lines of [1, 2, 3]) {
        await killAfter(lines, [PROGRAM, JSON.stringify(options), path, String(lines)]);
        for (let n = 1; n <= 40; n += 1)
          expect(await store.credentials.open(id(n), running)).toEqual(account(n));
      }
      const box = await openSecretBox(path);
      const key_id = await store.sealingKey.use(box);
      const left = await store.sealingKey.countOthers(key_id);
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThan(40);
      const rest = await store.sealingKey.reseal(box, key_id, null, 1_000);
      expect([rest.resealed, rest.unreadable]).toEqual([left, 0]);
      expect(await store.sealingKey.countOthers(key_id)).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('takes no secret of the old key any more, from a process that has not read the new one either', async () => {
    const { store } = subject();
    const folder = await mkdtemp(join(tmpdir(), 'mc-rotate-'));
    try {
      const path = join(folder, 'device-secrets.key');
      const running = await openSecretBox(path);
      await store.credentials.set(id(1), account(1), running, NOW);
      await beginKeyChange(path);
      const key_id = await store.sealingKey.use(await openSecretBox(path));
      await store.credentials.set(id(1), account(2), running, NOW + 1);
      expect(await store.sealingKey.countOthers(key_id)).toBe(0);
      const stranger = secretBox(new Uint8Array(32).fill(9));
      const refused = store.credentials.set(id(1), account(3), stranger, NOW + 2);
      await expect(refused).rejects.toMatchObject({ code: 'KEY_FILE_BROKEN' });
      expect(await store.credentials.open(id(1), running)).toEqual(account(2));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('leaves what no key opens as it is, and says how many there are', async () => {
    const { store } = subject();
    const [old, lost, fresh] = [1, 2, 3].map((n) => new Uint8Array(32).fill(n)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    await store.recorders.create({ ...RECORDER, id: id(2), code: 'R2' });
    await store.credentials.set(id(1), account(1), secretBox(lost), NOW);
    await store.credentials.set(id(2), account(2), secretBox(old), NOW);
    const box = secretBox([fresh, old]);
    const key_id = await store.sealingKey.use(box);
    expect(key_id).toBe(keyIdOf(box.seal('a', 'b', 'c')));
    const part = await store.sealingKey.reseal(box, key_id, null, 10);
    expect([part.resealed, part.unreadable]).toEqual([1, 1]);
    expect(await store.credentials.open(id(2), secretBox(fresh))).toEqual(account(2));
    expect(await store.credentials.open(id(1), secretBox(lost))).toEqual(account(1));
  });
};

async function addAccounts(store: Store, count: number, box: Awaited<ReturnType<typeof openSecretBox>>) {
  await store.transaction(async (tx) => {
    for (let n = 1; n <= count; n += 1) {
      if (n > 1) await tx.recorders.create({ ...RECORDER, id: id(n), code: `R${n}` });
      await tx.credentials.set(id(n), account(n), box, NOW);
    }
  });
}

/** Lets the process seal that many parts and kills it where it then is. */
async function killAfter(lines: number, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let seen = 0;
  for await (const _line of createInterface({ input: child.stdout })) {
    seen += 1;
    if (seen === lines) child.kill('SIGKILL');
  }
  await ended;
  expect(seen).toBeGreaterThanOrEqual(lines);
}
