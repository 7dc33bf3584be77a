import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CITY_DEFAULTS, type City, startCity } from '../src/index.ts';

const ask = (url: string, operation: string, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers,
    body: `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><${operation}/></s:Body></s:Envelope>`,
  });

describe('a simulated city', () => {
  let city: City;
  beforeAll(async () => {
    city = await startCity({ devices: 12, channels_per_device: 3, troubles: { closed: 0.25 } });
  });
  afterAll(async () => {
    await city.close();
  });

  test('gives every device an address of its own, and lets the share that is closed refuse connections', async () => {
    expect(new Set(city.device_urls.map((url) => new URL(url).host)).size).toBe(12);
    const answers = await Promise.allSettled(city.device_urls.map((url) => ask(url, 'GetSystemDateAndTime')));
    const refused = answers.filter(({ status }) => status === 'rejected').length;
    expect(refused).toBeGreaterThanOrEqual(2);
    expect(refused).toBeLessThanOrEqual(4);
  });

  test('tells the time to anybody and recordings to the account only', async () => {
    const url = city.device_urls[1]!;
    expect((await ask(url, 'GetSystemDateAndTime')).status).toBe(200);
    const before = await city.requestCount();
    const refusal = await ask(url, 'GetRecordingSearchResults');
    expect(refusal.status).toBe(401);
    const nonce = /nonce="([^"]+)/.exec(refusal.headers.get('www-authenticate') ?? '')?.[1];
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    const { username, password } = CITY_DEFAULTS;
    const [ha1, ha2] = [md5(`${username}:city:${password}`), md5(`POST:${new URL(url).pathname}`)];
    const response = md5(`${ha1}:${nonce}:00000001:c:auth:${ha2}`);
    const authorization = `Digest username="${username}", realm="city", nonce="${nonce}", uri="${new URL(url).pathname}", response="${response}", qop=auth, nc=00000001, cnonce="c"`;
    const answer = await ask(url, 'GetRecordingSearchResults', { Authorization: authorization });
    expect((await answer.text()).match(/<tt:RecordingInformation>/g)).toHaveLength(3);
    expect((await city.requestCount()) - before).toBe(2);
  });

  test('lets time pass for every device at once, and says who looked at a clock', async () => {
    const url = city.device_urls[1]!;
    const hour = async () =>
      Number(/<tt:Hour>(\d+)/.exec(await (await ask(`${url}?by=me`, 'GetSystemDateAndTime')).text())?.[1]);
    const before = await hour();
    await city.shiftTime(3_600_000);
    expect(await hour()).toBe((before + 1) % 24);
    expect((await city.clocksAsked()).filter(({ by }) => by === 'me')).toHaveLength(2);
  });
});
