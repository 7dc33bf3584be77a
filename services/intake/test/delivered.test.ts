import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceClock, recordFootage, writeSegments } from '@minhchung/testkit';
import { verifyPackage } from '@minhchung/verify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliveredPackage, witnessedFrames } from '../../extraction/test/delivered-package.ts';
import { intakeUpkeep, letGo } from '../src/index.ts';
import { noise, tusUpload } from './send.ts';
import { createUploadWorker } from './worker.ts';
import { createIntakeWorld, HOUR_MS, type IntakeWorld, NOW_MS, WANTED } from './world.ts';

const OFFSET_MS = 41 * 60_000;
/** The clock of the recorder in the picture, and what its owner read off it. */
const FIRST_FRAME_MS = WANTED.start_ms - 10_000;
const DECLARED = {
  ...{ filename: 'Xuất từ đầu ghi.MP4', start: '22/11/2026 14:40:50', clock: 'device' },
  ...{ shown: '22/11/2026 15:41:00', truth: '22/11/2026 15:00:00' },
} as const;

describe('footage handed in, up to its package', () => {
  let root: string;
  let video: Buffer;
  let world: IntakeWorld;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'minhchung-handed-in-'));
    const footage = await recordFootage({
      ...{ directory: join(root, 'footage'), camera_name: 'HT-001', start_true_ms: FIRST_FRAME_MS },
      ...{ duration_ms: 40_000, width: 352, height: 288 },
    });
    const directory = join(root, 'export');
    const clock = new DeviceClock({ now_ms: () => NOW_MS }, OFFSET_MS);
    const [file] = await writeSegments(footage, { directory, clock, container: 'mp4' });
    video = await readFile(join(directory, file!.name));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));
  beforeEach(async () => {
    world = await createIntakeWorld();
    await world.agree();
  });
  afterEach(() => world.close());

  async function handIn(item_id: string, bytes: Buffer, metadata: Record<string, string>) {
    const cookie = await world.begin(await world.link(item_id));
    await tusUpload(world.url, cookie, { bytes, metadata }).done;
    const done = await world.send({ method: 'POST', url: '/gui-hinh/xong', session: cookie });
    expect(done.statusCode, done.body).toBe(200);
  }

  async function extract(item_id: string) {
    await (await createUploadWorker(world)).runOnce();
    const item = (await world.store.items.byId(item_id))!;
    const clip = await world.store.clips.ofItem(item_id);
    const folder = join(world.directory, 'package');
    return { item, packaged: clip && (await deliveredPackage(world.archive, clip.attempt_prefix, folder)) };
  }

  it('waits for its owner, then is cut from the file, which goes along as it came', async () => {
    const item_id = await world.ask('queued');
    const waiting = await extract(item_id);
    expect(waiting.item).toMatchObject({ state: 'waiting', reason: { code: 'AWAITS_UPLOAD' } });

    await handIn(item_id, video, DECLARED);
    const { item, packaged } = await extract(item_id);
    expect(item).toMatchObject({ state: 'archived', reason: null });
    expect(packaged!.untruths).toEqual([]);
    // The package has the file; the intake's own copy is not kept beside it.
    const [upload] = await world.store.uploads.ofItem(item_id);
    expect(await letGo(world.deps)()).toBe(1);
    expect(await world.archive.stat(upload!.archive_key!)).toBeNull();
    expect(await letGo(world.deps)()).toBe(0);
    const { manifest, folder } = packaged!;
    expect(manifest.source).toMatchObject({ kind: 'upload', parts: ['native/Xuat_tu_dau_ghi.MP4'] });
    expect(manifest.natives).toMatchObject([
      {
        ...{ name: 'native/Xuat_tu_dau_ghi.MP4', handed_in_by: 'owner', way: 'link', is_readable: true },
        ...{ file_name: 'Xuất từ đầu ghi.MP4', media_type: 'video/mp4' },
        declared: { clock: 'device', resolution_ms: 1000, start_ms: FIRST_FRAME_MS + OFFSET_MS },
      },
    ]);
    expect(Buffer.compare(await readFile(join(folder, 'native/Xuat_tu_dau_ghi.MP4')), video)).toBe(0);
    expect(JSON.stringify(manifest)).not.toContain('Lê Thị Hoa');
    const download = await world.send({
      ...{ method: 'GET', session: world.officer },
      url: `/api/items/${item_id}/package/${encodeURIComponent('native/Xuat_tu_dau_ghi.MP4')}`,
    });
    expect(Buffer.compare(download.rawPayload, video)).toBe(0);
    expect(await world.trail()).toContain('footage.view');

    const [search] = manifest.searches;
    expect(search).toMatchObject({ method: 'declared', reading_count: 1 });
    for (const { true_ms, device_ms } of await witnessedFrames(packaged!)) {
      const offset_ms = device_ms - true_ms;
      expect(offset_ms).toBeGreaterThanOrEqual(search!.offset_min_ms!);
      expect(offset_ms).toBeLessThanOrEqual(search!.offset_max_ms!);
    }
  });

  it('takes an owner at her word: who hands in by link has agreed, where she is to be asked first', async () => {
    await world.agree({ mode: 'ask_first', valid_from_ms: NOW_MS - HOUR_MS });
    const item_id = await world.ask('approved', {}, 'OWNER_ASKS_FIRST');
    await handIn(item_id, video, DECLARED);
    expect(await world.store.ownersWord.answerTo(item_id)).toMatchObject({ verdict: 'accepted' });
    expect((await extract(item_id)).item.state).toBe('archived');
  });

  it('keeps what nothing can read, delivers it as it came, and says that it shows nothing for sure', async () => {
    const item_id = await world.ask('queued');
    const broken = Buffer.concat([video.subarray(0, 64), noise(5000)]);
    await handIn(item_id, broken, { ...DECLARED, filename: 'hỏng.mp4' });
    const { item, packaged } = await extract(item_id);
    expect(item).toMatchObject({ state: 'partial', reason: { code: 'upload_unreadable' } });
    expect(packaged!.untruths).toEqual([]);
    const { masters, natives, gaps } = packaged!.manifest;
    expect(masters).toEqual([]);
    expect(natives).toMatchObject([{ is_readable: false, check: { findings: ['unreadable'] } }]);
    expect(gaps).toMatchObject([{ ...WANTED, reason: 'upload_unreadable' }]);
  });

  it('keeps a program or a playlist that poses as footage, and never opens it', async () => {
    const item_id = await world.ask('queued');
    const playlist = Buffer.from('#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\nhttp://127.0.0.1/x.ts\n');
    await handIn(item_id, playlist, { ...DECLARED, filename: '../../-i concat:a|b\n.mp4' });
    const { item, packaged } = await extract(item_id);
    expect(item.state).toBe('partial');
    const [native] = packaged!.manifest.natives!;
    expect(native).toMatchObject({ name: 'native/i_concat_a_b_.mp4', media_type: 'text/plain' });
    expect(native!.check.findings).toEqual(['name_differs', 'not_footage']);
  });

  it('fails with what to do when the declared time is not that of the span, and runs again once it is mended', async () => {
    const item_id = await world.ask('queued');
    await handIn(item_id, video, { ...DECLARED, start: '20/11/2026 14:40:50' });
    expect((await extract(item_id)).item).toMatchObject({
      ...{ state: 'failed', reason: { code: 'UPLOAD_OUTSIDE_SPAN' } },
    });
    const [upload] = await world.store.uploads.ofItem(item_id);
    expect(upload!.check!.findings).toContain('outside_span');
    const mended = await world.send({
      ...{ method: 'PUT', url: `/api/items/${item_id}/uploads/${upload!.id}/declaration` },
      session: world.officer,
      payload: { start: DECLARED.start, clock: 'device', shown: DECLARED.shown, truth: DECLARED.truth },
    });
    expect(mended.statusCode, mended.body).toBe(200);
    const { item, packaged } = await extract(item_id);
    expect(item.state).toBe('archived');
    expect(packaged!.untruths).toEqual([]);
  });

  it('joins the files of an export in several parts', async () => {
    const item_id = await world.ask('queued');
    const cookie = await world.begin(await world.link(item_id));
    const later = { ...DECLARED, start: '22/11/2026 15:40:50' };
    await tusUpload(world.url, cookie, { bytes: video, metadata: later }).done;
    await tusUpload(world.url, cookie, { bytes: video, metadata: DECLARED }).done;
    await world.send({ method: 'POST', url: '/gui-hinh/xong', session: cookie });
    const { item, packaged } = await extract(item_id);
    expect(item.state).toBe('archived');
    const names = packaged!.manifest.natives!.map(({ name }) => name).toSorted();
    expect(names).toEqual(['native/Xuat_tu_dau_ghi-2.MP4', 'native/Xuat_tu_dau_ghi.MP4']);
  });

  it('counts as a sign of life of its camera, dated when it was recorded', async () => {
    const item_id = await world.ask('queued');
    await handIn(item_id, video, { ...DECLARED, clock: 'true_time', start: '22/11/2026 13:59:50' });
    const [word] = await world.store.attestations.newest([world.camera_id], NOW_MS);
    expect(word).toMatchObject({ kind: 'upload', works: true, person_id: null, at_ms: FIRST_FRAME_MS });
    const [state] = await world.store.observations.current([world.camera_id]);
    expect(state).toMatchObject({ state: 'online', reason: 'attested_upload' });
  });

  it('goes to the extractor by itself when nobody presses the button', async () => {
    const item_id = await world.ask('queued');
    await extract(item_id);
    const cookie = await world.begin(await world.link(item_id));
    await tusUpload(world.url, cookie, { bytes: video, metadata: DECLARED }).done;
    const mailer = { send: async () => ({ kind: 'by_hand' }) as const, close: async () => {} };
    const upkeep = intakeUpkeep({ ...world.deps, mailer });
    await upkeep();
    expect((await world.store.items.byId(item_id))!.state).toBe('waiting');
    world.time.advance(11 * 60_000);
    await upkeep();
    expect((await world.store.items.byId(item_id))!.state).toBe('queued');
    world.time.advance(HOUR_MS);
  });

  it('tells a single changed byte of the file as it came', async () => {
    const item_id = await world.ask('queued');
    await handIn(item_id, video, DECLARED);
    const { packaged } = await extract(item_id);
    const path = join(packaged!.folder, 'native/Xuat_tu_dau_ghi.MP4');
    const file = await open(path, 'r+');
    const at = Math.floor(video.length / 2);
    await file.write(Buffer.from([video[at]! ^ 1]), 0, 1, at);
    await file.close();
    const { ok, checks } = await verifyPackage(packaged!.folder);
    expect(ok).toBe(false);
    const failed = checks.filter((one) => !one.ok).map(({ code, file: name }) => `${code} ${name ?? ''}`);
    expect(failed).toContain('file_hash native/Xuat_tu_dau_ghi.MP4');
    await writeFile(path, video);
    expect((await verifyPackage(packaged!.folder)).ok).toBe(true);
  });
});
