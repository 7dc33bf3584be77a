import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordedFootage } from '../src/index.ts';
import { bench, range, replayUri } from './support/bench.ts';
import { smallFootage } from './support/small-footage.ts';
import { soap } from './support/soap-test-client.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const { device, client } = bench();
const OPERATION = '<GetDeviceInformation/>';
let footage: RecordedFootage;

beforeAll(async () => {
  footage = await smallFootage(folder, 'plain');
});

describe('offline', () => {
  test('a device that was never online refuses connections at the ports it will have', async () => {
    const recorder = await device(footage, { offline: true });
    await expect(client(recorder)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await recorder.goOnline();
    expect((await soap(recorder, 'device', OPERATION)).status).toBe(200);
  });

  test('going offline cuts a replay and coming back serves it at the same address', async () => {
    const recorder = await device(footage);
    const uri = replayUri(recorder);
    const rtsp = await client(recorder);
    await rtsp.play(uri, { ...range(0, 10_000), 'Rate-Control': 'yes' });
    await recorder.goOffline();
    await expect(rtsp.untilBye()).rejects.toThrow('closed');
    await recorder.goOnline();
    expect(replayUri(recorder)).toBe(uri);
    const again = await client(recorder);
    await again.play(uri, range(0, 10_000));
    await again.untilBye();
  });
});

describe('replay', () => {
  test('drops the connection after the bytes asked for', async () => {
    const recorder = await device(footage, { faults: { rtsp_drop_after_bytes: 20_000 } });
    const rtsp = await client(recorder);
    await rtsp.play(replayUri(recorder), range(0, 10_000));
    await expect(rtsp.untilBye()).rejects.toThrow('closed');
    const received_bytes = rtsp.packets.reduce((sum, packet) => sum + packet.data.length + 4, 0);
    expect(received_bytes).toBeGreaterThan(0);
    expect(received_bytes).toBeLessThanOrEqual(20_000);
  });

  test('stalls after the bytes asked for, with the connection left open', async () => {
    const recorder = await device(footage, { faults: { rtsp_stall_after_bytes: 20_000 } });
    const rtsp = await client(recorder);
    const { session } = await rtsp.play(replayUri(recorder), range(0, 10_000));
    const alive = await rtsp.request('GET_PARAMETER', replayUri(recorder), { Session: session });
    expect(alive.status).toBe(200);
    expect(rtsp.packets.some((packet) => packet.channel === 1)).toBe(false);
  });
});

describe('SOAP', () => {
  test('a slow device answers late', async () => {
    const recorder = await device(footage, { faults: { answer_delay_ms: 250 } });
    const started_ms = performance.now();
    await soap(recorder, 'device', OPERATION);
    expect(performance.now() - started_ms).toBeGreaterThan(240);
  });

  test('addresses may name a host that cannot be reached', async () => {
    const recorder = await device(footage, { faults: { advertised_host: '192.168.1.20:80' } });
    expect((await soap(recorder, 'device', '<GetServices/>')).text).toContain(
      'http://192.168.1.20:80/onvif/media_service',
    );
  });

  test('any answer may be replaced by another, knowing the true one', async () => {
    const recorder = await device(footage);
    recorder.faults.force_answer = (operation, truth) =>
      operation === 'GetDeviceInformation' ? { status: 200, body: truth.replace('Testkit', 'Khác') } : null;
    expect((await soap(recorder, 'device', OPERATION)).text).toContain('Khác NVR');
    expect((await soap(recorder, 'device', '<GetHostname/>')).text).toContain('Testkit NVR');
  });

  test.each([
    ['closed without an answer', { close: true } as const],
    ['cut short', { truncated_body: '<?xml', missing_bytes: 10 }],
  ])('an answer may be %s', async (_, answer) => {
    const recorder = await device(footage);
    recorder.faults.force_answer = () => answer;
    await expect(soap(recorder, 'device', OPERATION)).rejects.toThrow();
  });

  test('an answer may trickle', async () => {
    const recorder = await device(footage);
    recorder.faults.force_answer = () => ({ trickled_body: '12345', interval_ms: 20 });
    const started_ms = performance.now();
    expect((await soap(recorder, 'device', OPERATION)).text).toBe('12345');
    expect(performance.now() - started_ms).toBeGreaterThan(90);
  });
});
