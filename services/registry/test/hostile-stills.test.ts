import { createServer, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { closeProbeTools, probeTools } from './probe-tools.ts';

afterEach(closeProbeTools);

describe('hostile stills', () => {
  const SIGNAL = new AbortController().signal;
  async function served(content_type: string, write: (response: ServerResponse) => void) {
    const server = createServer((_request, response) => {
      response.on('error', () => {});
      response.writeHead(200, { 'Content-Type': content_type });
      write(response);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/s.jpg`;
    const { fetchStill, encodeStill } = probeTools();
    try {
      const address = { device_url: url, username: null, password: null };
      return await encodeStill(await fetchStill(url, address, SIGNAL)).catch((error) => error);
    } catch (error) {
      return error;
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test('of 200 MB ends early', async () => {
    const mebibyte = Buffer.alloc(1 << 20, 0xff);
    let sent = 0;
    const error = await served('image/jpeg', (response) => {
      const more = () => {
        while (sent < 200 && !response.destroyed) {
          sent += 1;
          if (!response.write(mebibyte)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    expect(error).toMatchObject({ code: 'STILL_UNUSABLE' });
    expect(sent).toBeLessThan(60);
  });

  test.each([
    ['text/html', '<html></html>'],
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'],
    ['image/jpeg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['image/jpeg', '\xff\xd8\xff no picture'],
  ])('that is %s is refused', async (type, body) => {
    const error = await served(type, (response) => response.end(Buffer.from(body, 'latin1')));
    expect(error).toMatchObject({ code: 'STILL_UNUSABLE' });
  });

  test('that unpacks to billions of pixels is refused by its own header', async () => {
    // A baseline JPEG header that claims 65,500 × 65,500.
    const header = 'ffd8ffe000104a46494600010100000100010000ffc0000b08ffdcffdc01011100ffda0008010100003f00';
    const error = await served('image/jpeg', (response) => response.end(Buffer.from(header, 'hex')));
    expect(error).toMatchObject({ code: 'STILL_UNUSABLE' });
  });
});
