/** A folder with an archive, a key and one archived master, for tests of packages. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import type { ArchiveStore } from '@minhchung/domain';
import { isCoded } from '@minhchung/domain';
import { type DeploymentSigner, openDeploymentSigner, type WritePackageOptions } from '@minhchung/evidence';
import { sampleDeviceTime_us, sampleInput } from './sample-input.ts';

export const ATTEMPT = 'item-0001/1';
export const MASTER_BYTES = Buffer.from('stands for a master');

export interface PackageHome {
  readonly path: string;
  readonly store: ArchiveStore;
  readonly signer: DeploymentSigner;
  /** Options that write a sound package. */
  readonly options: WritePackageOptions;
  remove(): Promise<void>;
}

/** Makes all of it; the master shows frames over the whole searched span. */
export async function createPackageHome(): Promise<PackageHome> {
  const path = mkdtempSync(join(tmpdir(), 'minhchung-evidence-'));
  const store = await createLocalArchive({ root: join(path, 'archive') });
  const signer = await openDeploymentSigner({ key_dir: join(path, 'keys') });
  const writer = await store.create(`${ATTEMPT}/master-1.mp4`);
  await writer.write(MASTER_BYTES);
  const { size_bytes, sha256 } = await writer.commit();
  const frame_times_us = Array.from({ length: 100 }, (_, index) => sampleDeviceTime_us(-500 + index * 40));
  const master = { name: 'master-1.mp4', size_bytes, sha256, codec: 'h264', width: 96, height: 64 } as const;
  const manifest = sampleInput(3000, [{ ...master, timescale: 90_000, frame_times_us }]);
  const signal = new AbortController().signal;
  return {
    path,
    store,
    signer,
    options: { store, attempt_prefix: ATTEMPT, manifest, signer, signal },
    async remove() {
      await store.close();
      rmSync(path, { recursive: true });
    },
  };
}

/** The code of the error something ends with. */
export async function codeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
  } catch (error) {
    return isCoded(error) ? error.code : `not coded: ${error}`;
  }
  return 'no error';
}

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
