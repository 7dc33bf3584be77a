import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { casesRoutes } from '@minhchung/cases';
import { rfc3339 } from '@minhchung/domain';
import { DeviceClock, recordFootage, SYSTEM_TIME, writeSegments } from '@minhchung/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConfiguredArchive } from '../src/composition/open-archive.ts';
import { runForTest } from './run-command.ts';
import { createWorld, NOW_MS, type World } from './world.ts';

/** A little more than an hour ago, at a whole second. */
const START_MS = Math.floor((Date.now() - 3_700_000) / 1000) * 1000;

describe('bringing in a package that was made alone', { timeout: 120_000 }, () => {
  let base: string;
  let made: string;
  let world: World;
  const env = () => ({ MINHCHUNG_DATA_DIR: join(base, 'data') });

  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'brought-'));
    made = join(base, 'package');
    const footage = await recordFootage({
      directory: join(base, 'footage'),
      camera_name: 'Ngõ 5',
      ...{ start_true_ms: START_MS, duration_ms: 8000, width: 160, height: 96, fps: 10, gop_ms: 2000 },
    });
    const clock = new DeviceClock(SYSTEM_TIME, 0);
    await writeSegments(footage, { directory: join(base, 'disk'), clock });
    await makeAlone(made);

    await mkdir(join(base, 'data'));
    world = await createWorld({ env: env(), areas: (deps) => [casesRoutes(deps)] });
    world.time.advance(Date.now() - NOW_MS);
    await world.addAccount('an', [{ role: 'officer', unit_id: world.ward.id }]);
    await world.addAccount('binh', [{ role: 'approver', unit_id: world.ward.id }]);
    await registerCamera();
  });
  afterAll(async () => {
    await world?.close();
    await rm(base, { recursive: true, force: true });
  });

  async function makeAlone(out: string): Promise<void> {
    const now = rfc3339(START_MS + 3_600_000);
    const options = {
      'from-folder': join(base, 'disk'),
      span: `${rfc3339(START_MS + 1000)}/${rfc3339(START_MS + 5000)}`,
      ...{ case: 'HS-12/2026', reason: 'va chạm', operator: 'Nguyễn Văn An', out },
      ...{ 'clock-shows': now, 'true-time': now, 'clock-bound': '0.5' },
    };
    const alone = await runForTest([
      'extract',
      ...Object.entries(options).flatMap(([k, v]) => [`--${k}`, v]),
    ]);
    expect(alone.code, alone.out + alone.err).toBe(0);
  }

  async function registerCamera(): Promise<void> {
    const { store, ward } = world;
    const at_ms = START_MS;
    await store.networks.create({ id: 'lan', code: 'LAN', name: 'LAN', cidrs: [] });
    await store.clocks.create({ id: 'clock', name: 'Đồng hồ', kind: 'recorder' });
    await store.recorders.create({
      ...{ id: 'recorder', code: 'R1', name: 'Đầu ghi', unit_id: ward.id, network_id: 'lan' },
      ...{ clock_id: 'clock', created_at_ms: at_ms, kind: 'onvif', device_url: null, folder: null },
      playback: null,
    });
    await store.cameras.create({
      ...{ id: 'camera', code: 'HT-004', name: 'Ngõ 5', unit_id: ward.id, site_id: null, owner_id: null },
      ...{ kind: 'community', position: { latitude_deg: 19.8, longitude_deg: 105.8 }, aim_point: null },
      ...{ field_of_view_deg: null, range_m: null, mounting: null, reach: 'polled', source_token: null },
      ...{ recorder_id: 'recorder', created_at_ms: at_ms, retired_at_ms: null },
    });
    await store.cases.create({
      ...{ id: 'case', unit_id: ward.id, number: 'HS-12/2026', is_provisional: false, title: 'Va chạm' },
      ...{ incident_ids: [], opened_at_ms: at_ms, closed_at_ms: null },
    });
  }

  const bring = (folder: string, over: Record<string, string> = {}) =>
    runForTest(
      [
        ...['import', 'package', folder],
        ...Object.entries({ account: 'an', unit: 'HT', camera: 'HT-004', ...over }).flatMap(([k, v]) => [
          `--${k}`,
          v,
        ]),
        '--json',
      ],
      env(),
    );
  const counts = async () => {
    const { out } = await runForTest(['report', 'requests', '--json'], env());
    const [one] = JSON.parse(out).cases;
    return (
      one && {
        requests: one.requests,
        requested: one.requested,
        approved: one.approved,
        delivered: one.delivered,
      }
    );
  };
  const archived = async () => {
    const archive = await openConfiguredArchive(world.settings);
    const keys: string[] = [];
    for await (const { key } of archive.list('')) keys.push(key);
    await archive.close();
    return keys;
  };

  const decide = async (number: string, login: string, decision: object) => {
    const request = await world.store.requests.byNumber(number);
    return world.send({
      method: 'POST',
      url: `/api/requests/${request!.id}/decisions`,
      payload: { unit_id: world.ward.id, reason: 'đúng hồ sơ', ...decision },
      session: await world.sessionOf(login),
    });
  };
  const extract = async () => (await runForTest(['extract', '--json'], env())).json();

  test.each([
    ['a changed byte', 'PACKAGE_UNTRUE', (folder: string) => appendFile(join(folder, 'master-001.mp4'), 'x')],
    [
      'a link in it',
      'PACKAGE_UNTRUE',
      (folder: string) => symlink('/etc/hostname', join(folder, 'extra.txt')),
    ],
  ])('refuses one with %s, and takes nothing in', async (what, code, harm) => {
    const folder = join(base, `harmed ${what}`);
    await cp(made, folder, { recursive: true });
    await harm(folder);
    const { json, code: exit } = await bring(folder);
    expect([exit, json().error.code]).toEqual([3, code]);
    expect(await archived()).toEqual([]);
  });

  test('says what is wrong with the request before anything is archived', async () => {
    expect((await bring(made, { camera: 'HT-999' })).json().error.code).toBe('UNKNOWN_CAMERA');
    expect((await bring(made, { case: 'HS-99/2026' })).json().error.code).toBe('UNKNOWN_CASE');
    expect((await bring(made, { unit: 'DS' })).json().error.code).toBe('FORBIDDEN_UNIT');
    expect((await bring(made, { account: 'binh' })).json().error.code).toBe('FORBIDDEN');
    expect(await archived()).toEqual([]);
    expect(await counts()).toBeUndefined();
  });

  test('counts it as asked for, and as delivered once a second person approved it', async () => {
    const brought = await bring(made);
    expect(brought.code).toBe(0);
    const { number, item_id } = brought.json();
    expect(await counts()).toEqual({ requests: 1, requested: 1, approved: 0, delivered: 0 });
    expect((await runForTest(['extract', '--json'], env())).json()).toEqual({ attempts: 0 });

    const verdict = 'approved';
    expect((await decide(number, 'an', { verdict })).statusCode).toBe(403);
    const approved_span = { start_ms: START_MS + 2000, end_ms: START_MS + 4000 };
    const of_a_part = await decide(number, 'binh', { verdict, approved_span });
    expect(of_a_part.json().code).toBe('APPROVED_PART_OF_PACKAGE');
    expect((await decide(number, 'binh', { verdict })).statusCode).toBeLessThan(300);
    expect((await runForTest(['extract', '--json'], env())).json()).toEqual({ attempts: 1 });

    expect(await counts()).toEqual({ requests: 1, requested: 1, approved: 1, delivered: 1 });
    const clip = await world.store.clips.ofItem(item_id);
    expect(clip!.attempt_prefix).toBe(`${item_id}/attempt-0001`);
    expect((await archived()).map((key) => key.split('/').at(-1)).sort()).toEqual(
      (await readdir(made)).sort(),
    );
    const archive = await openConfiguredArchive(world.settings);
    const kept: Uint8Array[] = [];
    for await (const chunk of archive.read(`${clip!.attempt_prefix}/manifest.json`)) kept.push(chunk);
    await archive.close();
    expect(Buffer.concat(kept).equals(await readFile(join(made, 'manifest.json')))).toBe(true);
  });

  test('brings no package in twice', async () => {
    const { json } = await bring(made);
    expect(json().error.code).toBe('ALREADY_EXISTS');
    expect(await counts()).toEqual({ requests: 1, requested: 1, approved: 1, delivered: 1 });
  });

  test('keeps nothing of one that was refused', async () => {
    const other = join(base, 'refused');
    await makeAlone(other);
    const { number, item_id } = (await bring(other)).json();
    const lies = async () => (await archived()).some((key) => key.startsWith(`${item_id}/`));
    expect(await lies()).toBe(true);
    expect((await decide(number, 'binh', { verdict: 'refused' })).statusCode).toBeLessThan(300);
    await extract();
    expect(await lies()).toBe(false);
  });

  test('delivers nothing else in place of what was brought in', async () => {
    const other = join(base, 'lost');
    await makeAlone(other);
    const { number, item_id } = (await bring(other)).json();
    expect((await decide(number, 'binh', { verdict: 'approved' })).statusCode).toBeLessThan(300);
    const archive = await openConfiguredArchive(world.settings);
    await archive.discardAttempt(`${item_id}/attempt-0001`, { archived_too: true });
    await archive.close();
    await extract();
    expect(await world.store.items.byId(item_id)).toMatchObject({
      state: 'failed',
      reason: { code: 'PACKAGE_CHANGED' },
    });
  });
});
