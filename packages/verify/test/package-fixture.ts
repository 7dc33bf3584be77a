/** A small real package in a folder: a real H.264 master by ffmpeg, archived, signed and exported. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import {
  copyPackageToFolder,
  type DeploymentSigner,
  type ManifestInput,
  openDeploymentSigner,
  writePackage,
} from '@minhchung/evidence';
import { sampleDeviceTime_us, sampleInput } from '@minhchung/evidence/testing';

/** Length of the approved span; the master begins a second earlier, with the keyframe. */
const LENGTH_MS = 3000;
const MASTER_START_MS = -1000;
const FRAMES = 110;
const FRAME_US = 40_000;

export interface PackageFixture {
  /** Makes another package from a changed input; returns its folder. Masters added to it hold the same video. */
  make(change?: (input: ManifestInput) => ManifestInput): Promise<string>;
  readonly signer: DeploymentSigner;
  readonly master: Buffer;
  remove(): void;
}

/** Begins with one video and one key; every `make` writes a package of its own. */
export async function createPackageFixture(): Promise<PackageFixture> {
  const home = mkdtempSync(join(tmpdir(), 'minhchung-verify-'));
  const master = makeVideo(join(home, 'video.mp4'));
  const store = await createLocalArchive({ root: join(home, 'archive') });
  const signer = await openDeploymentSigner({ key_dir: join(home, 'keys') });
  const files = [
    { name: 'master-1.mp4', bytes: master },
    { name: 'playable-1.mp4', bytes: Buffer.from('stands for a playable copy') },
  ];
  let made = 0;
  return {
    signer,
    master,
    async make(change = (input) => input) {
      const attempt_prefix = `item-0001/${++made}`;
      const manifest = change(inputFor(files));
      const added = manifest.masters.filter(({ name }) => !files.some((file) => file.name === name));
      for (const { name, bytes } of [...files, ...added.map(({ name }) => ({ name, bytes: master }))]) {
        const writer = await store.create(`${attempt_prefix}/${name}`);
        await writer.write(bytes);
        await writer.commit();
      }
      const signal = new AbortController().signal;
      await writePackage({ store, attempt_prefix, manifest, signer, signal });
      const folder = join(home, `package-${made}`);
      await copyPackageToFolder(store, attempt_prefix, folder, signal);
      return folder;
    },
    remove: () => rmSync(home, { recursive: true }),
  };
}

function inputFor([master, playable]: readonly {
  readonly name: string;
  readonly bytes: Buffer;
}[]): ManifestInput {
  const frame_times_us = Array.from(
    { length: FRAMES },
    (_, index) => sampleDeviceTime_us(MASTER_START_MS) + index * FRAME_US,
  );
  const described = describe(master!);
  return {
    ...sampleInput(LENGTH_MS, [
      { ...described, codec: 'h264', width: 96, height: 64, timescale: 90_000, frame_times_us },
    ]),
    derivatives: [
      {
        ...describe(playable!),
        kind: 'playable',
        master_name: described.name,
        master_sha256: described.sha256,
        from_device_time_us: frame_times_us[0]!,
        to_device_time_us: frame_times_us.at(-1)!,
      },
    ],
  };
}

function describe(file: { readonly name: string; readonly bytes: Buffer }) {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return { name: file.name, size_bytes: file.bytes.length, sha256 };
}

function makeVideo(path: string): Buffer {
  const source = ['-f', 'lavfi', '-i', `testsrc2=size=96x64:rate=25,trim=end_frame=${FRAMES}`];
  const codec = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '40', '-bf', '2', '-g', '25'];
  const file = ['-video_track_timescale', '90000', '-bitexact', path];
  execFileSync('ffmpeg', ['-v', 'error', ...source, ...codec, ...file]);
  return readFileSync(path);
}
