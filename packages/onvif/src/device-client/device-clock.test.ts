import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, civil, dateAndTime, fault, startHttpServer } from '../../test/loopback/http-server.ts';
import { createDeviceClient } from './device-client.ts';
import { posixZoneOffset_ms } from './posix-zone.ts';

const SIGNAL = new AbortController().signal;
const FIELDS = [2026, 11, 22, 8, 0, 10] as const;
const EIGHT = Date.UTC(2026, 10, 22, 8, 0, 10);
const HOUR = 3_600_000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function read(answer: Answer, username: string | null = null) {
  const server = await startHttpServer(answer);
  closing.push(() => server.close());
  const address = { device_url: server.device_url, username, password: username };
  let now_ms = 1_000.25;
  const client = createDeviceClient({ address, time: { now_ms: () => (now_ms += 0.5) } });
  closing.push(() => client.close());
  return await client.readClock(SIGNAL);
}

const saying =
  (content: string): Answer =>
  (_, response) =>
    response.end(dateAndTime(content));

const zone = (tz: string, daylight = false) =>
  `<tt:DaylightSavings>${daylight}</tt:DaylightSavings><tt:TimeZone><tt:TZ>${tz}</tt:TZ></tt:TimeZone>`;

describe('reading a device clock', () => {
  it.each<[string, string, number, string]>([
    ['UTC', civil('UTCDateTime', FIELDS), EIGHT, 'onvif_utc'],
    [
      'UTC before local time',
      civil('UTCDateTime', FIELDS) + civil('LocalDateTime', [2026, 11, 22, 15, 0, 10]) + zone('ICT-7'),
      EIGHT,
      'onvif_utc',
    ],
    [
      'local time with a zone',
      civil('LocalDateTime', FIELDS) + zone('ICT-7'),
      EIGHT - 7 * HOUR,
      'onvif_local',
    ],
    [
      'local time in summer',
      civil('LocalDateTime', FIELDS) + zone('EST5EDT,M3.2.0,M11.1.0', true),
      EIGHT + 4 * HOUR,
      'onvif_local',
    ],
    [
      'local time where UTC is impossible',
      civil('UTCDateTime', [2485, 13, 13, 18, 14, 13]) + civil('LocalDateTime', FIELDS) + zone('ICT-7'),
      EIGHT - 7 * HOUR,
      'onvif_local',
    ],
  ])('takes %s', async (_, content, device_time_ms, method) => {
    expect(await read(saying(content))).toMatchObject({ device_time_ms, method, resolution_ms: 1000 });
  });

  it.each([
    ['month 13', civil('UTCDateTime', [2026, 13, 1, 0, 0, 0]), /13-1 0:0:0 does not exist/],
    ['hour 24', civil('UTCDateTime', [2026, 1, 1, 24, 0, 0]), /does not exist/],
    ['30 February', civil('UTCDateTime', [2026, 2, 30, 0, 0, 0]), /does not exist/],
    ['second 60', civil('UTCDateTime', [2026, 1, 1, 0, 0, 60]), /does not exist/],
    ['text for numbers', civil('UTCDateTime', ['x', 1, 1, 0, 0, 0]), /does not exist/],
    ['local time without a zone', civil('LocalDateTime', [1979, 1, 1, 0, 0, 0]), /without a time zone/],
    ['a zone nobody understands', civil('LocalDateTime', FIELDS) + zone('Saigon'), /"Saigon"/],
    ['no time at all', '', /states no time/],
  ])('refuses %s and says why', async (_, content, reason) => {
    const error = await read(saying(content)).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'DEVICE_BROKEN' });
    expect(error.message).toMatch(reason);
  });

  it('says so where the device does not tell the time', async () => {
    const answer: Answer = (_, response) => response.writeHead(400).end(fault('ActionNotSupported'));
    await expect(read(answer)).rejects.toMatchObject({
      code: 'DEVICE_UNSUPPORTED',
      details: { feature: 'GetSystemDateAndTime' },
    });
  });

  it('asks without an account, and with one only where the device insists', async () => {
    const answer: Answer = (post, response) => {
      if (post.headers.authorization === undefined) {
        response.writeHead(401, { 'WWW-Authenticate': 'Digest realm="r", nonce="n"' }).end();
      } else response.end(dateAndTime(civil('UTCDateTime', FIELDS)));
    };
    expect(await read(answer, 'admin')).toMatchObject({ device_time_ms: EIGHT });
    await expect(read(answer)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
  });

  it('puts its instants close around the question, finer than a millisecond', async () => {
    const reading = await read(saying(civil('UTCDateTime', FIELDS)));
    expect(reading.received_at_ms - reading.sent_at_ms).toBe(0.5);
  });

  it('does not count the time in which the connection is made', async () => {
    const server = await startHttpServer(saying(civil('UTCDateTime', FIELDS)));
    closing.push(() => server.close());
    const instants: number[] = [];
    const time = { now_ms: () => instants.push(performance.now()) };
    const client = createDeviceClient({
      address: { device_url: server.device_url, username: null, password: null },
      time,
    });
    closing.push(() => client.close());
    const { sent_at_ms, received_at_ms } = await client.readClock(SIGNAL);
    // `now_ms` answers how often it was asked: the last question before the answer came is the one that counts.
    expect(received_at_ms - sent_at_ms).toBe(1);
    expect(sent_at_ms).toBe(2);
  });
});

describe('POSIX time zones', () => {
  it.each<[string, boolean, number | null]>([
    ['ICT-7', false, 7],
    ['<+07>-7', false, 7],
    ['CST-8:00:00', false, 8],
    ['IST-5:30', false, 5.5],
    ['EST5', false, -5],
    ['GMT0', false, 0],
    ['UTC', false, 0],
    ['EST5EDT', true, -4],
    ['CET-1CEST-2,M3.5.0,M10.5.0/3', true, 2],
    ['CET-1CEST,M3.5.0,M10.5.0/3', false, 1],
    ['ICT-7', true, null],
    ['UTC', true, null],
    ['Asia/Ho_Chi_Minh', false, null],
    ['ICT-25', false, null],
    ['7', false, null],
    ['', false, null],
  ])('reads %s (daylight %s)', (text, is_daylight, hours) => {
    expect(posixZoneOffset_ms(text, is_daylight)).toBe(hours === null ? null : hours * HOUR);
  });
});
