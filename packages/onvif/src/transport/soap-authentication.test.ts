import { createHash } from 'node:crypto';
import type { DeviceAddress } from '@minhchung/domain';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  civil,
  dateAndTime,
  fault,
  INFORMATION,
  type LoopbackHttpServer,
  type SeenPost,
  startHttpServer,
} from '../../test/loopback/http-server.ts';
import { createRefusedCredentials } from '../auth/refused-credentials.ts';
import { createDeviceClient } from '../device-client/device-client.ts';

const SIGNAL = new AbortController().signal;
const USERNAME = 'quản trị & <"co">';
const PASSWORD = "mật khẩu & '<>";
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(answer: Answer): Promise<LoopbackHttpServer> {
  const server = await startHttpServer(answer);
  closing.push(() => server.close());
  return server;
}

function clientOf(device_url: string, password = PASSWORD, refused = createRefusedCredentials()) {
  const address: DeviceAddress = { device_url, username: USERNAME, password };
  const client = createDeviceClient({ address, time: { now_ms: () => Date.now() }, refused });
  closing.push(() => client.close());
  return client;
}

function challenge(
  response: Parameters<Answer>[1],
  nonce: string,
  algorithms: readonly string[],
  extra = '',
): void {
  const values = algorithms.map(
    (algorithm) =>
      `Digest realm="cam", nonce="${nonce}", qop="auth,auth-int", algorithm=${algorithm}${extra}`,
  );
  response.writeHead(401, { 'WWW-Authenticate': values }).end();
}

/** The nonce of a right digest answer, or null. Written apart from the client's own code. */
function digestNonce(post: SeenPost, hash: string): string | null {
  const header = Buffer.from(post.headers.authorization ?? '', 'latin1').toString('utf8');
  const field = (name: string) => new RegExp(`\\b${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^, ]+))`).exec(header);
  const value = (name: string) => (field(name)?.[1] ?? field(name)?.[2] ?? '').replace(/\\(.)/g, '$1');
  const digest = (text: string) => createHash(hash).update(text).digest('hex');
  const ha1 = digest(`${USERNAME}:cam:${PASSWORD}`);
  const ha2 = digest(`POST:${post.path}`);
  const expected = digest(`${ha1}:${value('nonce')}:${value('nc')}:${value('cnonce')}:auth:${ha2}`);
  return value('response') === expected && value('username') === USERNAME ? value('nonce') : null;
}

describe('HTTP digest', () => {
  it.each([
    [['MD5'], 'md5'],
    [['SHA-256'], 'sha256'],
    [['MD5', 'SHA-256'], 'sha256'],
    [['SHA-512-256'], 'sha512-256'],
  ])(
    'answers %s with the strongest, and the challenge costs one round trip in all',
    async (algorithms, hash) => {
      const server = await serve((post, response) => {
        if (digestNonce(post, hash) === null) challenge(response, 'n', algorithms);
        else response.end(INFORMATION);
      });
      const client = clientOf(server.device_url);
      for (let call = 0; call < 4; call += 1) await client.describe(SIGNAL);
      expect(server.seen).toHaveLength(5);
      const counts = server.seen
        .slice(1)
        .map((post) => /nc=(\d+)/.exec(post.headers.authorization ?? '')?.[1]);
      expect(counts).toEqual(['00000001', '00000002', '00000003', '00000004']);
    },
  );

  it.each(['stale=true', ''])('takes a new nonce when the old one has aged (%s)', async (stale) => {
    let nonce = 1;
    const server = await serve((post, response) => {
      if (digestNonce(post, 'md5') === `n${nonce}`) response.end(INFORMATION);
      else challenge(response, `n${nonce}`, ['MD5'], stale === '' ? '' : `, ${stale}`);
    });
    const client = clientOf(server.device_url);
    await client.describe(SIGNAL);
    nonce = 2;
    await client.describe(SIGNAL);
    expect(server.seen).toHaveLength(4);
  });
});

describe('WS-Security', () => {
  const NOT_AUTHORIZED = fault('NotAuthorized', 'Sender not Authorized');

  function tokenCreated(post: SeenPost): number | null {
    const part = (name: string) =>
      new RegExp(`<ws[a-z]+:${name}(?: [^>]*)?>([^<]*)<`).exec(post.body)?.[1] ?? '';
    const created = part('Created');
    const nonce = Buffer.from(part('Nonce'), 'base64');
    const digest = createHash('sha1')
      .update(nonce)
      .update(created + PASSWORD)
      .digest('base64');
    const username = part('Username').replace(
      /&(amp|lt|gt|quot);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name]!,
    );
    return part('Password') === digest && username === USERNAME ? Date.parse(created) : null;
  }

  it("signs as soon as the device asks, with the time of the device's own clock", async () => {
    const device_ms = Date.UTC(2019, 0, 2, 3, 4, 5);
    const server = await serve((post, response) => {
      if (post.body.includes('GetSystemDateAndTime')) {
        response.end(dateAndTime(civil('UTCDateTime', [2019, 1, 2, 3, 4, 5])));
      } else if (Math.abs((tokenCreated(post) ?? 0) - device_ms) < 2_000) response.end(INFORMATION);
      else response.writeHead(400).end(NOT_AUTHORIZED);
    });
    const client = clientOf(server.device_url);
    await client.describe(SIGNAL);
    await client.describe(SIGNAL);
    expect(
      server.seen.map((post) => (post.body.includes('GetSystemDateAndTime') ? 'time' : 'information')),
    ).toEqual(['information', 'time', 'information', 'information']);
  });

  it('signs both ways where a device wants digest and then the token as well', async () => {
    const server = await serve((post, response) => {
      if (post.body.includes('GetSystemDateAndTime')) response.end(dateAndTime(''));
      else if (digestNonce(post, 'md5') === null) challenge(response, 'n', ['MD5']);
      else if (tokenCreated(post) === null) response.end(NOT_AUTHORIZED);
      else response.end(INFORMATION);
    });
    expect((await clientOf(server.device_url).describe(SIGNAL)).model).toBe('NVR');
  });

  it('leaves the token when the device comes to want digest only', async () => {
    let wants: 'token' | 'digest' = 'token';
    const server = await serve((post, response) => {
      if (post.body.includes('GetSystemDateAndTime')) response.end(dateAndTime(''));
      else if (wants === 'token' && tokenCreated(post) !== null) response.end(INFORMATION);
      else if (wants === 'token') response.writeHead(400).end(NOT_AUTHORIZED);
      else if (post.body.includes('UsernameToken')) challenge(response, 'n', ['MD5']);
      else if (digestNonce(post, 'md5') === null) challenge(response, 'n', ['MD5']);
      else response.end(INFORMATION);
    });
    const client = clientOf(server.device_url);
    await client.describe(SIGNAL);
    wants = 'digest';
    expect((await client.describe(SIGNAL)).model).toBe('NVR');
  });
});

describe('the lock-out rule', () => {
  const refusals: [string, Answer][] = [
    ['digest', (_, response) => challenge(response, 'n', ['MD5'])],
    ['a token', (_, response) => response.writeHead(400).end(fault('NotAuthorized'))],
  ];

  it.each(refusals)(
    'presents a wrong password by %s once, whatever is asked afterwards',
    async (_, answer) => {
      const server = await serve(answer);
      const refused = createRefusedCredentials();
      const first = clientOf(server.device_url, 'wrong', refused);
      await Promise.allSettled([first.describe(SIGNAL), first.profiles(SIGNAL), first.recordings(SIGNAL)]);
      const again = clientOf(server.device_url, 'wrong', refused).describe(SIGNAL);
      await expect(again).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      const presented = server.seen.filter(
        ({ headers, body }) => headers.authorization !== undefined || body.includes('UsernameToken'),
      );
      expect(presented).toHaveLength(1);
    },
  );

  it('tries a new password, and the old one again when told to', async () => {
    const server = await serve((post, response) => {
      if (digestNonce(post, 'md5') === null) challenge(response, 'n', ['MD5']);
      else response.end(INFORMATION);
    });
    const refused = createRefusedCredentials();
    await expect(clientOf(server.device_url, 'wrong', refused).describe(SIGNAL)).rejects.toThrow();
    expect((await clientOf(server.device_url, PASSWORD, refused).describe(SIGNAL)).model).toBe('NVR');
    const wrong = { device_url: server.device_url, username: USERNAME, password: 'wrong' };
    expect(refused.isRefused(wrong)).toBe(true);
    refused.forget(wrong);
    expect(refused.isRefused(wrong)).toBe(false);
  });

  it('tells nothing of the password in the error', async () => {
    const server = await serve(refusals[0]![1]);
    const error = await clientOf(server.device_url, 'p4ssw0rd')
      .describe(SIGNAL)
      .catch((caught) => caught);
    expect(JSON.stringify([error, error.message, error.stack, error.texts])).not.toContain('p4ssw0rd');
  });

  it('asks an account holder only where an account is known', async () => {
    const server = await serve(refusals[0]![1]);
    const address = { device_url: server.device_url, username: null, password: null };
    const client = createDeviceClient({ address, time: { now_ms: () => Date.now() } });
    await expect(client.describe(SIGNAL)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    await client.close();
    expect(server.seen).toHaveLength(1);
  });
});
