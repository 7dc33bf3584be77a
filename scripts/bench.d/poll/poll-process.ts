/** The poller of the bench, in a process of its own: the very parts that the product runs, against a real database. */
import { randomUUID } from 'node:crypto';
import type { DeviceAddress, DeviceClient, DeviceMemory } from '@minhchung/domain';
import {
  createDeviceClient,
  createDeviceMemory,
  createHttpPool,
  createRefusedCredentials,
} from '@minhchung/onvif';
import { RecorderMemory, type SweepReport, sweep } from '@minhchung/poller';
import { openSecretBox, openStore, type StoreOptions } from '@minhchung/store';
import { obey } from '../child.ts';
import { measured, type Usage } from './usage.ts';

export interface PollProcessOptions {
  readonly store: StoreOptions;
  readonly key_path: string;
  readonly concurrency: number;
  readonly device_deadline_ms: number;
  readonly period_ms: number;
}

/** Lets that much time pass at once, then sweeps. */
export interface SweepOrder {
  readonly shift_ms: number;
}

export interface SweepAnswer {
  readonly report: SweepReport;
  readonly usage: Usage;
}

const options = JSON.parse(process.argv[2]!) as PollProcessOptions;
const store = await openStore(options.store);
const secrets = await openSecretBox(options.key_path);
const refused = createRefusedCredentials();
const memory = new RecorderMemory(250_000);
let shift_ms = 0;
const time = { now_ms: () => performance.timeOrigin + performance.now() + shift_ms };

/** As the product has it: connections live as long as their client. */
function openDevice(address: DeviceAddress, device_memory: DeviceMemory | undefined): DeviceClient {
  const pool = createHttpPool();
  const client = createDeviceClient({ address, time, pool, refused, memory: device_memory });
  return { ...client, close: async () => pool.close() };
}

async function run(order: SweepOrder): Promise<SweepAnswer> {
  shift_ms += order.shift_ms;
  const { result: report, usage } = await measured(() =>
    sweep(
      {
        ...{ store, secrets, time, memory, createDeviceMemory, everything: true, networks: null },
        logger: { info() {}, warn() {}, error: (...told: unknown[]) => console.error(...told) },
        openDevice,
        hostClock: async () => ({ synchronised: true, bound_ms: 20 }),
        measurement: { target_width_ms: 100, readings_max: 8, drift_ppm: 100 },
        poller_id: randomUUID(),
        nextSweep: (after_ms) => after_ms + options.period_ms,
        cooldown: { failures_free: 3, pause_ms_max: 900_000 },
        work_list: null,
        concurrency: options.concurrency,
        device_deadline_ms: options.device_deadline_ms,
        stale_ms: 300_000,
      },
      new AbortController().signal,
    ),
  );
  return { report, usage };
}

await obey(run, () => store.close());
