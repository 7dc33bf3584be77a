import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ThreadHash } from './thread-hash.ts';

function shared(bytes: Uint8Array): Buffer {
  return Buffer.from(new SharedArrayBuffer(bytes.length)).fill(bytes);
}

describe('hashing in a thread', () => {
  it('gives the hash of all updates in their order, also several hashes at once', async () => {
    const contents = Array.from({ length: 4 }, (_, n) => [
      randomBytes(1000 + n),
      randomBytes(70_000),
      randomBytes(n + 1),
    ]);
    const hashed = await Promise.all(
      contents.map(async (pieces) => {
        const hash = new ThreadHash();
        await Promise.all(pieces.map((piece) => hash.update(shared(piece))));
        return hash.digest();
      }),
    );
    expect(hashed).toEqual(
      contents.map((pieces) => createHash('sha256').update(Buffer.concat(pieces)).digest('hex')),
    );
  });

  it('gives the hash of nothing', async () => {
    expect(await new ThreadHash().digest()).toBe(createHash('sha256').digest('hex'));
  });

  it('fails for everybody who waits when the thread fails, and works again afterwards', async () => {
    const [broken, other] = [new ThreadHash(), new ThreadHash()];
    const ended = await Promise.allSettled([
      broken.update(null as never),
      other.update(shared(randomBytes(9))),
    ]);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(other.digest()).rejects.toThrow('the thread that hashes has ended');
    const hash = new ThreadHash();
    await hash.update(shared(Buffer.from('again')));
    expect(await hash.digest()).toBe(createHash('sha256').update('again').digest('hex'));
  });
});
