import { randomBytes } from 'node:crypto';
import type { ArchiveStore } from '@minhchung/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenStore } from './archive-contract.ts';
import { codeOf, put, readAll, sha256 } from './objects.ts';

/** What a local archive writes and reads at a time. */
const BLOCK_BYTES = 4 * 1024 * 1024;
/** Longer than two parts of a multipart upload, and not a multiple of one. */
const LARGE_BYTES = 17 * 1024 * 1024 + 12_345;

/** How every archive takes objects of any length and reads them back; `name` says which one is being looked at. */
export function describeReadingBack(name: string, open: OpenStore): void {
  describe(`reading back (${name})`, () => {
    let store: ArchiveStore;
    let close: () => Promise<void>;
    let items = 0;

    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close?.());

    const newAttempt = () => `item-${String(++items).padStart(4, '0')}/1`;

    it.each([0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES, LARGE_BYTES])(
      'reads an object of %i bytes back, all of it, for its hash',
      async (size_bytes) => {
        const attempt = newAttempt();
        const bytes = randomBytes(size_bytes);
        const written = await put(store, `${attempt}/a.bin`, bytes);
        expect(written).toEqual({ size_bytes, sha256: sha256(bytes) });
        expect(await store.hash(`${attempt}/a.bin`)).toEqual(written);
        expect((await readAll(store, `${attempt}/a.bin`)).equals(bytes)).toBe(true);
      },
    );

    it('hashes no object that is missing, and none for who has gone', async () => {
      const attempt = newAttempt();
      expect(await codeOf(store.hash(`${attempt}/none.bin`))).toBe('ARCHIVE_MISSING');
      await put(store, `${attempt}/a.bin`, randomBytes(LARGE_BYTES));
      const signal = AbortSignal.abort();
      expect(await codeOf(store.hash(`${attempt}/a.bin`, { signal }))).toBe('CANCELLED');
    });

    it('keeps several objects apart that are written and hashed at once', async () => {
      const attempt = newAttempt();
      const objects = Array.from({ length: 6 }, (_, n) => ({
        key: `${attempt}/${n}.bin`,
        bytes: randomBytes(BLOCK_BYTES + n * 1_000_003),
      }));
      const written = await Promise.all(objects.map(({ key, bytes }) => put(store, key, bytes)));
      expect(written.map((one) => one.sha256)).toEqual(objects.map(({ bytes }) => sha256(bytes)));
      expect(await Promise.all(objects.map(({ key }) => store.hash(key)))).toEqual(written);
    });
  });
}
