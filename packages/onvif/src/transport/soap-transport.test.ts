import { isCoded } from '@minhchung/domain';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  fault,
  INFORMATION,
  type LoopbackHttpServer,
  startHttpServer,
} from '../../test/loopback/http-server.ts';
import { createDeviceClient } from '../device-client/device-client.ts';
import { ANSWER_BYTES_MAX } from '../limits.ts';

const SIGNAL = new AbortController().signal;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(answer: Answer): Promise<LoopbackHttpServer> {
  const server = await startHttpServer(answer);
  closing.push(() => server.close());
  return server;
}

function clientOf(device_url: string, deadline_ms = 2_000) {
  const address = { device_url, username: null, password: null };
  const client = createDeviceClient({ address, time: { now_ms: () => Date.now() }, deadline_ms });
  closing.push(() => client.close());
  return client;
}

describe('the transport under hostile devices', () => {
  it.each<[string, Answer, string, RegExp]>([
    [
      'truncates its answer',
      (_, response, socket) => {
        response.writeHead(200, { 'Content-Length': '9999' });
        response.write('<s:Envelope>', () => socket.destroy());
      },
      'DEVICE_BROKEN',
      /middle of the answer/,
    ],
    ['closes without an answer', (_, __, socket) => socket.destroy(), 'DEVICE_BROKEN', /without an answer/],
    ['answers nothing', (_, response) => response.end(), 'DEVICE_BROKEN', /empty answer/],
    [
      'answers a web page',
      (_, response) => response.end('<!DOCTYPE html><html></html>'),
      'DEVICE_BROKEN',
      /web page/,
    ],
    ['answers text', (_, response) => response.end('nonsense'), 'DEVICE_BROKEN', /text outside/],
    [
      'answers another question',
      (_, response) => response.end(INFORMATION.replaceAll('GetDeviceInformation', 'GetUsers')),
      'DEVICE_BROKEN',
      /GetUsersResponse/,
    ],
    [
      'redirects',
      (_, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
      'DEVICE_BROKEN',
      /redirects/,
    ],
    [
      'sends an entity bomb',
      (_, response) => response.end(`<!DOCTYPE a [<!ENTITY b "c">]>${INFORMATION}`),
      'DEVICE_BROKEN',
      /DOCTYPE/,
    ],
    [
      'does not know the operation',
      (_, response) => response.writeHead(500).end(fault('ActionNotSupported')),
      'DEVICE_UNSUPPORTED',
      /GetDeviceInformation/,
    ],
    [
      'has no such service',
      (_, response) => response.writeHead(404).end('not found'),
      'DEVICE_UNSUPPORTED',
      /GetDeviceInformation/,
    ],
    [
      'fails',
      (_, response) => response.writeHead(500).end(fault('Whatever', 'out of\nmemory')),
      'DEVICE_BROKEN',
      /out of memory/,
    ],
    ['is no HTTP server', (_, __, socket) => socket.end('SSH-2.0-dropbear\r\n'), 'DEVICE_BROKEN', /not HTTP/],
  ])('a device that %s', async (_, answer, code, message) => {
    const server = await serve(answer);
    const error = await clientOf(server.device_url)
      .describe(SIGNAL)
      .catch((caught) => caught);
    expect(isCoded(error) && error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('keeps an absolute deadline though an answer trickles in', async () => {
    const timers: NodeJS.Timeout[] = [];
    const server = await serve((_, response) => {
      response.writeHead(200);
      timers.push(setInterval(() => response.write(' '), 20));
    });
    const before_ms = performance.now();
    const call = clientOf(server.device_url, 200).describe(SIGNAL);
    await expect(call).rejects.toMatchObject({ code: 'DEVICE_TIMEOUT', details: { deadline_ms: 200 } });
    expect(performance.now() - before_ms).toBeLessThan(5_000);
    for (const timer of timers) clearInterval(timer);
  });

  it('stops reading an endless answer at its limit', async () => {
    let sent = 0;
    const server = await serve((_, response) => {
      const block = Buffer.alloc(64 * 1024, 0x20);
      const more = () => {
        sent += block.length;
        if (response.destroyed || sent > 64 * ANSWER_BYTES_MAX) return;
        response.write(block) ? setImmediate(more) : response.once('drain', more);
      };
      more();
    });
    const error = await clientOf(server.device_url)
      .describe(SIGNAL)
      .catch((caught) => caught);
    expect(error).toMatchObject({ code: 'DEVICE_BROKEN' });
    expect(error.message).toContain(String(ANSWER_BYTES_MAX));
    expect(sent).toBeLessThan(32 * ANSWER_BYTES_MAX);
  });

  it('says what it cannot reach, and why', async () => {
    const server = await startHttpServer(() => {});
    await server.close();
    const call = clientOf(server.device_url).describe(SIGNAL);
    await expect(call).rejects.toMatchObject({
      code: 'DEVICE_UNREACHABLE',
      details: { reason: 'ECONNREFUSED' },
    });
  });

  it('tells cancelling from running out of time', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    await expect(clientOf(server.device_url).describe(controller.signal)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('uses one connection for many calls', async () => {
    const server = await serve((_, response) => response.end(INFORMATION));
    const client = clientOf(server.device_url);
    for (let call = 0; call < 5; call += 1) await client.describe(SIGNAL);
    expect(new Set(server.seen.map(({ connection }) => connection)).size).toBe(1);
  });

  it('replaces a kept connection that the device closed meanwhile', async () => {
    const server = await serve((_, response, socket) => {
      response.end(INFORMATION);
      response.once('close', () => setImmediate(() => socket.destroy()));
    });
    const client = clientOf(server.device_url);
    for (let call = 0; call < 5; call += 1) {
      expect((await client.describe(SIGNAL)).model).toBe('NVR');
    }
  });

  it('names the operation in the Content-Type, for devices that look only there', async () => {
    const server = await serve((_, response) => response.end(INFORMATION));
    await clientOf(server.device_url).describe(SIGNAL);
    expect(server.seen[0]!.headers['content-type']).toBe(
      'application/soap+xml; charset=utf-8; action="http://www.onvif.org/ver10/device/wsdl/GetDeviceInformation"',
    );
  });

  it('leaves version and serial number the text they are', async () => {
    const server = await serve((_, response) => response.end(INFORMATION));
    expect(await clientOf(server.device_url).describe(SIGNAL)).toEqual({
      manufacturer: 'A & B',
      model: 'NVR',
      firmware_version: '1.10',
      serial_number: '00012345678901234567',
    });
  });
});
