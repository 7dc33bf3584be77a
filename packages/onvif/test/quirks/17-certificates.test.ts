import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import type { CertificatePins } from '@minhchung/domain';
import { type SimulatedDevice, startDevice } from '@minhchung/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeviceClient, createHttpPool } from '../../src/index.ts';
import { CERTIFICATES } from '../support/certificates.ts';

const SIGNAL = new AbortController().signal;
const time = { now_ms: () => Date.now() };

/** Pins in memory, by the rule of the port. */
function pinsInMemory() {
  const trusted = new Map<string, string>();
  const refused: string[] = [];
  const pins: CertificatePins = {
    async accepts(recorder_id, { fingerprint_sha256 }) {
      if (!trusted.has(recorder_id)) trusted.set(recorder_id, fingerprint_sha256);
      const is_same = trusted.get(recorder_id) === fingerprint_sha256;
      if (!is_same) refused.push(fingerprint_sha256);
      return is_same;
    },
  };
  return { pins, trusted, refused };
}

describe('quirk 17: a device with a certificate it signed itself', () => {
  let device: SimulatedDevice;
  const closers: (() => void)[] = [];
  beforeEach(async () => {
    device = await startDevice({ channels: [], password: 'bí-mật' });
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) close();
    await device.close();
  });

  /** The device behind TLS, at a port of its own. */
  async function behindTls(options: TlsOptions, port = 0) {
    const sockets = new Set<Socket>();
    // Keys of 1024 bits are below what servers of today let themselves have.
    const server = createServer({ ciphers: 'DEFAULT@SECLEVEL=0', ...options }, (socket) => {
      const inner = connect(device.http_port, '127.0.0.1');
      socket.pipe(inner).pipe(socket);
      for (const one of [socket, inner]) one.on('error', () => {});
    });
    server.on('connection', (socket) => sockets.add(socket));
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const close = () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    };
    closers.push(close);
    return { port: (server.address() as { port: number }).port, close };
  }

  function clientAt(port: number, pins: CertificatePins) {
    const pool = createHttpPool({ pins });
    closers.push(() => pool.close());
    const device_url = `https://127.0.0.1:${port}/onvif/device_service`;
    const address = { device_url, username: 'admin', password: 'bí-mật', recorder_id: 'R1' };
    return createDeviceClient({ address, time, pool });
  }

  it.each(['first', 'second'] as const)('is talked to, and known from then on (%s)', async (which) => {
    const { pins, trusted } = pinsInMemory();
    const { port } = await behindTls(CERTIFICATES[which]);
    await expect(clientAt(port, pins).describe(SIGNAL)).resolves.toMatchObject({ model: 'Testkit NVR' });
    expect(trusted.get('R1')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is sent nothing once its certificate is another one, and a technician is told the fingerprint', async () => {
    const { pins, trusted, refused } = pinsInMemory();
    const before = await behindTls(CERTIFICATES.first);
    await clientAt(before.port, pins).describe(SIGNAL);
    before.close();
    const after = await behindTls(CERTIFICATES.second, before.port);
    const answered = device.http_request_count;
    const asked = clientAt(after.port, pins).describe(SIGNAL);
    await expect(asked).rejects.toMatchObject({
      code: 'CERTIFICATE_CHANGED',
      details: { fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) },
    });
    expect(device.http_request_count).toBe(answered);
    trusted.set('R1', refused[0]!);
    await expect(clientAt(after.port, pins).describe(SIGNAL)).resolves.toBeDefined();
  });

  it('that speaks old TLS only is named as that, with what to do', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;
    const { port } = await behindTls({ ...CERTIFICATES.first, ...old });
    const asked = clientAt(port, pinsInMemory().pins).readClock(SIGNAL);
    const error = await asked.catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'DEVICE_TLS_OLD' });
    expect(error.texts.en).toContain('TLS 1.0 or 1.1');
  });

  it('that does not encrypt at this port is named as that', async () => {
    const error = await clientAt(device.http_port, pinsInMemory().pins)
      .readClock(SIGNAL)
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'DEVICE_TLS_OLD' });
    expect(error.texts.en).toContain('http://');
  });

  it('that never finishes the handshake ends within the deadline', async () => {
    const silent = createTcpServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    closers.push(() => silent.close());
    const { port } = silent.address() as { port: number };
    const pool = createHttpPool({ pins: pinsInMemory().pins });
    closers.push(() => pool.close());
    const device_url = `https://127.0.0.1:${port}/`;
    const address = { device_url, username: null, password: null };
    const asked = createDeviceClient({ address, time, pool, deadline_ms: 200 }).readClock(SIGNAL);
    await expect(asked).rejects.toMatchObject({ code: 'DEVICE_TIMEOUT' });
  });
});
