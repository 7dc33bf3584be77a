/** Run as a process of its own: `node polling-process.ts OPTIONS_JSON` polls on schedule until it is killed. */
import { createDeviceClient, createDeviceMemory, createRefusedCredentials } from '@minhchung/onvif';
import { openSecretBox, openStore, type StoreOptions } from '@minhchung/store';
import { pino } from 'pino';
import { createPoller, nextSweepOf, RecorderMemory } from '../src/index.ts';

export interface PollingProcessOptions {
  readonly name: string;
  readonly store: StoreOptions;
  readonly key_path: string;
  readonly schedule: string;
  readonly concurrency: number;
}

const options = JSON.parse(process.argv[2]!) as PollingProcessOptions;
const time = { now_ms: () => Date.now() };
const refused = createRefusedCredentials();
const poller = createPoller({
  ...{ time, createDeviceMemory, networks: null, work_list: null, jitter_ms: 0 },
  store: await openStore(options.store),
  secrets: await openSecretBox(options.key_path),
  logger: pino({ level: 'silent' }),
  // The device learns from its address who asks.
  openDevice(address, memory) {
    const asked = { ...address, device_url: `${address.device_url}?by=${options.name}` };
    return createDeviceClient({ address: asked, time, refused, memory });
  },
  memory: new RecorderMemory(1_000),
  // Nothing is learned of clocks: one reading a poll, at once.
  hostClock: async () => ({ synchronised: false, bound_ms: 0 }),
  measurement: { target_width_ms: 100, readings_max: 1, drift_ppm: 100 },
  poller_id: options.name,
  schedule: options.schedule,
  nextSweep: nextSweepOf(options.schedule),
  cooldown: { failures_free: 3, pause_ms_max: 60_000 },
  concurrency: options.concurrency,
  device_deadline_ms: 1_500,
  stale_ms: 300_000,
});
poller.start();
process.send?.('started');
