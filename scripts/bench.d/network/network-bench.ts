import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { reportNetwork, reportUptime } from '@minhchung/accounting';
import { reviewWorkList } from '@minhchung/poller';
import { loadSettings, networkRules } from '@minhchung/settings';
import { openStore, type Store, type StoreOptions } from '@minhchung/store';
import type { Bench, BenchResult, Figure } from '../bench.ts';
import { registerNetwork } from './register-network.ts';

const CAMERAS_DEFAULT = 1_911;
/** A person waits for the report. */
const REPORT_MS_GOAL = 1_000;
/** Meanwhile nobody else should notice. */
const STRETCH_MS_GOAL = 100;
const DAY_MS = 86_400_000;
const TURN_MS = 20;

/** What is told of a whole network, and how long the program serves nobody else meanwhile. */
export const networkBench: Bench = {
  name: 'network',
  about: 'report of the network, review of the work list, uptime; and how long they hold the program up',
  options: [
    `--cameras N   cameras in the register (${CAMERAS_DEFAULT.toLocaleString('en')})`,
    '--postgres CONNECTION_STRING of an empty database, in place of SQLite',
  ],
  async run(args, say): Promise<BenchResult> {
    const option = (name: string) => {
      const at = args.indexOf(name);
      return at === -1 ? null : (args[at + 1] ?? null);
    };
    const cameras = Number(option('--cameras') ?? CAMERAS_DEFAULT);
    const postgres = option('--postgres');
    const folder = await mkdtemp(join(tmpdir(), 'bench-network-'));
    const where: StoreOptions =
      postgres === null
        ? { engine: 'sqlite', path: join(folder, 'store.db') }
        : { engine: 'postgres', connection_string: postgres };
    const store = await openStore(where);
    try {
      await store.migrate();
      say(`registering ${cameras} cameras …`);
      return resultOf(await measured(store, cameras, say), cameras === CAMERAS_DEFAULT, where.engine);
    } finally {
      await store.close();
      await rm(folder, { recursive: true });
    }
  },
};

interface Measured {
  readonly what: string;
  readonly ms: number;
  readonly longest_stretch_ms: number;
}

async function measured(store: Store, cameras: number, say: (line: string) => void): Promise<Measured[]> {
  const now_ms = Date.now();
  const unit_ids = await registerNetwork(store, cameras, now_ms);
  const rules = networkRules(loadSettings({ files: [], env: {} }));
  const deps = { store, time: { now_ms: () => now_ms } };
  const review = { store, rules: rules.work_list, retention_agreed_days: 7, drift_ppm: 100, now_ms };
  const never = new AbortController().signal;
  const uptime = { gap_max_ms: DAY_MS, attestation_valid_ms: rules.attestation_valid_ms };
  const work: [string, () => Promise<unknown>][] = [
    ['first review', () => reviewWorkList(review, never)],
    ['review', () => reviewWorkList(review, never)],
    ['report', () => reportNetwork(deps as never, rules)(unit_ids)],
    [
      'uptime',
      () => reportUptime(deps as never, uptime)({ unit_ids }, { start_ms: now_ms - DAY_MS, end_ms: now_ms }),
    ],
  ];
  const rows: Measured[] = [];
  for (const [what, run] of work) {
    say(`${what} …`);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    // It counts from its first turn on.
    await pause(TURN_MS);
    const started_ms = performance.now();
    await run();
    const ms = Math.round(performance.now() - started_ms);
    // The histogram learns of a stretch when it is over.
    await pause(TURN_MS);
    rows.push({ what, ms, longest_stretch_ms: longest_ms(delay) });
  }
  return rows;
}

function longest_ms(delay: IntervalHistogram): number {
  delay.disable();
  return Math.round(delay.max / 1_000_000);
}

function resultOf(rows: readonly Measured[], is_city: boolean, engine: string): BenchResult {
  const of = (what: string) => rows.find((row) => row.what === what)!;
  const figure = (name: string, value: number, goal_max: number | null, meaning: string): Figure => ({
    ...{ name, value, goal_max, meaning },
  });
  return {
    figures: [
      figure(
        'report_ms',
        of('report').ms,
        is_city ? REPORT_MS_GOAL : null,
        'the report of the whole network',
      ),
      figure('review_s', of('review').ms / 1_000, null, 'going through the work list where nothing is new'),
      figure(
        'longest_stretch_ms',
        Math.max(...rows.map((row) => row.longest_stretch_ms)),
        STRETCH_MS_GOAL,
        'the longest time in which the program served nobody else',
      ),
    ],
    details: { work: rows.map((row) => ({ ...row })) },
    notes: [
      `On ${engine}. The report costs as much as its cameras; SQLite counts within the program, some units at a ` +
        'time. The first review opens a finding for every trouble, which is a statement each.',
    ],
  };
}
