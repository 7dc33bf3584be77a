import { copyFile, link, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginKeyChange, destroyOldKey, isKeyChanging, oldKeyPath } from './key-change.ts';
import { readOrCreateKey } from './key-file.ts';
import { openSecretBox, type SecretBox } from './secret-box.ts';

let folder: string;
let path: string;
let running: SecretBox;
let sealed: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mc-key-'));
  path = join(folder, 'k.key');
  running = await openSecretBox(path);
  sealed = running.seal('device', 'r', 'x');
});
afterEach(() => rm(folder, { recursive: true }));

/** Whatever state the files are in: the secret opens, in this process and in a new one. */
async function expectReadable() {
  expect(running.open('device', 'r', sealed)).toBe('x');
  expect((await openSecretBox(path)).open('device', 'r', sealed)).toBe('x');
}

describe('changing the key', () => {
  it('keeps the old one beside the new one, once', async () => {
    const old = await readFile(path, 'ascii');
    expect(await beginKeyChange(path)).toBe(true);
    expect(await readFile(oldKeyPath(path), 'ascii')).toBe(old);
    const fresh = await readFile(path, 'ascii');
    expect(fresh).not.toBe(old);
    expect(await beginKeyChange(path)).toBe(false);
    expect(await readFile(path, 'ascii')).toBe(fresh);
    await expectReadable();
  });

  it('is taken up by a process that runs already, for sealing and for opening', async () => {
    await beginKeyChange(path);
    const other = await openSecretBox(path);
    expect(running.open('device', 'r', other.seal('device', 'r', 'y'))).toBe('y');
    const anew = running.seal('device', 'r', 'z');
    await destroyOldKey(path);
    expect((await openSecretBox(path)).open('device', 'r', anew)).toBe('z');
  });

  it.each([
    ['after the new key was made', async () => void (await readOrCreateKey(`${path}.next`))],
    [
      'between keeping the old key and taking the new one',
      async () => {
        await readOrCreateKey(`${path}.next`);
        await link(path, oldKeyPath(path));
      },
    ],
  ])('goes on when it was stopped %s', async (_when, stopped) => {
    await stopped();
    await expectReadable();
    const next = await readFile(`${path}.next`, 'ascii');
    expect(await beginKeyChange(path)).toBe(true);
    expect(await readFile(path, 'ascii')).toBe(next);
    await expectReadable();
    expect((await readdir(folder)).sort()).toEqual(['k.key', 'k.key.old']);
  });
});

describe('destroying the old key', () => {
  it('removes it for good', async () => {
    await beginKeyChange(path);
    expect(await isKeyChanging(path)).toBe(true);
    expect(await destroyOldKey(path)).toBe(true);
    expect(await readdir(folder)).toEqual(['k.key']);
    expect(await destroyOldKey(path)).toBe(false);
    const fresh = await openSecretBox(path);
    expect(() => fresh.open('device', 'r', sealed)).toThrow();
  });

  it('leaves nothing of it in whatever still holds the same file', async () => {
    await beginKeyChange(path);
    const held = join(folder, 'held');
    await link(oldKeyPath(path), held);
    const key = await readFile(held, 'utf8');
    await destroyOldKey(path);
    expect(await readFile(held, 'utf8')).toBe('0'.repeat(key.length));
  });

  it.each([
    ['the key in use under a second name', link],
    ['a copy of the key in use', copyFile],
  ])('never takes the key in use with it: %s', async (_what, make) => {
    await make(path, oldKeyPath(path));
    expect(await destroyOldKey(path)).toBe(true);
    await expectReadable();
  });
});
