import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rankHits } from '@minhchung/domain';
import { openStore, type Store } from '@minhchung/store';
import type { Bench, BenchResult } from '../bench.ts';
import { nameOf, ownerOf, registerNames, wardIds } from './register-names.ts';

const CAMERAS_DEFAULT = 20_000;
/** People wait for nothing they can feel. */
const ANSWER_MS_GOAL = 50;
const QUERIES = 60;

/** Find as you type: every letter of a query asked, by people of one ward and by people of the whole country. */
export const searchBench: Bench = {
  name: 'search',
  about: 'find as you type over names, owners, addresses and codes',
  options: [`--cameras N   cameras in the register (${CAMERAS_DEFAULT.toLocaleString('en')})`],
  async run(args, say): Promise<BenchResult> {
    const at = args.indexOf('--cameras');
    const count = at === -1 ? CAMERAS_DEFAULT : Number(args[at + 1]);
    const rows = [];
    for (const cameras of [Math.ceil(count / 10), count]) {
      say(`${cameras} cameras …`);
      rows.push(await measured(cameras));
    }
    const last = rows.at(-1)!;
    return {
      figures: [
        figure('ward_p99_ms', last.ward_p99_ms, 'an answer to one typed letter, within one ward'),
        figure('country_p99_ms', last.country_p99_ms, 'the same over every ward'),
      ],
      details: { growth: rows },
      notes: [
        'SQLite, in one process. Within a ward the cost is that of the ward’s words that begin as typed; over the ' +
          'country it grows with them until whole words are typed.',
      ],
    };
  },
};

function figure(name: string, value: number, meaning: string) {
  return { name, value, goal_max: ANSWER_MS_GOAL, meaning };
}

async function measured(cameras: number) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-search-'));
  const store = await openStore({ engine: 'sqlite', path: join(folder, 'store.db') });
  try {
    await store.migrate();
    const started_ms = performance.now();
    await registerNames(store, cameras);
    const register_s = (performance.now() - started_ms) / 1000;
    const wards = wardIds(cameras);
    const ward = await answers(store, cameras, (n) => [wards[n % wards.length]!]);
    const country = await answers(store, cameras, () => wards);
    return {
      cameras,
      register_s: round(register_s),
      ward_p50_ms: at(ward, 0.5),
      ward_p99_ms: at(ward, 0.99),
      country_p50_ms: at(country, 0.5),
      country_p99_ms: at(country, 0.99),
      asked: ward.length,
    };
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

/** Times in milliseconds, ascending: each query typed letter by letter. */
async function answers(store: Store, cameras: number, unitsOf: (n: number) => readonly string[]) {
  const times: number[] = [];
  for (let n = 0; n < QUERIES; n += 1) {
    const camera = (n * 7919) % cameras;
    const query = n % 2 === 0 ? nameOf(camera) : ownerOf(camera);
    for (let length = 1; length <= query.length; length += 1) {
      const text = query.slice(0, length);
      const started_ms = performance.now();
      rankHits(text, await store.search.find({ unit_ids: unitsOf(camera), text }));
      times.push(performance.now() - started_ms);
    }
  }
  return times.sort((a, b) => a - b);
}

function at(sorted: readonly number[], share: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
