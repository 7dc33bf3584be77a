import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceAddress, ReplayUnit, Span } from '@minhchung/domain';
import { createReplayClient } from '@minhchung/onvif';
import { type RecordedFootage, type RecordFootageOptions, recordFootage } from '@minhchung/testkit';
import { afterAll, beforeAll } from 'vitest';
import { type ReplayServer, type ReplayServerOptions, startReplayServer } from './replay-server.ts';

/** When the footage of these tests begins, by the clock that stamps it. */
export const START_MS = Date.UTC(2026, 10, 22, 5, 0, 0);
export const SIGNAL = new AbortController().signal;
export const ADDRESS: DeviceAddress = { device_url: 'http://127.0.0.1/', username: null, password: null };

/**
 * Longer than a test may take: a replay that ends within a test has ended because the server said so, not because
 * somebody's patience was over.
 */
const STALL_MS = 10 * 60_000;

export const span = (from_ms: number, to_ms: number): Span => ({
  start_ms: START_MS + from_ms,
  end_ms: START_MS + to_ms,
});

export interface ForeignWorld {
  readonly folder: string;
  /** 12 s of CIF and smaller, a keyframe every 2 s. */
  record(name: string, shape: Partial<RecordFootageOptions>): Promise<RecordedFootage>;
  serve(options: ReplayServerOptions): Promise<ReplayServer>;
}

/** A folder and servers that end with the test file. */
export function foreignWorld(): ForeignWorld {
  const servers: ReplayServer[] = [];
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minhchung-foreign-'));
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await rm(folder, { recursive: true });
  });
  return {
    get folder() {
      return folder;
    },
    record: (name, shape) =>
      recordFootage({
        directory: join(folder, name),
        camera_name: 'Ngõ 5',
        start_true_ms: START_MS,
        duration_ms: 12_000,
        width: 320,
        height: 180,
        gop_ms: 2_000,
        ...shape,
      }),
    async serve(options) {
      const server = await startReplayServer(options);
      servers.push(server);
      return server;
    },
  };
}

/** Everything our client makes of a span. */
export async function replayUnits(uri: string, device_span: Span): Promise<ReplayUnit[]> {
  const client = createReplayClient({ stall_ms: STALL_MS });
  const units: ReplayUnit[] = [];
  for await (const event of client.replay({ uri, device_span, address: ADDRESS }, SIGNAL)) {
    if (event.type === 'unit') units.push(event.unit);
  }
  return units;
}
