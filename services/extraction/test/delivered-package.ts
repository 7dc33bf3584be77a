import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveStore } from '@minhchung/domain';
import { copyPackageToFolder } from '@minhchung/evidence';
import { type Manifest, type ManifestMaster, parseManifest } from '@minhchung/formats';
import { readBurnedClocks } from '@minhchung/testkit';
import { type Check, verifyPackage } from '@minhchung/verify';

export interface DeliveredPackage {
  readonly folder: string;
  readonly manifest: Manifest;
  /** What a stranger finds wrong with it. */
  readonly untruths: readonly Check[];
}

/** The package of an attempt, in a folder of its own as a recipient has it. */
export async function deliveredPackage(
  archive: ArchiveStore,
  attempt_prefix: string | undefined,
  folder: string,
): Promise<DeliveredPackage> {
  await copyPackageToFolder(archive, attempt_prefix ?? '', folder, new AbortController().signal);
  const { checks } = await verifyPackage(folder);
  return {
    folder,
    manifest: parseManifest(await readFile(join(folder, 'manifest.json'))),
    untruths: checks.filter(({ ok }) => !ok),
  };
}

/** One frame of a master: the true time burned into it, and the device time that manifest and file give it. */
export interface WitnessedFrame {
  readonly master: ManifestMaster;
  readonly true_ms: number;
  readonly device_ms: number;
}

/** Every frame of every master of a package. */
export async function witnessedFrames({ folder, manifest }: DeliveredPackage): Promise<WitnessedFrame[]> {
  const frames: WitnessedFrame[] = [];
  for (const master of manifest.masters) {
    const path = join(folder, master.name);
    const shown_s = presentationTimes_s(path);
    let n = 0;
    for await (const clock of readBurnedClocks(path)) {
      if (!clock.valid) throw new Error(`${path}: the clock in frame ${n} cannot be read`);
      const device_ms = master.first_frame_device_time_us / 1000 + (shown_s[n]! - shown_s[0]!) * 1000;
      frames.push({ master, true_ms: clock.true_time_ms, device_ms });
      n += 1;
    }
  }
  return frames;
}

function presentationTimes_s(path: string): number[] {
  const shown = ['-show_entries', 'packet=pts_time', '-of', 'csv=p=0'];
  const output = execFileSync('ffprobe', ['-v', 'error', '-select_streams', 'v:0', ...shown, path]);
  const lines = output.toString().split('\n').filter(Boolean);
  return lines.map(Number.parseFloat).sort((a, b) => a - b);
}
