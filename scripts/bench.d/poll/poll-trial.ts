import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SweepReport } from '@minhchung/poller';
import type { StoreOptions } from '@minhchung/store';
import { type City, type CityOptions, startCity } from '@minhchung/testkit';
import { Child } from '../child.ts';
import type { BaselineOptions } from './baseline-process.ts';
import type { PollProcessOptions, SweepAnswer } from './poll-process.ts';
import { registerCity } from './register-city.ts';
import type { Usage } from './usage.ts';

export interface TrialOptions {
  /** Where its files may lie. */
  readonly folder: string;
  readonly devices: number;
  readonly troubles: CityOptions['troubles'];
  readonly concurrency: number;
  readonly period_ms: number;
  /** Connection string of an empty database; null: SQLite. */
  readonly postgres: string | null;
}

/** One sweep: what it cost and what it found. */
export interface TrialSweep extends Usage {
  readonly requests: number;
  readonly by_state: SweepReport['by_state'];
}

/** As `minhchung serve` starts its poller. */
const POLLER_NODE_OPTIONS = ['--max-semi-space-size=8'];
const DEVICE_DEADLINE_MS = 30_000;

/** A city in processes of its own, registered in a database of its own, and a poller process. */
export class PollTrial {
  readonly #options: TrialOptions;
  readonly #city: City;
  readonly #poller: Child;
  #baseline: Child | null = null;

  private constructor(options: TrialOptions, city: City, poller: Child) {
    this.#options = options;
    this.#city = city;
    this.#poller = poller;
  }

  static async start(options: TrialOptions): Promise<PollTrial> {
    const { folder, devices, troubles, concurrency, period_ms, postgres } = options;
    const name = `${devices}-${Date.now()}`;
    const store: StoreOptions =
      postgres === null
        ? { engine: 'sqlite', path: join(folder, `${name}.db`) }
        : { engine: 'postgres', connection_string: postgres };
    const key_path = join(folder, `${name}.key`);
    const city = await startCity({ devices, troubles });
    await registerCity(store, key_path, city.device_urls, 1);
    const device_deadline_ms = DEVICE_DEADLINE_MS;
    const poll: PollProcessOptions = { store, key_path, concurrency, device_deadline_ms, period_ms };
    const profiling = process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [];
    const node_options = [...POLLER_NODE_OPTIONS, ...profiling];
    return new PollTrial(options, city, await Child.start('poll/poll-process.ts', poll, node_options));
  }

  /** Lets that much time pass for poller and devices, then sweeps. */
  async sweep(shift_ms: number): Promise<TrialSweep> {
    await this.#city.shiftTime(shift_ms);
    const before = await this.#city.requestCount();
    const { report, usage } = await this.#poller.ask<SweepAnswer>({ shift_ms });
    return { ...usage, requests: (await this.#city.requestCount()) - before, by_state: report.by_state };
  }

  /** Writes down what a steady sweep asks, for the baseline to ask again. */
  async prepareBaseline(shift_ms: number): Promise<void> {
    await this.#city.record();
    await this.sweep(shift_ms);
    const questions_path = join(this.#options.folder, `${this.#options.devices}-questions.json`);
    await writeFile(
      questions_path,
      JSON.stringify({ device_urls: this.#city.device_urls, asked: await this.#city.recorded() }),
    );
    const { concurrency } = this.#options;
    const options: BaselineOptions = { questions_path, concurrency };
    this.#baseline = await Child.start('poll/baseline-process.ts', options);
    await this.baseline();
  }

  baseline(): Promise<Usage> {
    return this.#baseline!.ask<Usage>({});
  }

  async close(): Promise<void> {
    await this.#poller.close();
    await this.#baseline?.close();
    await this.#city.close();
  }
}
