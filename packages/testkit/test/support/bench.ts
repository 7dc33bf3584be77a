import { afterAll } from 'vitest';
import {
  type DeviceOptions,
  type RecordedFootage,
  type SimulatedDevice,
  startDevice,
} from '../../src/index.ts';
import { RtspTestClient } from './rtsp-test-client.ts';
import { START_MS } from './small-footage.ts';

export const PASSWORD = 'mat-khau 1&';
export const OFFSET_MS = 41 * 60_000 + 7;

/** Starts devices and clients for one test file and ends them when its tests are done. */
export function bench() {
  const open: { close(): unknown }[] = [];
  afterAll(async () => {
    for (const one of open.toReversed()) await one.close();
  });
  return {
    async device(footage: RecordedFootage, change: Partial<DeviceOptions> = {}): Promise<SimulatedDevice> {
      const channels = [{ name: 'Cổng chợ & <1>', footage }];
      const started = await startDevice({
        password: PASSWORD,
        clock_offset_ms: OFFSET_MS,
        channels,
        ...change,
      });
      open.push(started);
      return started;
    },
    async client(of: SimulatedDevice, password = PASSWORD): Promise<RtspTestClient> {
      const opened = await RtspTestClient.open(of.rtsp_port, password);
      open.push(opened);
      return opened;
    },
  };
}

/** Replay address of the first channel. */
export function replayUri(of: SimulatedDevice): string {
  return `rtsp://127.0.0.1:${of.rtsp_port}/replay/Recording_1`;
}

/** Range header that asks for `[from_ms, to_ms)` after the start of the footage, in device time. */
export function range(from_ms: number, to_ms: number, offset_ms = OFFSET_MS): { Range: string } {
  const clock = (ms: number) => new Date(START_MS + offset_ms + ms).toISOString().replaceAll(/[-:]/g, '');
  return { Range: `clock=${clock(from_ms)}-${clock(to_ms)}` };
}
