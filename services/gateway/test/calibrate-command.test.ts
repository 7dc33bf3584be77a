import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PLAYBACK_PRESETS } from '@minhchung/domain';
import { openSecretBox, openStore, type Store } from '@minhchung/store';
import { recordFootage, startVendorRecorder, type VendorRecorder } from '@minhchung/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runForTest } from './run-command.ts';

const PASSWORD = 'mat-khau-thu';

let folder: string;
let device: VendorRecorder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calibrate-command-'));
  const footage = await recordFootage({
    ...{ directory: join(folder, 'footage'), camera_name: 'V01', start_true_ms: Date.now() - 144_000_345 },
    ...{ duration_ms: 20_000, width: 176, height: 144, fps: 5, gop_ms: 2_000 },
  });
  device = await startVendorRecorder({ vendor: 'dahua', reads: 'local', footage, password: PASSWORD });
  await run('unit', 'add', '--code', 'TH', '--name', 'Thanh Hoá', '--level', 'province');
  for (const code of ['HT', 'DS'])
    await run('unit', 'add', '--code', code, '--name', code, '--level', 'ward', '--parent', 'TH');
  for (const [login, role] of [
    ['tech', 'technician@HT'],
    ['far', 'technician@DS'],
    ['officer', 'officer@HT'],
  ] as const) {
    const who = ['--login', login, '--badge', `B-${login}`, '--name', login];
    await run('user', 'add', ...who, '--role', role, '--generate');
  }
  await inStore(async (store, keys) => {
    const unit = (await store.units.byCode('HT', Date.now()))!;
    await store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: [] });
    await store.clocks.create({ id: 'CL', name: 'x', kind: 'recorder' });
    const template = PLAYBACK_PRESETS.dahua;
    await store.recorders.create({
      ...{ id: 'R', code: 'NVR-02', name: 'x', unit_id: unit.id, network_id: 'LAN', kind: 'playback_url' },
      ...{ device_url: device.device_url, folder: null, clock_id: 'CL', created_at_ms: 1 },
      playback: { vendor: 'dahua', template, channel: 1, rtsp_port: null, finding: null },
    });
    await mkdir(dirname(keys), { recursive: true });
    const secrets = await openSecretBox(keys);
    await store.credentials.set('R', { username: 'admin', password: PASSWORD }, secrets, 1);
    const at_ms = Date.now() - 1_000;
    await store.clockOffsets.save('CL', {
      ...{ min_ms: -50, max_ms: 50, method: 'photo', readings: 1, began_as: 'first', epoch_from_ms: at_ms },
      ...{ first_reading_ms: at_ms, last_reading_ms: at_ms },
    });
  });
});
afterAll(async () => {
  await device.close();
  await rm(folder, { recursive: true });
});

const run = (...args: readonly string[]) =>
  runForTest(args, {
    MINHCHUNG_DATA_DIR: folder,
    MINHCHUNG_DEVICES__ALLOWED_NETWORKS: '[127.0.0.0/8]',
  });

async function inStore<T>(use: (store: Store, keys: string) => Promise<T>): Promise<T> {
  const settings = (await run('settings', '--json')).json();
  const store = await openStore({ engine: 'sqlite', path: settings.store.path });
  try {
    return await use(store, join(settings.keys.dir, 'device-secrets.key'));
  } finally {
    await store.close();
  }
}

describe('minhchung calibrate', () => {
  test.each([
    ['an officer', ['--account', 'officer'], 'FORBIDDEN'],
    ['a technician of another ward', ['--account', 'far'], 'FORBIDDEN_UNIT'],
    ['a channel that is none', ['--account', 'tech', '--channel', '0'], 'COMMAND_MISUSED'],
    ['half a reading', ['--account', 'tech', '--read', '2026-11-21T05:30:00'], 'COMMAND_MISUSED'],
    ['a reading that is no time', ['--account', 'tech', '--read', '1=2'], 'TIME_INVALID'],
    ['a zone that is none', ['--account', 'tech', '--zone', '7'], 'COMMAND_MISUSED'],
  ])('refuses %s', async (_what, args, says) => {
    const { code, err } = await run('calibrate', 'NVR-02', ...args);
    expect(code).not.toBe(0);
    expect(err).toContain(says);
    expect(device.asked).toEqual([]);
  });

  test('finds out how the recorder counts time, keeps it, and says so to people and programs', async () => {
    const { code, out, err } = await run('calibrate', 'NVR-02', '--account', 'tech');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('device_local (UTC+07:00)');
    const { finding } = (await run('calibrate', 'NVR-02', '--account', 'tech', '--json')).json();
    expect(finding).toMatchObject({ semantics: 'device_local', zone_offset_min: 420 });
    const [kept, trail] = await inStore((store) =>
      Promise.all([
        store.recorders.byCode('NVR-02'),
        store.audit.list({ act: 'recorder.calibrate' }, { limit: 9, after: null }),
      ]),
    );
    expect(kept?.playback?.finding).toEqual(finding);
    expect(trail.rows[0]).toMatchObject({ details: { performed_by: 'command' } });
    expect(out + JSON.stringify(trail.rows)).not.toContain(PASSWORD);
  });
});
