import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordFootage } from '@minhchung/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReplayClient } from '../../src/index.ts';
import { PASSWORD, recorders, SIGNAL, START_MS } from '../support/recorders.ts';
import { expectReadableError, failureOf } from '../support/technician.ts';

const { start, clientOf } = recorders();

describe('quirk 24: recordings are listed only after being created over ONVIF', () => {
  it('is a recorder that answers and lists none; whoever wants one of them is told why', async () => {
    const device = await start({ quirks: { lists_no_recordings: true } });
    const client = clientOf(device);
    expect(await client.recordings(SIGNAL)).toEqual([]);
    const span = { start_ms: START_MS, end_ms: START_MS + 1_000 };
    const error = await failureOf(client.recordedSpans('Recording_1', span, SIGNAL));
    expectReadableError(error, 'DEVICE_BROKEN', '127.0.0.1', {
      vi: /không liệt kê bản ghi nào.*tạo qua ONVIF/,
      en: /lists no recording at all.*created over ONVIF/,
    });
  });
});

describe('quirk 25: the time filter is ignored and everything returned', () => {
  it('holds what it holds within the span asked for, and nothing beyond', async () => {
    const device = await start({ quirks: { ignores_time_filter: true } });
    const asked = { start_ms: START_MS + 500, end_ms: START_MS + 1_500 };
    expect(await clientOf(device).recordedSpans('Recording_1', asked, SIGNAL)).toEqual([asked]);
    const before = { start_ms: START_MS - 60_000, end_ms: START_MS - 30_000 };
    expect(await clientOf(device).recordedSpans('Recording_1', before, SIGNAL)).toEqual([]);
  });
});

describe('quirk 26: stamps 25 frames a second and delivers 21', () => {
  const DURATION_MS = 6_000;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quirk-26-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is replayed at the rate it really recorded, each frame with its own time', async () => {
    const footage = await recordFootage({
      directory: join(folder, 'footage'),
      camera_name: 'Chợ',
      start_true_ms: START_MS,
      duration_ms: DURATION_MS,
      width: 176,
      height: 144,
      fps: 21,
    });
    const channels = [{ name: 'Chợ', footage }];
    const device = await start({ channels, quirks: { stamped_fps: 25 } });
    const uri = await clientOf(device).replayUri('Recording_1', SIGNAL);
    const address = { device_url: device.device_url, username: 'admin', password: PASSWORD };
    const device_span = { start_ms: START_MS, end_ms: START_MS + DURATION_MS };
    const times_us: number[] = [];
    for await (const event of createReplayClient().replay({ uri, device_span, address }, SIGNAL)) {
      if (event.type === 'unit') times_us.push(event.unit.device_time_us);
    }
    expect(times_us).toEqual(device.stampedFrames(1).map((frame) => frame.device_time_us));
    const fps = ((times_us.length - 1) * 1_000_000) / (times_us.at(-1)! - times_us[0]!);
    expect(fps).toBeCloseTo(21, 1);
  });
});
