import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordedFootage } from '../src/index.ts';
import { bench, OFFSET_MS, range, replayUri } from './support/bench.ts';
import { depacketize } from './support/depacketize.ts';
import { START_MS, smallFootage } from './support/small-footage.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const { device, client } = bench();
let footage: RecordedFootage;

beforeAll(async () => {
  footage = await smallFootage(folder, 'plain', { gop_ms: 1000 });
});

test('the description names codec, parameter sets and track', async () => {
  const recorder = await device(footage);
  const reply = await (await client(recorder)).request('DESCRIBE', replayUri(recorder));
  const [sps] = footage.parameter_sets.sps;
  expect(reply.body).toContain('a=rtpmap:96 H264/90000');
  expect(reply.body).toContain(`sprop-parameter-sets=${Buffer.from(sps!).toString('base64')},`);
  expect(reply.body).toContain('a=x-onvif-track:VIDEO001');
});

test('a PLAY is answered with a range cut to whole seconds', async () => {
  const recorder = await device(footage);
  const { reply } = await (await client(recorder)).play(replayUri(recorder), range(2500, 4200));
  const second = (ms: number) => `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const base_ms = START_MS + OFFSET_MS;
  expect(reply.headers.range).toBe(`clock=${second(base_ms + 2500)}-${second(base_ms + 4200)}`);
});

test('a second PLAY in the same session gives the second range', async () => {
  const recorder = await device(footage);
  const rtsp = await client(recorder);
  const { session } = await rtsp.play(replayUri(recorder), range(0, 1000));
  await rtsp.untilBye();
  rtsp.packets.length = 0;
  const headers = { Session: session, 'Rate-Control': 'no', ...range(5000, 6000) };
  await rtsp.request('PLAY', replayUri(recorder), headers);
  await rtsp.untilBye();
  expect(depacketize(rtsp.packets).at(-1)!.device_time_us).toBe((START_MS + OFFSET_MS + 5920) * 1000);
});

test('PAUSE stops the pictures and PLAY goes on behind the last one', async () => {
  const recorder = await device(footage);
  const rtsp = await client(recorder);
  const uri = replayUri(recorder);
  const { session } = await rtsp.play(uri, { ...range(0, 10_000), 'Rate-Control': 'yes' });
  await rtsp.until(() => rtsp.packets.length > 2);
  await rtsp.request('PAUSE', uri, { Session: session });
  const before = depacketize(rtsp.packets);
  const already = rtsp.packets.length;
  await rtsp.request('PLAY', uri, { Session: session, 'Rate-Control': 'no' });
  await rtsp.untilBye();
  const times = depacketize(rtsp.packets.slice(already)).map((unit) => unit.device_time_us);
  const reached_us = before.at(-1)!.device_time_us;
  expect(before.length).toBeLessThan(footage.frames.length);
  expect(times.filter((time) => time > reached_us)).toHaveLength(footage.frames.length - before.length);
});

test('rate control paces a replay at the speed of the recording', async () => {
  const recorder = await device(footage);
  const rtsp = await client(recorder);
  const started_ms = performance.now();
  await rtsp.play(replayUri(recorder), { ...range(0, 1000), 'Rate-Control': 'yes' });
  await rtsp.untilBye();
  expect(performance.now() - started_ms).toBeGreaterThan(900);
});

test('TEARDOWN ends the session and leaves the connection', async () => {
  const recorder = await device(footage);
  const rtsp = await client(recorder);
  const uri = replayUri(recorder);
  const { session } = await rtsp.play(uri, range(0, 10_000));
  expect((await rtsp.request('TEARDOWN', uri, { Session: session })).status).toBe(200);
  expect((await rtsp.request('GET_PARAMETER', uri, { Session: session })).status).toBe(454);
});

test('GET_PARAMETER keeps a session that would time out without it', async () => {
  const recorder = await device(footage, { rtsp_session_timeout_ms: 300 });
  const rtsp = await client(recorder);
  const uri = replayUri(recorder);
  const { session } = await rtsp.play(uri, range(0, 1000));
  const started_ms = performance.now();
  while (performance.now() - started_ms < 700) {
    expect((await rtsp.request('GET_PARAMETER', uri, { Session: session })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await expect(rtsp.until(() => false)).rejects.toThrow('closed');
});

describe('a request that cannot be met is answered with the status of the standard', () => {
  test.each([
    ['a span in which nothing is held', 457, range(60_000, 70_000)],
    ['a range in another form', 457, { Range: 'clock=2026-11-22T01:02:03Z-' }],
    ['a feature nobody knows', 551, { ...range(0, 1000), Require: 'time-travel' }],
  ])('%s', async (_, status, headers) => {
    const recorder = await device(footage);
    const { reply } = await (await client(recorder)).play(replayUri(recorder), headers);
    expect(reply.status).toBe(status);
  });

  test('an unknown recording', async () => {
    const recorder = await device(footage);
    const uri = `rtsp://127.0.0.1:${recorder.rtsp_port}/replay/Recording_9`;
    expect((await (await client(recorder)).request('DESCRIBE', uri)).status).toBe(404);
  });

  test('UDP', async () => {
    const recorder = await device(footage);
    const rtsp = await client(recorder);
    const headers = { Transport: 'RTP/AVP;unicast;client_port=5000-5001' };
    expect((await rtsp.request('SETUP', `${replayUri(recorder)}/trackID=0`, headers)).status).toBe(461);
  });
});
