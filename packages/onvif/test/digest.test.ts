import { FakeTime } from '@minhchung/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { createDeviceClient, createDeviceMemory, createReplayClient } from '../src/index.ts';
import { INFORMATION, type LoopbackHttpServer, startHttpServer } from './loopback/http-server.ts';
import { PASSWORD, recorders, SIGNAL, START_MS } from './support/recorders.ts';

const { start, clientOf } = recorders();
const REALM = 'Đầu ghi "Phường Hàm Rồng" – số 1';
const ALGORITHMS = ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256'] as const;
const QOPS = ['auth', 'auth-int', 'auth,auth-int', null] as const;

const servers: LoopbackHttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe('digest with a device whose realm is Vietnamese', () => {
  const cases = ALGORITHMS.flatMap((algorithm) => QOPS.map((qop) => [algorithm, qop] as const));
  it.each(cases)('by %s, protecting %s', async (algorithm, qop) => {
    const device = await start({
      sign_in: ['http_digest'],
      digest_algorithms: [algorithm],
      digest_qop: qop,
      digest_realm: REALM,
      username: 'kỹ thuật',
    });
    const address = { device_url: device.device_url, username: 'kỹ thuật', password: PASSWORD };
    const client = clientOf(device, { address });
    for (let question = 0; question < 3; question += 1) await client.describe(SIGNAL);
    expect(device.credentials.refusal_count).toBe(0);
    expect(device.http_request_count).toBe(4);
  });

  it('also over RTSP', async () => {
    const device = await start({ digest_realm: REALM, digest_algorithms: ['SHA-256'] });
    const uri = await clientOf(device).replayUri('Recording_1', SIGNAL);
    const address = { device_url: device.device_url, username: 'admin', password: PASSWORD };
    const device_span = { start_ms: START_MS, end_ms: START_MS + 1_000 };
    let units = 0;
    for await (const { type } of createReplayClient().replay({ uri, device_span, address }, SIGNAL)) {
      if (type === 'unit') units += 1;
    }
    expect(units).toBeGreaterThan(0);
    expect(device.credentials.refusal_count).toBe(0);
  });
});

describe('a nonce', () => {
  it('that has grown old is replaced for one more request, and that is no refusal', async () => {
    const time = new FakeTime(Date.now());
    const device = await start({ sign_in: ['http_digest'], digest_nonce_life_ms: 30_000, time });
    const memory = createDeviceMemory();
    await clientOf(device, { memory }).describe(SIGNAL);
    time.advance(60_000);
    const before = device.http_request_count;
    await clientOf(device, { memory }).describe(SIGNAL);
    expect(device.http_request_count - before).toBe(2);
    expect(device.credentials.refusal_count).toBe(0);
    expect(memory.is_refused).toBe(false);
  });

  it('shown with a new password that is wrong is renewed once, and then it is a refusal', async () => {
    const device = await start({ sign_in: ['http_digest'] });
    const memory = createDeviceMemory();
    await clientOf(device, { memory }).describe(SIGNAL);
    const address = { device_url: device.device_url, username: 'admin', password: 'sai' };
    memory.forgetAccount();
    const client = clientOf(device, { memory, address });
    await expect(client.describe(SIGNAL)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    expect(device.credentials.refusal_count).toBe(1);
    expect(memory.is_refused).toBe(true);
  });
});

describe('what a device says beside its answer', () => {
  it('about the next nonce and about itself is tolerated', async () => {
    const server = await startHttpServer((post, response) => {
      if (post.headers.authorization === undefined) {
        response.writeHead(401, { 'WWW-Authenticate': 'Digest realm="r", nonce="n", qop="auth"' }).end();
        return;
      }
      const info = 'nextnonce="m", qop=auth, rspauth="0", cnonce="?", nc=00000009';
      response.writeHead(200, { 'Authentication-Info': info }).end(INFORMATION);
    });
    servers.push(server);
    const address = { device_url: server.device_url, username: 'admin', password: 'x' };
    const client = createDeviceClient({ address, time: { now_ms: () => Date.now() } });
    for (let question = 0; question < 3; question += 1) {
      expect((await client.describe(SIGNAL)).model).toBe('NVR');
    }
    await client.close();
  });

  it('never gets it a password in the clear', async () => {
    const server = await startHttpServer((_, response) => {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="camera"' }).end();
    });
    servers.push(server);
    const address = { device_url: server.device_url, username: 'admin', password: 'bi-mat-1' };
    const client = createDeviceClient({ address, time: { now_ms: () => Date.now() } });
    await expect(client.describe(SIGNAL)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    await client.close();
    const clear = Buffer.from('admin:bi-mat-1').toString('base64');
    for (const { headers, body } of server.seen) {
      const all = `${JSON.stringify(headers)}${body}`;
      expect(all).not.toContain('bi-mat-1');
      expect(all).not.toContain(clear);
    }
  });
});
