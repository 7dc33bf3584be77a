import { randomBytes } from 'node:crypto';
import type { ArchiveStore } from '@minhchung/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, keysOf, put, readAll, sha256 } from './objects.ts';

/** Longer than two parts of a multipart upload, and not a multiple of one. */
const LARGE_BYTES = 17 * 1024 * 1024 + 12_345;

/** Opens an empty store for the tests of one suite. */
export type OpenStore = () => Promise<{ store: ArchiveStore; close: () => Promise<void> }>;

/** Every archive must pass these; `name` says which one is being looked at. */
export function describeArchive(name: string, open: OpenStore): void {
  describe(`an archive (${name})`, () => {
    let store: ArchiveStore;
    let close: () => Promise<void>;
    let items = 0;
    let attempt = '';

    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close?.());

    /** Every test has an item of its own. */
    const newAttempt = () => `item-${String(++items).padStart(4, '0')}/1`;

    it('gives back what was written, with its size and hash', async () => {
      attempt = newAttempt();
      const bytes = randomBytes(1000);
      const written = await put(store, `${attempt}/a.bin`, bytes);
      expect(written).toEqual({ size_bytes: 1000, sha256: sha256(bytes) });
      expect((await readAll(store, `${attempt}/a.bin`)).equals(bytes)).toBe(true);
      expect(await store.stat(`${attempt}/a.bin`)).toEqual({ size_bytes: 1000 });
    });

    it('keeps an empty object', async () => {
      attempt = newAttempt();
      expect((await put(store, `${attempt}/empty`, Buffer.alloc(0))).size_bytes).toBe(0);
      expect(await readAll(store, `${attempt}/empty`)).toHaveLength(0);
      expect(await store.stat(`${attempt}/empty`)).toEqual({ size_bytes: 0 });
    });

    it('keeps a large object that came in uneven pieces', async () => {
      attempt = newAttempt();
      const bytes = randomBytes(LARGE_BYTES);
      const writer = await store.create(`${attempt}/large.bin`);
      for (
        let offset = 0, step = 1;
        offset < bytes.length;
        offset += step, step = (step * 7 + 3) % 3_000_000
      ) {
        await writer.write(bytes.subarray(offset, offset + step));
      }
      expect(await writer.commit()).toEqual({ size_bytes: LARGE_BYTES, sha256: sha256(bytes) });
      expect(sha256(await readAll(store, `${attempt}/large.bin`))).toBe(sha256(bytes));
    });

    it('shows nothing of an object before it is committed', async () => {
      attempt = newAttempt();
      const writer = await store.create(`${attempt}/a.bin`);
      await writer.write(randomBytes(LARGE_BYTES));
      expect(await store.stat(`${attempt}/a.bin`)).toBeNull();
      expect(await keysOf(store, attempt)).toEqual([]);
      expect(await codeOf(readAll(store, `${attempt}/a.bin`))).toBe('ARCHIVE_MISSING');
      await writer.abort();
      expect(await store.stat(`${attempt}/a.bin`)).toBeNull();
    });

    it('lets a key that was given up be used again', async () => {
      attempt = newAttempt();
      const writer = await store.create(`${attempt}/a.bin`);
      await writer.write(Buffer.from('first'));
      await writer.abort();
      await put(store, `${attempt}/a.bin`, Buffer.from('second'));
      expect((await readAll(store, `${attempt}/a.bin`)).toString()).toBe('second');
    });

    it('never overwrites', async () => {
      attempt = newAttempt();
      await put(store, `${attempt}/a.bin`, Buffer.from('first'));
      expect(await codeOf(store.create(`${attempt}/a.bin`))).toBe('ARCHIVE_EXISTS');
      expect((await readAll(store, `${attempt}/a.bin`)).toString()).toBe('first');
    });

    it('gives a key to one of two writers that began together', async () => {
      attempt = newAttempt();
      const writers = [];
      for (const text of ['one', 'two']) {
        const writer = await store.create(`${attempt}/manifest.json`);
        await writer.write(Buffer.from(text));
        writers.push(writer);
      }
      const outcomes = await Promise.all(writers.map((writer) => codeOf(writer.commit())));
      expect(outcomes.toSorted()).toEqual(['ARCHIVE_EXISTS', 'no error']);
      const winner = outcomes[0] === 'no error' ? 'one' : 'two';
      expect((await readAll(store, `${attempt}/manifest.json`)).toString()).toBe(winner);
      expect(await keysOf(store, attempt)).toEqual([`${attempt}/manifest.json`]);
    });

    it('refuses a late large object whose key was taken meanwhile', async () => {
      attempt = newAttempt();
      const late = await store.create(`${attempt}/a.bin`);
      await late.write(randomBytes(LARGE_BYTES));
      await put(store, `${attempt}/a.bin`, Buffer.from('first'));
      expect(await codeOf(late.commit())).toBe('ARCHIVE_EXISTS');
      expect((await readAll(store, `${attempt}/a.bin`)).toString()).toBe('first');
    });

    it('reads a range, its end exclusive', async () => {
      attempt = newAttempt();
      await put(store, `${attempt}/a.txt`, Buffer.from('0123456789'));
      const read = async (start: number, end: number) =>
        (await readAll(store, `${attempt}/a.txt`, { start, end })).toString();
      expect(await read(0, 10)).toBe('0123456789');
      expect(await read(3, 5)).toBe('34');
      expect(await read(9, 10)).toBe('9');
      expect(await read(4, 4)).toBe('');
      expect(await read(8, 1000)).toBe('89');
      expect(await read(1000, 2000)).toBe('');
    });

    it.each([
      { start: -1, end: 2 },
      { start: 3, end: 2 },
      { start: 0.5, end: 2 },
      { start: 0, end: Number.POSITIVE_INFINITY },
    ])('refuses the range %j', async (range) => {
      expect(await codeOf(readAll(store, 'item/1/a.txt', range))).toBe('ARCHIVE_KEY_INVALID');
    });

    it('says that an object is missing', async () => {
      expect(await store.stat('item-none/1/a.bin')).toBeNull();
      expect(await codeOf(readAll(store, 'item-none/1/a.bin'))).toBe('ARCHIVE_MISSING');
      expect(await keysOf(store, 'item-none')).toEqual([]);
    });

    it('lists a folder in the order of keys, and nothing of its neighbours', async () => {
      const item = newAttempt().split('/')[0]!;
      const keys = ['1-a/x', '1/a.mp4', '1/native/b.avi', '1/native-2', '10/c', '2/d'].map(
        (key) => `${item}/${key}`,
      );
      for (const key of keys.toReversed()) await put(store, key, Buffer.from('x'));
      await put(store, `${item}0/1/other`, Buffer.from('x'));
      expect(await keysOf(store, item)).toEqual(keys.toSorted());
      expect(await keysOf(store, `${item}/1/`)).toEqual(keys.slice(1, 4).toSorted());
      expect(await keysOf(store, `${item}/1/native`)).toEqual([`${item}/1/native/b.avi`]);
      expect(await keysOf(store, '')).toEqual(expect.arrayContaining(keys));
      expect((await keysOf(store, '')).filter((key) => key.startsWith('.'))).toEqual([]);
    });

    it.each([
      '',
      'a',
      'a/b',
      'a/b/c/d/e',
      '../b/c',
      'a/../c',
      'a/b/..',
      '/a/b/c',
      'a//b/c',
      'a/b/c/',
      '.incoming/b/c',
      'a/.b/c',
      'a/b/.c',
      'a/b/-c',
      'a/b/c d',
      'a/b/c\0',
      'a/b/c\n',
      'a/b/đ',
      'a\\b/c/d',
      `a/b/${'c'.repeat(101)}`,
    ])('refuses the key %j', async (key) => {
      expect(await codeOf(store.create(key))).toBe('ARCHIVE_KEY_INVALID');
      expect(await codeOf(store.stat(key))).toBe('ARCHIVE_KEY_INVALID');
      expect(await codeOf(readAll(store, key))).toBe('ARCHIVE_KEY_INVALID');
      expect(await codeOf(Promise.resolve().then(() => store.discardAttempt(`${key}/..`)))).toBe(
        'ARCHIVE_KEY_INVALID',
      );
    });

    it('discards an attempt without a manifest, whole and for good', async () => {
      attempt = newAttempt();
      const other = `${attempt.split('/')[0]}/2`;
      await put(store, `${attempt}/a.bin`, Buffer.from('a'));
      await put(store, `${attempt}/native/b.bin`, Buffer.from('b'));
      await put(store, `${other}/c.bin`, Buffer.from('c'));
      const removed = await store.discardAttempt(attempt);
      expect(removed).toEqual([`${attempt}/a.bin`, `${attempt}/native/b.bin`]);
      expect(await keysOf(store, attempt)).toEqual([]);
      expect(await codeOf(store.create(`${attempt}/a.bin`))).toBe('ARCHIVE_DISCARDED');
      expect(await store.discardAttempt(`${attempt}/`)).toEqual([]);
      expect(await keysOf(store, other)).toEqual([`${other}/c.bin`]);
    });

    it('takes nothing more from a writer whose attempt was discarded meanwhile', async () => {
      attempt = newAttempt();
      const small = await store.create(`${attempt}/manifest.json`);
      await small.write(Buffer.from('{}'));
      const large = await store.create(`${attempt}/large.bin`);
      await large.write(randomBytes(LARGE_BYTES));
      await store.discardAttempt(attempt);
      expect(await codeOf(small.commit())).toBe('ARCHIVE_DISCARDED');
      expect(await codeOf(large.commit())).not.toBe('no error');
      expect(await keysOf(store, attempt)).toEqual([]);
    });

    it('does not discard an attempt that has its manifest', async () => {
      attempt = newAttempt();
      await put(store, `${attempt}/a.bin`, Buffer.from('a'));
      await put(store, `${attempt}/manifest.json`, Buffer.from('{}'));
      expect(await codeOf(store.discardAttempt(attempt))).toBe('ARCHIVE_COMMITTED');
      expect(await keysOf(store, attempt)).toHaveLength(2);
    });

    it('discards what a called-off item archived, manifest first, and takes nothing more of it', async () => {
      attempt = newAttempt();
      const manifest = `${attempt}/manifest.json`;
      for (const key of [`${attempt}/a.bin`, manifest, `${attempt}/native/b.bin`])
        await put(store, key, Buffer.from('x'));
      const removed = await store.discardAttempt(attempt, { archived_too: true });
      expect(removed).toEqual([manifest, `${attempt}/a.bin`, `${attempt}/native/b.bin`]);
      expect(await keysOf(store, attempt)).toEqual([]);
      expect(await codeOf(store.create(manifest))).toBe('ARCHIVE_DISCARDED');
      expect(await store.discardAttempt(attempt, { archived_too: true })).toEqual([]);
    });

    it('never leaves a manifest without its files when it is committed and discarded at once', async () => {
      for (let round = 0; round < 15; round++) {
        attempt = newAttempt();
        await put(store, `${attempt}/a.bin`, Buffer.from('a'));
        const writer = await store.create(`${attempt}/manifest.json`);
        await writer.write(Buffer.from('{}'));
        await Promise.allSettled([writer.commit(), store.discardAttempt(attempt)]);
        const keys = await keysOf(store, attempt);
        if (keys.includes(`${attempt}/manifest.json`)) expect(keys).toHaveLength(2);
      }
    });

    it('stops writing when it is cancelled', async () => {
      attempt = newAttempt();
      const cancel = new AbortController();
      const writer = await store.create(`${attempt}/a.bin`, { signal: cancel.signal });
      await writer.write(Buffer.from('a'));
      cancel.abort();
      expect(await codeOf(writer.write(Buffer.from('b')))).toBe('CANCELLED');
      expect(await codeOf(writer.commit())).toBe('CANCELLED');
      await writer.abort();
      expect(await store.stat(`${attempt}/a.bin`)).toBeNull();
    });

    it('does nothing more with a writer that has ended', async () => {
      attempt = newAttempt();
      const writer = await store.create(`${attempt}/a.bin`);
      await writer.commit();
      expect(await codeOf(writer.write(Buffer.from('a')))).toBe('ARCHIVE_BROKEN');
      expect(await codeOf(writer.commit())).toBe('ARCHIVE_BROKEN');
      await writer.abort();
      expect(await store.stat(`${attempt}/a.bin`)).toEqual({ size_bytes: 0 });
    });

    it('lets a reader stop early', async () => {
      attempt = newAttempt();
      await put(store, `${attempt}/a.bin`, randomBytes(LARGE_BYTES));
      for await (const chunk of store.read(`${attempt}/a.bin`)) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
      expect(await store.stat(`${attempt}/a.bin`)).toEqual({ size_bytes: LARGE_BYTES });
    });
  });
}
