import { CLOCK_SUSPICION_TEXTS, type ClockReading, suspectClock } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { createDeviceMemory } from '../../src/index.ts';
import { recorders, SIGNAL } from '../support/recorders.ts';
import { expectReadable, expectReadableError, failureOf } from '../support/technician.ts';

const HOUR_MS = 3_600_000;
const { start, clientOf } = recorders();

/** How far the device was from this host when it said its time, within a second. */
const differenceOf = (reading: ClockReading) =>
  Math.round((reading.device_time_ms - reading.received_at_ms) / 1000) * 1000;

describe('quirk 1: UTCDateTime holds local time, and tokens of true time are refused', () => {
  it('signs in by the device’s own time, measures seven hours, and says which setting is wrong', async () => {
    const device = await start({ sign_in: ['ws_security'], clock_offset_ms: 7 * HOUR_MS });
    const client = clientOf(device);
    expect((await client.describe(SIGNAL)).model).toBe('Testkit NVR');
    const reading = await client.readClock(SIGNAL);
    expect(Math.abs(differenceOf(reading) - 7 * HOUR_MS)).toBeLessThanOrEqual(1000);
    expect(suspectClock(reading)).toBe('vietnam_time_as_utc');
    expectReadable(CLOCK_SUSPICION_TEXTS.vietnam_time_as_utc, { vi: /7 giờ.*UTC\+7/, en: /7 hours.*UTC\+7/ });
    expect(device.credentials.refusal_count).toBe(0);
  });
});

describe('quirk 2: exactly one hour off', () => {
  it('signs in, measures the hour, and suspects daylight saving', async () => {
    const device = await start({ sign_in: ['ws_security'], clock_offset_ms: HOUR_MS });
    const client = clientOf(device);
    await client.profiles(SIGNAL);
    expect(suspectClock(await client.readClock(SIGNAL))).toBe('daylight_saving');
    expectReadable(CLOCK_SUSPICION_TEXTS.daylight_saving, { vi: /1 giờ.*Tắt/, en: /1 hour.*Switch it off/ });
    expect(device.credentials.refusal_count).toBe(0);
  });
});

describe('quirk 3: the clock starts again at its factory date when the device reboots', () => {
  it('is noticed at the next token, which is made anew, and is never taken for a wrong password', async () => {
    const device = await start({ sign_in: ['ws_security'] });
    const memory = createDeviceMemory();
    const client = clientOf(device, { memory });
    await client.readClock(SIGNAL);
    await client.recordings(SIGNAL);
    device.clock.step(Date.UTC(2000, 0, 1) - Date.now());
    expect((await client.describe(SIGNAL)).model).toBe('Testkit NVR');
    expect(memory.is_refused).toBe(false);
    expect(suspectClock(await client.readClock(SIGNAL))).toBe('reset');
    expectReadable(CLOCK_SUSPICION_TEXTS.reset, { vi: /pin/, en: /battery/ });
  });
});

describe('quirk 4: only local time, without a zone', () => {
  it('leaves the clock unknown with the reason, and the rest of the poll goes on', async () => {
    const device = await start({ quirks: { clock_answer: 'local_without_zone' } });
    const client = clientOf(device);
    expectReadableError(await failureOf(client.readClock(SIGNAL)), 'DEVICE_BROKEN', '127.0.0.1', {
      vi: /không có múi giờ/,
      en: /without a time zone/,
    });
    expect(await client.recordings(SIGNAL)).toHaveLength(3);
  });

  it('is read where the zone is told', async () => {
    const device = await start({ quirks: { clock_answer: 'local_with_zone' } });
    const reading = await clientOf(device).readClock(SIGNAL);
    expect(reading.method).toBe('onvif_local');
    expect(Math.abs(differenceOf(reading))).toBeLessThanOrEqual(1000);
  });
});

describe('quirk 5: GetSystemDateAndTime is missing', () => {
  it('leaves the clock unknown, and even tokens still work, made by our own time', async () => {
    const device = await start({ sign_in: ['ws_security'], quirks: { clock_answer: 'not_offered' } });
    const client = clientOf(device);
    expectReadableError(await failureOf(client.readClock(SIGNAL)), 'DEVICE_UNSUPPORTED', '127.0.0.1', {
      vi: /GetSystemDateAndTime.*Bật/,
      en: /GetSystemDateAndTime.*Switch it on/,
    });
    expect(await client.recordings(SIGNAL)).toHaveLength(3);
  });

  it('is asked of an account holder where nobody else is told, and next time at once', async () => {
    const device = await start({ sign_in: ['http_digest'], quirks: { clock_answer: 'account_only' } });
    const memory = createDeviceMemory();
    await clientOf(device, { memory }).readClock(SIGNAL);
    const before = device.http_request_count;
    await clientOf(device, { memory }).readClock(SIGNAL);
    expect(device.http_request_count - before).toBe(1);
  });
});

describe('quirk 6: "authorized time check failed" though NTP is right', () => {
  it('is told as what it is, after one more try, and never as a wrong password', async () => {
    const device = await start({ sign_in: ['ws_security'], quirks: { refuses_every_token_time: true } });
    const memory = createDeviceMemory();
    const client = clientOf(device, { memory });
    expectReadableError(await failureOf(client.describe(SIGNAL)), 'DEVICE_BROKEN', '127.0.0.1', {
      vi: /từ chối thời điểm.*chỉnh giờ/,
      en: /refuses the time.*set its clock/,
    });
    expect(memory.is_refused).toBe(false);
    expect(device.credentials.refusal_count).toBe(2);
    device.quirks.refuses_every_token_time = false;
    expect((await client.describe(SIGNAL)).model).toBe('Testkit NVR');
  });
});

describe('quirk 7: signs in, and is refused later because of drift', () => {
  it('reads the clock anew and goes on', async () => {
    const device = await start({ sign_in: ['ws_security'], token_age_ms_max: 60_000 });
    const memory = createDeviceMemory();
    const client = clientOf(device, { memory });
    await client.describe(SIGNAL);
    device.clock.step(-90_000);
    expect((await client.describe(SIGNAL)).model).toBe('Testkit NVR');
    device.clock.step(120_000);
    expect(await client.profiles(SIGNAL)).toHaveLength(3);
    expect(memory.is_refused).toBe(false);
  });
});

describe('quirk 8: the zone is hard-coded to GMT0', () => {
  it('does not count while UTC is stated', async () => {
    const device = await start({ quirks: { time_zone: 'GMT0' } });
    const reading = await clientOf(device).readClock(SIGNAL);
    expect(reading.method).toBe('onvif_utc');
    expect(Math.abs(differenceOf(reading))).toBeLessThanOrEqual(1000);
  });

  it('shows as an offset of seven hours where only local time is stated', async () => {
    const device = await start({ quirks: { time_zone: 'GMT0', clock_answer: 'local_with_zone' } });
    expect(suspectClock(await clientOf(device).readClock(SIGNAL))).toBe('vietnam_time_as_utc');
  });
});

describe('quirk 9: an impossible date', () => {
  it('is refused with its text, never rolled over into another year', async () => {
    const device = await start({ quirks: { clock_answer: 'impossible' } });
    expectReadableError(await failureOf(clientOf(device).readClock(SIGNAL)), 'DEVICE_BROKEN', '127.0.0.1', {
      vi: /2485-13-13 18:14:13 của nó không tồn tại/,
      en: /2485-13-13 18:14:13 does not exist/,
    });
  });

  it('gives way to a local time that does exist', async () => {
    const device = await start({ quirks: { clock_answer: 'impossible_utc' } });
    expect((await clientOf(device).readClock(SIGNAL)).method).toBe('onvif_local');
  });
});
