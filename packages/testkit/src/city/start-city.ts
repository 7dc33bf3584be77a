import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CITY_DEVICES_PER_PROCESS_MAX } from '../limits.ts';
import type { CityOptions } from './city-plan.ts';
import type { CityOrder } from './city-process.ts';
import type { AskedQuestion, ClockAsked } from './city-server.ts';

/** A running city, in processes of its own. */
export interface City {
  /** Device service addresses, by number. */
  readonly device_urls: readonly string[];
  /** Requests all devices have got so far. */
  requestCount(): Promise<number>;
  /** Lets time pass at once for every device. */
  shiftTime(by_ms: number): Promise<void>;
  /** Keeps every question from now on, until `recorded` takes them. */
  record(): Promise<void>;
  recorded(): Promise<AskedQuestion[]>;
  clocksAsked(): Promise<ClockAsked[]>;
  close(): Promise<void>;
}

/** What a city is unless something else is said. */
export const CITY_DEFAULTS: Omit<CityOptions, 'devices'> = {
  ...{ first: 0, channels_per_device: 1, sign_in: 'http_digest' },
  ...{ username: 'admin', password: 'mat-khau-thu', troubles: {}, slow_ms: 3_000 },
};

/** Starts a city; a large one in several processes, for each may have only so many files open. */
export async function startCity(options: Partial<CityOptions> & Pick<CityOptions, 'devices'>): Promise<City> {
  const whole: CityOptions = { ...CITY_DEFAULTS, ...options };
  const quarters: Quarter[] = [];
  for (let first = whole.first; first < whole.first + whole.devices; first += CITY_DEVICES_PER_PROCESS_MAX) {
    const devices = Math.min(CITY_DEVICES_PER_PROCESS_MAX, whole.first + whole.devices - first);
    quarters.push(await Quarter.start({ ...whole, first, devices }));
  }
  const all = <T>(order: CityOrder) => Promise.all(quarters.map((quarter) => quarter.ask<T>(order)));
  return {
    device_urls: quarters.flatMap((quarter) => quarter.device_urls),
    requestCount: async () => (await all<number>({ order: 'count' })).reduce((sum, count) => sum + count, 0),
    shiftTime: async (by_ms) => void (await all({ order: 'shift', by_ms })),
    record: async () => void (await all({ order: 'record' })),
    recorded: async () => (await all<AskedQuestion[]>({ order: 'recorded' })).flat(),
    clocksAsked: async () => (await all<ClockAsked[]>({ order: 'clocks_asked' })).flat(),
    close: async () => void (await Promise.all(quarters.map((quarter) => quarter.close()))),
  };
}

/** One process of the city. */
class Quarter {
  readonly device_urls: readonly string[];
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, device_urls: readonly string[]) {
    this.#process = process;
    this.device_urls = device_urls;
  }

  static async start(options: CityOptions): Promise<Quarter> {
    const program = join(import.meta.dirname, 'city-process.ts');
    const child = fork(program, [JSON.stringify(options)], { execArgv: [] });
    const [{ answer }] = (await once(child, 'message')) as [{ answer: string[] }];
    return new Quarter(child, answer);
  }

  async ask<T>(order: CityOrder): Promise<T> {
    const answered = once(this.#process, 'message');
    this.#process.send(order);
    const [{ answer }] = (await answered) as [{ answer: T }];
    return answer;
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    await this.ask({ order: 'close' });
    this.#process.disconnect();
    await ended;
  }
}
