import { describe, expect, it } from 'vitest';
import { recorders, SIGNAL } from '../support/recorders.ts';
import { expectReadableError, failureOf } from '../support/technician.ts';

const { start, clientOf } = recorders();

describe('quirk 18: an undeclared prefix in the XML', () => {
  it('is read all the same, by local names', async () => {
    const device = await start({ quirks: { undeclared_prefix: true } });
    const client = clientOf(device);
    expect((await client.describe(SIGNAL)).manufacturer).toBe('Minh Chung');
    expect(await client.recordings(SIGNAL)).toHaveLength(3);
  });
});

describe('quirk 19: an invalid token in the XML', () => {
  it('is read where it is a bare &, as cameras write it into addresses', async () => {
    const device = await start({ quirks: { xml_damage: 'bare_ampersand' } });
    const client = clientOf(device);
    expect((await client.describe(SIGNAL)).manufacturer).toBe('Minh Chung&x=1');
    expect(await client.streamUri('Profile_1', SIGNAL)).toMatch(/\/live\/Profile_1&x=1$/);
  });

  it.each([
    ['control_character', { vi: /ký tự mà XML không mang được/, en: /a character that XML cannot carry/ }],
    ['cut_short', { vi: /XML bị đứt giữa chừng/, en: /XML that ends before it is complete/ }],
  ] as const)('is an error that says what is wrong: %s', async (xml_damage, about) => {
    const device = await start({ quirks: { xml_damage } });
    const error = await failureOf(clientOf(device).readClock(SIGNAL));
    expectReadableError(error, 'DEVICE_BROKEN', '127.0.0.1', about);
  });
});

describe('quirk 20: an empty answer unless the Content-Type names the action', () => {
  it('is not met, for every question names it', async () => {
    const device = await start({ quirks: { needs_action: true } });
    const client = clientOf(device);
    expect((await client.describe(SIGNAL)).model).toBe('Testkit NVR');
    expect(await client.recordings(SIGNAL)).toHaveLength(3);
  });
});

describe('quirk 21: closes the connection without an answer', () => {
  it('costs nothing where it does so to kept connections', async () => {
    const device = await start({ quirks: { closes_without_answer: 'kept_connections' } });
    const client = clientOf(device);
    for (let question = 0; question < 4; question += 1) {
      expect((await client.describe(SIGNAL)).model).toBe('Testkit NVR');
    }
  });

  it('is an error that says so where it always does', async () => {
    const device = await start({ quirks: { closes_without_answer: 'always' } });
    const error = await failureOf(clientOf(device).readClock(SIGNAL));
    expectReadableError(error, 'DEVICE_BROKEN', '127.0.0.1', {
      vi: /đóng kết nối mà không trả lời/,
      en: /closed the connection without an answer/,
    });
  });
});

describe('quirk 22: a very slow device', () => {
  it('ends at the deadline, counted from the question', async () => {
    const device = await start({ faults: { answer_delay_ms: 5_000 } });
    const before_ms = performance.now();
    const error = await failureOf(clientOf(device, { deadline_ms: 150 }).readClock(SIGNAL));
    expect(performance.now() - before_ms).toBeLessThan(2_000);
    expectReadableError(error, 'DEVICE_TIMEOUT', '127.0.0.1', {
      vi: /không trả lời trong 150 ms.*Thử lại/,
      en: /did not answer within 150 ms.*Try again/,
    });
  });

  it('keeps one deadline for the many answers of one question', async () => {
    const device = await start({ faults: { answer_delay_ms: 120 } });
    const client = clientOf(device, { search_deadline_ms: 200 });
    expect((await failureOf(client.recordings(SIGNAL))).code).toBe('DEVICE_TIMEOUT');
  });

  it('is waited for within the deadline', async () => {
    const device = await start({ faults: { answer_delay_ms: 120 } });
    expect(await clientOf(device).recordings(SIGNAL)).toHaveLength(3);
  });
});
