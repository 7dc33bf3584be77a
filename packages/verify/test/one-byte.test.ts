import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyPackage } from '@minhchung/verify';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPackageFixture, type PackageFixture } from './package-fixture.ts';

/** Files up to this size have every single byte changed; in larger ones the places are drawn. */
const EXHAUSTIVE_BYTES_MAX = 500;
const DRAWN = 60;

let fixture: PackageFixture;
let folder: string;

beforeAll(async () => {
  fixture = await createPackageFixture();
  folder = await fixture.make();
});
afterAll(() => fixture.remove());

/** Codes that failed with the file's bytes replaced; the file is put back afterwards. */
async function failuresWith(name: string, bytes: Uint8Array): Promise<string[]> {
  const path = join(folder, name);
  const original = readFileSync(path);
  writeFileSync(path, bytes);
  try {
    const public_keys = [fixture.signer.public_key];
    const report = await verifyPackage(folder, { public_keys });
    expect(report.ok).toBe(report.checks.every((check) => check.ok));
    return report.checks.filter((check) => !check.ok).map((check) => check.code);
  } finally {
    writeFileSync(path, original);
  }
}

function flipped(original: Buffer, position: number, mask: number): Buffer {
  const bytes = Buffer.from(original);
  bytes[position]! ^= mask;
  return bytes;
}

/** The check that must notice a change of this file, whatever else does. */
function guardOf(name: string): string {
  return name.startsWith('SHA256SUMS') ? 'signature' : 'file_hash';
}

const NAMES = [
  'SHA256SUMS',
  'SHA256SUMS.sig',
  'VERIFY.md',
  'manifest.json',
  'master-1.mp4',
  'playable-1.mp4',
  'public-key.pem',
];

describe('one changed byte', { timeout: 240_000 }, () => {
  it('is looked for in every kind of file a package has', () => {
    expect(readdirSync(folder).sort()).toEqual(NAMES);
  });

  it('is not seen where there is none', async () => {
    expect(await failuresWith('VERIFY.md', readFileSync(join(folder, 'VERIFY.md')))).toEqual([]);
  });

  it.each(NAMES)('in %s is caught wherever it is', async (name) => {
    const original = readFileSync(join(folder, name));
    const isCaught = async (position: number, mask: number) => {
      expect(await failuresWith(name, flipped(original, position, mask))).toContain(guardOf(name));
    };
    if (original.length <= EXHAUSTIVE_BYTES_MAX) {
      for (let position = 0; position < original.length; position++)
        await isCaught(position, 1 << (position % 8));
      return;
    }
    await isCaught(0, 1);
    await isCaught(original.length - 1, 128);
    const place = fc.nat(original.length - 1);
    await fc.assert(fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), isCaught), { numRuns: DRAWN });
  });

  it.each(NAMES)('missing at the end of %s, or too much there, is caught', async (name) => {
    const original = readFileSync(join(folder, name));
    expect(await failuresWith(name, original.subarray(0, -1))).toContain(guardOf(name));
    expect(await failuresWith(name, Buffer.concat([original, Buffer.of(0x0a)]))).toContain(guardOf(name));
    expect(await failuresWith(name, Buffer.alloc(0))).toContain(guardOf(name));
  });
});
