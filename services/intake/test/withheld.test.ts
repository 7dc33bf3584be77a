import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DeviceClock, recordFootage, writeSegments } from '@minhchung/testkit';
import { verifyPackage } from '@minhchung/verify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliveredPackage, witnessedFrames } from '../../extraction/test/delivered-package.ts';
import { noise, tusUpload } from './send.ts';
import { createUploadWorker } from './worker.ts';
import { createIntakeWorld, type IntakeWorld, NOW_MS, WANTED } from './world.ts';

const run = promisify(execFile);
const FIRST_FRAME_MS = WANTED.start_ms - 10_000;
const DECLARED = { filename: 'Cổng nhà.mp4', start: '22/11/2026 13:59:50', clock: 'true_time' } as const;
const NATIVE = 'native/Cong_nha.mp4';
/** What an approver let through of what was asked for. */
const PART = { start_ms: WANTED.start_ms + 5_000, end_ms: WANTED.start_ms + 12_000 };
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a file handed in that shows or sounds more than may be delivered', () => {
  let root: string;
  let video: Buffer;
  let with_sound: Buffer;
  let world: IntakeWorld;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'minhchung-withheld-'));
    const footage = await recordFootage({
      ...{ directory: join(root, 'footage'), camera_name: 'HT-001', start_true_ms: FIRST_FRAME_MS },
      ...{ duration_ms: 40_000, width: 352, height: 288 },
    });
    const directory = join(root, 'export');
    const clock = new DeviceClock({ now_ms: () => NOW_MS }, 0);
    const [file] = await writeSegments(footage, { directory, clock, container: 'mp4' });
    const silent = join(directory, file!.name);
    video = await readFile(silent);
    const sounding = join(root, 'sound.mp4');
    await run('ffmpeg', [
      ...['-v', 'error', '-i', silent, '-f', 'lavfi', '-i', 'sine=d=40', '-map', '0:v', '-map', '1:a'],
      ...['-c:v', 'copy', '-c:a', 'aac', '-shortest', sounding],
    ]);
    with_sound = await readFile(sounding);
  }, 60_000);
  afterAll(() => rm(root, { recursive: true, force: true }));
  beforeEach(async () => {
    world = await createIntakeWorld();
  });
  afterEach(() => world.close());

  async function deliver(item_id: string, bytes: Buffer) {
    const cookie = await world.begin(await world.link(item_id));
    await tusUpload(world.url, cookie, { bytes, metadata: DECLARED }).done;
    return extracted(item_id, cookie);
  }

  async function extracted(item_id: string, cookie: string) {
    await world.send({ method: 'POST', url: '/gui-hinh/xong', session: cookie });
    await (await createUploadWorker(world)).runOnce();
    const item = (await world.store.items.byId(item_id))!;
    const clip = await world.store.clips.ofItem(item_id);
    const folder = join(world.directory, 'package');
    return {
      item,
      clip,
      packaged: clip && (await deliveredPackage(world.archive, clip.attempt_prefix, folder)),
    };
  }

  it('stays out of the package where only a part was approved, and is kept under its hash', async () => {
    await world.agree();
    const item_id = await world.ask('queued', {}, null, PART);
    const { item, clip, packaged } = await deliver(item_id, video);
    expect(item).toMatchObject({ state: 'archived', reason: null });
    const { manifest, folder, untruths } = packaged!;
    expect(untruths).toEqual([]);
    expect(manifest.natives).toMatchObject([
      { name: NATIVE, withheld: 'part_approved', sha256: sha256(video) },
    ]);
    expect(existsSync(join(folder, NATIVE))).toBe(false);
    expect(await readFile(join(folder, 'SHA256SUMS'), 'utf8')).not.toContain('native');

    const shown = (await witnessedFrames(packaged!)).map(({ true_ms }) => true_ms);
    // From the keyframe before to the end of the part, widened by what a typed second leaves open; never the whole file.
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(PART.start_ms - 5_000);
    expect(Math.max(...shown)).toBeLessThan(PART.end_ms + 2_000);

    const sealed = `${clip!.attempt_prefix}/sealed/Cong_nha.mp4`;
    expect(await world.archive.hash(sealed)).toEqual({ size_bytes: video.length, sha256: sha256(video) });
    for (const name of [NATIVE, 'sealed/Cong_nha.mp4']) {
      const url = `/api/items/${item_id}/package/${encodeURIComponent(name)}`;
      expect((await world.send({ method: 'GET', session: world.officer, url })).statusCode).toBe(404);
    }
    const { notes } = await verifyPackage(folder);
    const told = notes.map(({ en }) => en).join('\n');
    expect(told).toContain('is not in the package because less was approved than asked for');
    expect(told).toContain(sha256(video));
  });

  it('stays out where it has sound that nobody asked for, and its pictures are delivered', async () => {
    await world.agree();
    const { item, packaged } = await deliver(await world.ask('queued'), with_sound);
    expect(item.state).toBe('archived');
    expect(packaged!.untruths).toEqual([]);
    expect(packaged!.manifest.natives).toMatchObject([{ withheld: 'sound_left_out' }]);
    expect(packaged!.manifest.masters.flatMap(({ audio_tracks = [] }) => audio_tracks)).toEqual([]);
    expect(existsSync(join(packaged!.folder, NATIVE))).toBe(false);
  });

  it('stays out for sound that only one of two tools can name', async () => {
    await world.agree();
    const transport = join(root, 'opus.ts');
    const inputs = ['-i', join(root, 'sound.mp4'), '-map', '0'];
    await run('ffmpeg', ['-v', 'error', '-y', ...inputs, '-c:v', 'copy', '-c:a', 'libopus', transport]);
    const { packaged } = await deliver(await world.ask('queued'), await readFile(transport));
    expect(packaged!.untruths).toEqual([]);
    expect(packaged!.manifest.source.streams_left_out).toEqual([]);
    expect(packaged!.manifest.natives).toMatchObject([{ withheld: 'sound_left_out' }]);
  });

  it('stays out for its own sound alone, also where no picture is taken from it', async () => {
    await world.agree();
    const item_id = await world.ask('queued');
    const cookie = await world.begin(await world.link(item_id));
    await tusUpload(world.url, cookie, { bytes: video, metadata: DECLARED }).done;
    const later = { ...DECLARED, filename: 'sau.mp4', start: '22/11/2026 14:30:00' };
    await tusUpload(world.url, cookie, { bytes: with_sound, metadata: later }).done;
    const { packaged } = await extracted(item_id, cookie);
    expect(packaged!.untruths).toEqual([]);
    const { natives, source } = packaged!.manifest;
    expect(source.parts).toEqual([NATIVE]);
    const told = natives!.map(({ name, withheld }) => [name, withheld]);
    expect(told.toSorted()).toEqual([
      [NATIVE, undefined],
      ['native/sau.mp4', 'sound_left_out'],
    ]);
  });

  it('goes along with its sound where owner and request both name it', async () => {
    await world.agree({ allows_audio: true });
    const { packaged } = await deliver(await world.ask('queued', { wants_audio: true }), with_sound);
    expect(packaged!.untruths).toEqual([]);
    expect(packaged!.manifest.natives![0]).not.toHaveProperty('withheld');
    expect((await readFile(join(packaged!.folder, NATIVE))).equals(with_sound)).toBe(true);
    const [track, ...others] = packaged!.manifest.masters.flatMap(({ audio_tracks = [] }) => audio_tracks);
    expect(track).toMatchObject({ codec: 'aac' });
    expect(others).toEqual([]);
  });

  it('ends with what to do where a part was approved of what nothing can read', async () => {
    await world.agree();
    const item_id = await world.ask('queued', {}, null, PART);
    const { item, clip } = await deliver(item_id, Buffer.concat([video.subarray(0, 64), noise(5000)]));
    expect(item).toMatchObject({ state: 'failed', reason: { code: 'UPLOAD_CANNOT_BE_SHORTENED' } });
    expect(clip).toBeNull();
    const left: string[] = [];
    for await (const { key } of world.archive.list(`${item_id}/`)) left.push(key);
    expect(left).toEqual([]);
  });
});
