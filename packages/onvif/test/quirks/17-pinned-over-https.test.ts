import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CertificatePins } from '@minhchung/domain';
import { type DeviceCertificate, type SimulatedDevice, SYSTEM_TIME } from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDeviceClient, createHttpPool, type HttpPool } from '../../src/index.ts';
import { PASSWORD, recorders, SIGNAL } from '../support/recorders.ts';
import { expectReadableError, failureOf } from '../support/technician.ts';

const { start } = recorders();
let folder: string;
let first: DeviceCertificate;
let second: DeviceCertificate;
const pools: HttpPool[] = [];

/** A certificate as cameras make them for themselves, for another name than the one they are reached by. */
async function selfSigned(name: string): Promise<DeviceCertificate> {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${name}`],
    ...['-keyout', key, '-out', cert],
  ]);
  return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quirk-17-'));
  [first, second] = await Promise.all([selfSigned('camera'), selfSigned('stranger')]);
});
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});
afterAll(() => rm(folder, { recursive: true }));

/** Pins the first certificate that is seen, as the registry does. */
function pinsOnFirstUse(): CertificatePins & { forget(): void } {
  let pinned: string | null = null;
  return {
    async accepts(_, { fingerprint_sha256 }) {
      pinned ??= fingerprint_sha256;
      return pinned === fingerprint_sha256;
    },
    forget() {
      pinned = null;
    },
  };
}

async function describeBy(device: SimulatedDevice, pins: CertificatePins): Promise<string> {
  const pool = createHttpPool({ pins });
  pools.push(pool);
  const { device_url } = device;
  const address = { device_url, username: 'admin', password: PASSWORD, recorder_id: 'recorder-1' };
  return (await createDeviceClient({ address, time: SYSTEM_TIME, pool }).describe(SIGNAL)).model;
}

describe('quirk 17: HTTPS with a self-signed certificate only', () => {
  it('is trusted on first use, and only as long as the certificate is the same', async () => {
    const device = await start({ certificate: first, sign_in: ['http_digest'] });
    const pins = pinsOnFirstUse();
    expect(await describeBy(device, pins)).toBe('Testkit NVR');
    expect(await describeBy(device, pins)).toBe('Testkit NVR');

    await device.changeCertificate(second);
    const before = device.http_request_count;
    expectReadableError(await failureOf(describeBy(device, pins)), 'CERTIFICATE_CHANGED', '127.0.0.1', {
      vi: /chứng thư.*xác nhận chứng thư mới/i,
      en: /certificate.*confirms the new certificate/i,
    });
    expect(device.http_request_count, 'nothing of a request was sent').toBe(before);

    pins.forget();
    expect(await describeBy(device, pins)).toBe('Testkit NVR');
  });
});
