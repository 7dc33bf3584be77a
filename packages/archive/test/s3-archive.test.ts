import { createS3Archive } from '@minhchung/archive';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeArchive } from './archive-contract.ts';
import { codeOf, keysOf } from './objects.ts';
import { type Radosgw, startRadosgw } from './radosgw.ts';
import { describeReadingBack } from './reading-back-contract.ts';

let radosgw: Radosgw;

beforeAll(async () => {
  radosgw = await startRadosgw();
});
afterAll(() => radosgw?.stop());

const openBucket = (name: string) => async () => {
  const store = await createS3Archive(await radosgw.newBucket(name));
  return { store, close: () => store.close() };
};
describeArchive('S3, Ceph radosgw', openBucket('contract'));
describeReadingBack('S3, Ceph radosgw', openBucket('reading-back'));

describe('an archive in a bucket', () => {
  it('claims a conditional write, because it saw one refused, and no lock where there is none', async () => {
    const store = await createS3Archive(await radosgw.newBucket('plain'));
    expect(store.capabilities).toMatchObject({ conditional_write: true, object_lock: false });
    expect(await store.capabilities.free_bytes()).toBeNull();
    expect(store.localPath('item/1/a.bin')).toBeNull();
    await store.close();
  });

  it('claims a lock where a deletion was seen to be refused', async () => {
    const store = await createS3Archive(await radosgw.newBucket('locked', { object_lock: true }));
    expect(store.capabilities.object_lock).toBe(true);
    await store.close();
  });

  it('says so when the bucket is not there, or the key is wrong', async () => {
    const options = await radosgw.newBucket('closed');
    expect(await codeOf(createS3Archive({ ...options, bucket: 'no-such-bucket' }))).toBe('ARCHIVE_UNFIT');
    expect(await codeOf(createS3Archive({ ...options, secret_access_key: 'wrong' }))).toBe('ARCHIVE_UNFIT');
  });

  it('lists more objects than the service tells at once', async () => {
    const options = await radosgw.newBucket('many');
    const keys = Array.from({ length: 1010 }, (_, index) => `item/1/${String(index).padStart(5, '0')}`);
    await radosgw.fill(options.bucket, keys);
    const store = await createS3Archive(options);
    expect(await keysOf(store, 'item/1')).toEqual(keys);
    await store.close();
  });

  it('leaves no upload behind when it is closed or an attempt is discarded', async () => {
    const options = await radosgw.newBucket('uploads');
    const store = await createS3Archive(options);
    const part = Buffer.alloc(9 * 1024 * 1024);
    await (await store.create('item/1/closed.bin')).write(part);
    await store.close();
    const again = await createS3Archive(options);
    const crashed = await createS3Archive(options);
    await (await crashed.create('item/2/crashed.bin')).write(part);
    await again.discardAttempt('item/2');
    expect(await radosgw.uploads(options.bucket)).toEqual([]);
    await Promise.all([again.close(), crashed.close()]);
  });
});
