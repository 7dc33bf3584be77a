import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type DeviceOptions, FakeTime, type RecordedFootage, type SimulatedDevice } from '../src/index.ts';
import { bench, PASSWORD, replayUri } from './support/bench.ts';
import { smallFootage } from './support/small-footage.ts';
import { soap } from './support/soap-test-client.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const { device, client } = bench();
const OPERATION = '<GetDeviceInformation/>';
let footage: RecordedFootage;

beforeAll(async () => {
  footage = await smallFootage(folder, 'plain', { duration_ms: 1000 });
});

describe('WS-UsernameToken', () => {
  test('is accepted when it is right by the device’s own clock', async () => {
    expect((await soap(await device(footage), 'device', OPERATION)).status).toBe(200);
  });

  test.each([
    ['a wrong password', { password: 'sai' }],
    ['a time that is right everywhere but on the device', { created_ms: Date.now() }],
  ])('%s is refused and counted', async (_, token) => {
    const recorder = await device(footage);
    const answer = await soap(recorder, 'device', OPERATION, token);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('ter:NotAuthorized');
    expect(recorder.credentials.refusal_count).toBe(1);
  });

  test('a nonce is good once', async () => {
    const recorder = await device(footage);
    const token = { nonce: Buffer.from('0123456789abcdef') };
    expect((await soap(recorder, 'device', OPERATION, token)).status).toBe(200);
    expect((await soap(recorder, 'device', OPERATION, token)).status).toBe(400);
  });

  test('a device that knows digest only asks for it instead', async () => {
    const recorder = await device(footage, { sign_in: ['http_digest'] });
    expect((await soap(recorder, 'device', OPERATION)).status).toBe(401);
  });

  test('a device without digest answers a request without token with a fault', async () => {
    const recorder = await device(footage, { sign_in: ['ws_security'] });
    expect((await soap(recorder, 'device', OPERATION, null)).text).toContain('ter:NotAuthorized');
  });

  test('a changed password makes the old one wrong', async () => {
    const recorder = await device(footage);
    recorder.credentials.setPassword('moi');
    expect((await soap(recorder, 'device', OPERATION)).status).toBe(400);
    expect((await soap(recorder, 'device', OPERATION, { password: 'moi' })).status).toBe(200);
  });
});

describe('HTTP digest', () => {
  interface Use {
    readonly password?: string;
    readonly count?: string;
    readonly algorithm?: string;
    readonly uri?: string;
  }
  const URI = '/onvif/device_service';

  async function challenge(of: SimulatedDevice): Promise<string> {
    const answer = await soap(of, 'device', OPERATION, null);
    expect(answer.status).toBe(401);
    return answer.headers.get('www-authenticate')!;
  }

  function authorization(challenges: string, use: Use = {}): Record<string, string> {
    const { algorithm = 'MD5', count = '00000001', uri = URI } = use;
    const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenges)?.[1];
    const hash = (text: string) =>
      createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
        .update(text)
        .digest('hex');
    const ha1 = hash(`admin:${field('realm')}:${use.password ?? PASSWORD}`);
    const response = hash(`${ha1}:${field('nonce')}:${count}:c0:auth:${hash(`POST:${uri}`)}`);
    const value = `Digest username="admin", realm="${field('realm')}", nonce="${field('nonce')}", uri="${uri}",
      algorithm=${algorithm}, qop=auth, nc=${count}, cnonce="c0", response="${response}"`;
    return { Authorization: value.replaceAll(/\s+/g, ' ') };
  }

  const ask = (of: SimulatedDevice, headers: Record<string, string>) =>
    soap(of, 'device', OPERATION, null, headers);

  test.each(['MD5', 'SHA-256'])('with %s is accepted', async (algorithm) => {
    const recorder = await device(footage);
    const challenges = await challenge(recorder);
    expect(challenges).toContain(`algorithm=${algorithm}`);
    expect((await ask(recorder, authorization(challenges, { algorithm }))).status).toBe(200);
  });

  test('a nonce may be used again with a higher count, not with the same', async () => {
    const recorder = await device(footage);
    const challenges = await challenge(recorder);
    const statuses: number[] = [];
    for (const count of ['00000001', '00000002', '00000002'])
      statuses.push((await ask(recorder, authorization(challenges, { count }))).status);
    expect(statuses).toEqual([200, 200, 401]);
  });

  test.each<[string, Use]>([
    ['a wrong password', { password: 'sai' }],
    ['another address than was asked', { uri: '/onvif/media_service' }],
  ])('%s is refused and counted', async (_, use) => {
    const recorder = await device(footage);
    const answer = await ask(recorder, authorization(await challenge(recorder), use));
    expect(answer.status).toBe(401);
    expect(recorder.credentials.refusal_count).toBe(1);
  });

  test('an old nonce is stale, which is no refusal', async () => {
    const time = new FakeTime(Date.now());
    const options: Partial<DeviceOptions> = { time, digest_nonce_life_ms: 5000 };
    const recorder = await device(footage, options);
    const challenges = await challenge(recorder);
    time.advance(5001);
    const answer = await ask(recorder, authorization(challenges));
    expect(answer.headers.get('www-authenticate')).toContain('stale=true');
    expect(recorder.credentials.refusal_count).toBe(0);
  });
});

describe('RTSP', () => {
  test('wants digest for everything but OPTIONS', async () => {
    const recorder = await device(footage);
    const rtsp = await client(recorder, 'sai');
    expect((await rtsp.request('OPTIONS', replayUri(recorder))).status).toBe(200);
    expect((await rtsp.request('DESCRIBE', replayUri(recorder))).status).toBe(401);
    expect(recorder.credentials.refusal_count).toBe(1);
  });
});
