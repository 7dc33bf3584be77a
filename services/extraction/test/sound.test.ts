import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FootageEvent, FootageSource } from '@minhchung/domain';
import { openDeploymentSigner } from '@minhchung/evidence';
import type { Manifest } from '@minhchung/formats';
import { verifyPackage } from '@minhchung/verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forge, replace, type Writable } from '../../../packages/verify/test/forge.ts';
import { type DeliveredPackage, deliveredPackage } from './delivered-package.ts';
import { createFolderWorld, START_MS, WANTED } from './folder-world.ts';

const DOCUMENT = '<tt:MetadataStream>chuyển động</tt:MetadataStream>';

/** A package with sound and metadata, and where it came from. */
interface Site {
  readonly directory: string;
  readonly delivered: DeliveredPackage;
}

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'minhchung-sound-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** The recorded files, each with a tone beside its pictures. */
async function addSound(folder: string, coding: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) {
    const [path, with_sound] = [join(folder, name), join(folder, `${name}.new`)];
    const tone = ['-f', 'lavfi', '-i', 'sine=f=800:r=8000:d=4'];
    execFileSync('ffmpeg', [
      ...['-v', 'error', '-i', path, ...tone, '-map', '0:v', '-map', '1:a', '-c:v', 'copy', ...coding],
      ...['-f', 'mov', with_sound],
    ]);
    await rename(with_sound, path);
  }
}

/** Everything the source has, and a document of metadata before and inside the span. */
function withEverything(source: FootageSource): FootageSource {
  return {
    ...source,
    async *read(span, signal): AsyncGenerator<FootageEvent> {
      const document = (at_ms: number): FootageEvent => ({
        type: 'metadata',
        packet: { device_time_us: at_ms * 1000, data: Buffer.from(DOCUMENT) },
      });
      yield document(START_MS);
      yield document(WANTED.start_ms + 1_000);
      yield* source.read(span, signal, { audio: true, metadata: true });
    },
  };
}

async function extract(coding: readonly string[]): Promise<Site> {
  const home = await mkdtemp(join(root, 'world-'));
  const world = await createFolderWorld(home);
  await addSound(world.folder, coding);
  const { directory, item_id, composed } = await world.open(home, { wrapSource: withEverything });
  await composed.worker.runOnce();
  expect(await composed.store.items.byId(item_id)).toMatchObject({ state: 'archived', reason: null });
  const clip = await composed.store.clips.ofItem(item_id);
  const delivered = await deliveredPackage(
    composed.archive,
    clip?.attempt_prefix,
    join(directory, 'package'),
  );
  await composed.close();
  return { directory, delivered };
}

/** Codes of what is found wrong once something was changed; the package is put back afterwards. */
async function untruthsAfter(
  { delivered: { folder } }: Site,
  change: () => Promise<void>,
): Promise<string[]> {
  const names = await readdir(folder);
  const before = await Promise.all(names.map((name) => readFile(join(folder, name))));
  try {
    await change();
    const { checks } = await verifyPackage(folder);
    return checks.filter(({ ok }) => !ok).map(({ code }) => code);
  } finally {
    for (const [n, name] of names.entries()) await writeFile(join(folder, name), before[n]!);
  }
}

async function untruthsOfLie(site: Site, change: (manifest: Writable<Manifest>) => void): Promise<string[]> {
  const signer = await openDeploymentSigner({ key_dir: join(site.directory, 'keys') });
  return untruthsAfter(site, () => forge(site.delivered.folder, signer, change));
}

describe('a package with AAC', { timeout: 120_000 }, () => {
  let site: Site;
  beforeAll(async () => {
    site = await extract(['-c:a', 'aac', '-b:a', '32k']);
  });

  it('says what sound its master has, and verify finds it so', () => {
    const { manifest, untruths } = site.delivered;
    expect(untruths).toEqual([]);
    const [track] = manifest.masters[0]!.audio_tracks!;
    expect(track).toMatchObject({ codec: 'aac', sample_rate_hz: 8_000, channel_count: 1 });
    expect(track!.packets_inside).toBeGreaterThanOrEqual(Math.floor((10_000 - 200) / 128));
    expect(track!.packets_before).toBeGreaterThanOrEqual(0);
    expect(manifest.audio_files).toBeUndefined();
    expect(manifest.derivatives.find(({ kind }) => kind === 'playable')).toMatchObject({ has_sound: true });
  });

  it.each<[string, (track: Writable<NonNullable<Manifest['masters'][0]['audio_tracks']>[0]>) => void]>([
    ['another rate', (track) => (track.sample_rate_hz = 16_000)],
    ['a packet less', (track) => (track.packet_count -= 1)],
    ['another beginning', (track) => (track.first_device_time_us += 5_000)],
    ['another end', (track) => (track.end_device_time_us += 5_000)],
    ['more inside the span', (track) => (track.packets_inside += 1)],
    ['a hole that is none', (track) => (track.hole_count += 1)],
  ])('that lies about it is caught: %s', async (_, lie) => {
    const found = await untruthsOfLie(site, (manifest) => lie(manifest.masters[0]!.audio_tracks![0]!));
    expect(found).toEqual(expect.arrayContaining(['master_sound']));
    expect(new Set(found)).toEqual(new Set(['master_sound']));
  });

  it('that keeps silent about the sound is caught', async () => {
    const found = await untruthsOfLie(site, (manifest) => {
      delete (manifest.masters[0] as { audio_tracks?: unknown }).audio_tracks;
    });
    expect(found).toEqual(['derivatives', 'master_sound']);
  });
});

describe('a package with G.711 and metadata', { timeout: 120_000 }, () => {
  let site: Site;
  beforeAll(async () => {
    site = await extract(['-c:a', 'pcm_mulaw']);
  });

  it('carries both beside the master, and verify finds them so', async () => {
    const { manifest, untruths, folder } = site.delivered;
    expect(untruths).toEqual([]);
    expect(manifest.audio_files![0]).toMatchObject({
      name: 'audio-001.wav',
      master_name: 'master-001.mp4',
      codec: 'pcmu',
      sample_rate_hz: 8_000,
    });
    expect(manifest.metadata_files).toMatchObject([{ name: 'metadata-001.jsonl', document_count: 1 }]);
    const [line] = (await readFile(join(folder, 'metadata-001.jsonl'), 'utf8')).split('\n');
    expect(JSON.parse(line!)).toEqual({
      device_time_us: (WANTED.start_ms + 1_000) * 1000,
      document: DOCUMENT,
    });
  });

  it.each(['audio-001.wav', 'metadata-001.jsonl'])(
    'in which one byte of %s is changed is caught',
    async (name) => {
      const path = join(site.delivered.folder, name);
      const bytes = await readFile(path);
      for (const position of [0, 20, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[position]! ^= 1;
        expect(await untruthsAfter(site, () => writeFile(path, changed))).toContain('file_hash');
      }
    },
  );

  it.each<[string, string, (manifest: Writable<Manifest>) => void]>([
    ['codec', 'audio_file', (manifest) => (manifest.audio_files![0]!.codec = 'pcma')],
    ['sample count', 'audio_file', (manifest) => (manifest.audio_files![0]!.sample_count -= 8)],
    [
      'time',
      'audio_file',
      (manifest) => (manifest.audio_files![0]!.first_sample_device_time_us -= 60_000_000),
    ],
    ['master', 'audio_file', (manifest) => (manifest.audio_files![0]!.master_name = 'master-009.mp4')],
    ['documents', 'metadata_file', (manifest) => (manifest.metadata_files![0]!.document_count = 2)],
    [
      'time of a document',
      'metadata_file',
      (manifest) => (manifest.metadata_files![0]!.last_device_time_us += 1),
    ],
  ])('that lies about what lies beside is caught: %s', async (_, code, lie) => {
    expect(await untruthsOfLie(site, lie)).toContain(code);
  });

  it('whose WAVE file does not say its own length is caught, though it is signed', async () => {
    const { folder } = site.delivered;
    const signer = await openDeploymentSigner({ key_dir: join(site.directory, 'keys') });
    const bytes = await readFile(join(folder, 'audio-001.wav'));
    bytes.writeUInt32LE(0xffff_ffff, 54);
    const found = await untruthsAfter(site, () => replace(folder, signer, 'audio-001.wav', bytes));
    expect(found).toContain('audio_file');
  });
});
