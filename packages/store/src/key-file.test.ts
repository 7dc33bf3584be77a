import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOrCreateKey } from './key-file.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mc-key-'));
  path = join(folder, 'store.key');
});
afterEach(() => rm(folder, { recursive: true }));

describe('the key file', () => {
  it('is made at first use, for its owner only, and read from then on', async () => {
    const key = await readOrCreateKey(path);
    expect(key).toHaveLength(32);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readOrCreateKey(path)).toEqual(key);
    expect(await readdir(folder)).toEqual(['store.key']);
  });

  it('is the same for all who start at once', async () => {
    const keys = await Promise.all(Array.from({ length: 10 }, () => readOrCreateKey(path)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
  });

  it('is refused when others can read it', async () => {
    await readOrCreateKey(path);
    await chmod(path, 0o640);
    await expect(readOrCreateKey(path)).rejects.toMatchObject({
      code: 'KEY_FILE_EXPOSED',
      details: { mode: '640' },
    });
  });

  it('is refused when it holds no key, and left as it is', async () => {
    for (const text of ['', 'x'.repeat(64), 'ab', 'a'.repeat(5000)]) {
      await writeFile(path, text, { mode: 0o600 });
      await expect(readOrCreateKey(path)).rejects.toMatchObject({ code: 'KEY_FILE_BROKEN' });
      expect(await readFile(path, 'ascii')).toBe(text);
    }
  });
});
