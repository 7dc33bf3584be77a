import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openStore, type Store } from '@minhchung/store';
import { startDevice } from '@minhchung/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runForTest } from './run-command.ts';

const FIRST = 'aa'.repeat(32);
const OTHER = 'bb'.repeat(32);
const PAGE = { limit: 10, after: null };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-command-'));
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
});
afterEach(() => rm(folder, { recursive: true }));

const run = (...args: readonly string[]) =>
  runForTest(args, {
    MINHCHUNG_DATA_DIR: folder,
    MINHCHUNG_DEVICES__ALLOWED_NETWORKS: '[127.0.0.0/8]',
  });

async function inStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const settings = (await run('settings', '--json')).json();
  const store = await openStore({ engine: 'sqlite', path: settings.store.path });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

const trail = (act: string) => inStore(async (store) => (await store.audit.list({ act }, PAGE)).rows);

describe('minhchung certificate', () => {
  beforeEach(() =>
    inStore(async (store) => {
      const unit = (await store.units.byCode('HT', Date.now()))!;
      await store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: [] });
      await store.clocks.create({ id: 'CL', name: 'x', kind: 'recorder' });
      await store.recorders.create({
        ...{ id: 'R', code: 'NVR-01', name: 'x', unit_id: unit.id, network_id: 'LAN', kind: 'onvif' },
        ...{ device_url: 'https://10.0.0.8/', folder: null, clock_id: 'CL', created_at_ms: 1 },
      });
      await store.certificates.trustFirst('R', FIRST, 1);
      await store.certificates.refused('R', OTHER, 2);
    }),
  );
  const shown = OTHER.toUpperCase().match(/../g)!.join(':');

  test('lists what a recorder has shown, and what waits to be confirmed', async () => {
    const { out } = await run('certificate', 'list', 'NVR-01');
    expect(out).toMatch(new RegExp(`${shown}.*to be confirmed`));
    expect((await run('certificate', 'list', 'NVR-99')).code).toBe(3);
  });

  test('confirms one under the name of a technician, with colons or without', async () => {
    const { code } = await run(
      'certificate',
      'confirm',
      'NVR-01',
      '--fingerprint',
      shown,
      '--account',
      'tech',
    );
    expect(code).toBe(0);
    const trusted = await inStore((store) => store.certificates.trusted('R'));
    expect(trusted).toMatchObject({ fingerprint_sha256: OTHER, confirmed_by: expect.any(String) });
    expect(await trail('recorder.confirm_certificate')).toMatchObject([
      { person_id: trusted!.confirmed_by, details: { performed_by: 'command', fingerprint_sha256: OTHER } },
    ]);
  });

  test.each([
    ['an officer', OTHER, 'officer', 'FORBIDDEN'],
    ['a technician of another ward', OTHER, 'far', 'FORBIDDEN_UNIT'],
    ['a certificate the recorder never showed', 'cc'.repeat(32), 'tech', 'CERTIFICATE_UNKNOWN'],
    ['half a fingerprint', 'bb', 'tech', 'COMMAND_MISUSED'],
  ])('refuses %s', async (_what, fingerprint, account, says) => {
    const args = ['--fingerprint', fingerprint, '--account', account];
    expect((await run('certificate', 'confirm', 'NVR-01', ...args)).err).toContain(says);
    expect(await inStore((store) => store.certificates.trusted('R'))).toMatchObject({
      fingerprint_sha256: FIRST,
    });
  });
});

describe('minhchung probe', () => {
  test('writes down who tried what, spares the device a second refusal, and shows an https fingerprint', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=camera'],
      ...['-keyout', key, '-out', cert],
    ]);
    const certificate = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
    const device = await startDevice({ channels: [], password: 'đúng', certificate });
    const password_file = join(folder, 'pw.txt');
    await writeFile(password_file, 'sai', { mode: 0o600 });
    const probe = (...more: string[]) =>
      run(
        'probe',
        device.device_url,
        '--username',
        'admin',
        '--password-file',
        password_file,
        ...more,
        '--json',
      );
    try {
      const first = await probe('--account', 'tech');
      expect(first.code).toBe(1);
      const fingerprint = first.json().certificate.fingerprint_sha256;
      const { stdout } = await promisify(execFile)('openssl', [
        ...['x509', '-in', cert, '-noout', '-fingerprint', '-sha256'],
      ]);
      expect(stdout.trim().split('=')[1]!.replaceAll(':', '').toLowerCase()).toBe(fingerprint);
      expect((await probe('--account', 'tech')).out).toContain('PROBE_ACCOUNT_REFUSED');
      expect(device.credentials.refusal_count).toBe(1);
      expect((await probe('--account', 'tech', '--try-again')).code).toBe(1);
      expect(device.credentials.refusal_count).toBe(2);
      expect((await probe('--account', 'officer')).out).toContain('FORBIDDEN');
      const events = (await trail('device.probe')).filter(({ outcome }) => outcome === 'ok');
      expect(events).toHaveLength(2);
      expect(events[0]).toMatchObject({ details: { performed_by: 'command', level: 'problem' } });
      expect(JSON.stringify(events)).not.toContain('sai');
    } finally {
      await device.close();
    }
  });

  test('is done in somebody’s name only', async () => {
    const { code, err } = await run('probe', '127.0.0.1');
    expect(err).toContain('--account');
    expect(code).toBe(2);
  });
});
