import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ArchiveStore, CodedError } from '@minhchung/domain';
import { copyPackageToFolder, writePackage } from '@minhchung/evidence';
import { parseManifest, parseSha256Sums } from '@minhchung/formats';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ATTEMPT, codeOf, createPackageHome, type PackageHome, sha256 } from './package-home.ts';

const FILES = [
  'SHA256SUMS',
  'SHA256SUMS.sig',
  'VERIFY.md',
  'manifest.json',
  'master-1.mp4',
  'public-key.pem',
];

let home: PackageHome;
beforeEach(async () => {
  home = await createPackageHome();
});
afterEach(() => home.remove());

/** Where the archive keeps a file, for tampering with it. */
function archived(name: string): string {
  const path = home.store.localPath(`${ATTEMPT}/${name}`)!;
  chmodSync(path, 0o640);
  return path;
}

async function isArchived(): Promise<boolean> {
  return (await home.store.stat(`${ATTEMPT}/manifest.json`)) !== null;
}

/** The store, telling the names of objects in the order they were committed. */
function watched(store: ArchiveStore, committed: string[]): ArchiveStore {
  return new Proxy(store, {
    get(target, property) {
      if (property !== 'create') return Reflect.get(target, property).bind?.(target);
      return async (key: string, options: { signal?: AbortSignal }) => {
        const writer = await target.create(key, options);
        return {
          write: (chunk: Uint8Array) => writer.write(chunk),
          abort: () => writer.abort(),
          commit: async () => {
            committed.push(key.slice(ATTEMPT.length + 1));
            return writer.commit();
          },
        };
      };
    },
  });
}

describe('writing a package', () => {
  it('gives one that OpenSSL and sha256sum accept', async () => {
    const written = await writePackage(home.options);
    const folder = join(home.path, 'out');
    const copied = await copyPackageToFolder(home.store, ATTEMPT, folder, home.options.signal);
    expect(readdirSync(folder).sort()).toEqual(FILES);
    expect([...copied.files].sort()).toEqual(FILES);
    expect(copied.size_bytes).toBe(written.size_bytes);
    const run = (command: string) => execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    const commands = readFileSync(join(folder, 'VERIFY.md'), 'utf8').split('```')[1]!.trim().split('\n');
    expect(commands).toHaveLength(3);
    expect(run(commands[0]!)).toContain('Signature Verified Successfully');
    expect(run(`LC_ALL=C ${commands[1]!}`).trim().split('\n')).toHaveLength(FILES.length - 2);
    expect(run(commands[2]!).trim()).toBe(home.signer.key_id);
  });

  it('tells the hashes by which the package can be named', async () => {
    const written = await writePackage(home.options);
    const manifest = readFileSync(archived('manifest.json'));
    expect(written.manifest_sha256).toBe(sha256(manifest));
    expect(written.sha256sums_sha256).toBe(sha256(readFileSync(archived('SHA256SUMS'))));
    expect(parseManifest(manifest)).toEqual(written.manifest);
    const listed = parseSha256Sums(readFileSync(archived('SHA256SUMS')));
    expect(listed.map((file) => file.name)).toEqual(FILES.filter((name) => !name.startsWith('SHA256SUMS')));
  });

  it('writes the manifest last', async () => {
    const committed: string[] = [];
    await writePackage({ ...home.options, store: watched(home.store, committed) });
    expect(committed.at(-1)).toBe('manifest.json');
    // The others are written side by side.
    const before = ['SHA256SUMS', 'SHA256SUMS.sig', 'VERIFY.md', 'public-key.pem'];
    expect(committed.slice(0, -1).toSorted()).toEqual(before);
  });

  it('explains in both languages how to check it', async () => {
    await writePackage(home.options);
    const text = readFileSync(archived('VERIFY.md'), 'utf8');
    expect(text).toContain('Cách kiểm tra gói chứng cứ pkg-0001');
    expect(text).toContain('How to check the evidence package pkg-0001');
    expect(text).not.toMatch(/\{\w+\}/);
    expect(text).toBe(text.normalize('NFC'));
  });

  it.each([
    ['changed by a byte', () => writeFileSync(archived('master-1.mp4'), 'stands for a mastex')],
    ['cut short', () => writeFileSync(archived('master-1.mp4'), 'stands')],
  ])('signs nothing when a master in the archive was %s', async (_, tamper) => {
    tamper();
    expect(await codeOf(writePackage(home.options))).toBe('PACKAGE_INCONSISTENT');
    expect(await isArchived()).toBe(false);
  });

  it('signs nothing when a file of the manifest is not in the archive', async () => {
    const [master] = home.options.manifest.masters;
    const manifest = { ...home.options.manifest, masters: [master!, { ...master!, name: 'master-2.mp4' }] };
    expect(await codeOf(writePackage({ ...home.options, manifest }))).toBe('PACKAGE_INCONSISTENT');
    expect(await isArchived()).toBe(false);
  });

  it('signs nothing when the archive holds a file the manifest does not tell of', async () => {
    const writer = await home.store.create(`${ATTEMPT}/master-2.mp4`);
    await writer.commit();
    expect(await codeOf(writePackage(home.options))).toBe('PACKAGE_INCONSISTENT');
    expect(await isArchived()).toBe(false);
  });

  it('writes nothing at all when the manifest does not fit its schema', async () => {
    const manifest = { ...home.options.manifest, package_id: 'not an id' };
    expect(await codeOf(writePackage({ ...home.options, manifest }))).toBe('PACKAGE_INCONSISTENT');
    expect(await home.store.stat(`${ATTEMPT}/VERIFY.md`)).toBeNull();
  });

  it('leaves the item unarchived when the lease is found lost at the last moment', async () => {
    const beforeCommit = async () => {
      throw new CodedError('LEASE_LOST', { item: 'item-0001' });
    };
    expect(await codeOf(writePackage({ ...home.options, beforeCommit }))).toBe('LEASE_LOST');
    expect(await isArchived()).toBe(false);
    expect(await home.store.discardAttempt(ATTEMPT)).toContain(`${ATTEMPT}/SHA256SUMS.sig`);
  });

  it('leaves the item unarchived when it is cancelled', async () => {
    const signal = AbortSignal.abort();
    expect(await codeOf(writePackage({ ...home.options, signal }))).toBe('CANCELLED');
    expect(await isArchived()).toBe(false);
  });

  it('does not write the same package twice', async () => {
    await writePackage(home.options);
    expect(await codeOf(writePackage(home.options))).not.toBe('no error');
  });
});

describe('copying a package into a folder', () => {
  const copy = (folder = join(home.path, 'out')) =>
    copyPackageToFolder(home.store, ATTEMPT, folder, home.options.signal);

  it.each(['master-1.mp4', 'manifest.json', 'SHA256SUMS'])(
    'fails when %s is damaged in the archive',
    async (name) => {
      await writePackage(home.options);
      const bytes = readFileSync(archived(name));
      bytes[0]! ^= 1;
      writeFileSync(archived(name), bytes);
      expect(await codeOf(copy())).toBe('PACKAGE_DAMAGED');
      expect(readdirSync(home.path).sort()).toEqual(['archive', 'keys']);
    },
  );

  it('fails for an attempt without a manifest', async () => {
    expect(await codeOf(copy())).toBe('ARCHIVE_MISSING');
  });

  it('overwrites no folder', async () => {
    await writePackage(home.options);
    await copy();
    expect(await codeOf(copy())).toBe('EXPORT_EXISTS');
  });
});
