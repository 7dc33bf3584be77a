import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, BenchResult } from '../bench.ts';
import { PollTrial, type TrialSweep } from './poll-trial.ts';
import { median } from './usage.ts';

const PERIOD_MS = 300_000;
const CORES = 2;
const AIM_DEVICES = 200_000;

/** Design page "Measures", bench `poll`. */
export const pollBench: Bench = {
  name: 'poll',
  about: 'a status sweep of simulated recorders, against bare POSTs of the same questions',
  options: [
    '--devices N (1911)  --growth N,N (20000)  --pairs N (5)  --concurrency N (400)',
    '--postgres CONNECTION_STRING of an empty database  --skip-failing',
  ],

  async run(args, say) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        devices: { type: 'string', default: '1911' },
        growth: { type: 'string', default: '20000' },
        pairs: { type: 'string', default: '5' },
        concurrency: { type: 'string', default: '400' },
        postgres: { type: 'string' },
        'skip-failing': { type: 'boolean', default: false },
      },
    });
    const folder = await mkdtemp(join(tmpdir(), 'minhchung-bench-'));
    const setting = { folder, concurrency: Number(values.concurrency), period_ms: PERIOD_MS };
    const postgres = values.postgres ?? null;
    try {
      const devices = Number(values.devices);
      const pairs = Number(values.pairs);
      say(`${devices} devices, all answering, ${pairs} pairs`);
      const main = await steadyTrial({ ...setting, devices, troubles: {}, postgres }, pairs, say);
      const growth = [main];
      for (const size of values.growth
        .split(',')
        .map(Number)
        .filter((n) => n > 0)) {
        say(`${size} devices, all answering`);
        growth.push(await steadyTrial({ ...setting, devices: size, troubles: {}, postgres: null }, 2, say));
      }
      const failing = values['skip-failing'] ? null : await failingTrial({ ...setting, devices }, say);
      return resultOf(main, growth, failing);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

interface Steady {
  readonly devices: number;
  readonly first: TrialSweep;
  readonly second: TrialSweep;
  readonly steady: readonly TrialSweep[];
  readonly baselines: readonly { readonly cpu_ms: number; readonly wall_ms: number }[];
}

async function steadyTrial(
  options: Parameters<typeof PollTrial.start>[0],
  pairs: number,
  say: (line: string) => void,
): Promise<Steady> {
  const trial = await PollTrial.start(options);
  try {
    say('  the first sweep: services and clocks are learned');
    const first = await trial.sweep(0);
    const second = await trial.sweep(PERIOD_MS);
    await trial.prepareBaseline(PERIOD_MS);
    const steady: TrialSweep[] = [];
    const baselines = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      steady.push(await trial.sweep(PERIOD_MS));
      baselines.push(await trial.baseline());
      const { wall_ms, cpu_ms } = steady.at(-1)!;
      say(
        `  pair ${pair + 1}: ${told(wall_ms, cpu_ms)}, bare ${told(baselines.at(-1)!.wall_ms, baselines.at(-1)!.cpu_ms)}`,
      );
    }
    return { devices: options.devices, first, second, steady, baselines };
  } finally {
    await trial.close();
  }
}

const told = (wall_ms: number, cpu_ms: number) =>
  `${(wall_ms / 1000).toFixed(2)} s (${(cpu_ms / 1000).toFixed(2)} s CPU)`;

async function failingTrial(
  options: Omit<Parameters<typeof PollTrial.start>[0], 'troubles' | 'postgres'>,
  say: (line: string) => void,
): Promise<readonly TrialSweep[]> {
  say(
    `${options.devices} devices, a tenth of them failing: 2 % each slow, silent, closed, refusing, talking nonsense`,
  );
  const troubles = { slow: 0.02, silent: 0.02, closed: 0.02, refusing: 0.02, garbage: 0.02 };
  const trial = await PollTrial.start({ ...options, troubles, postgres: null });
  try {
    const sweeps: TrialSweep[] = [];
    for (let n = 0; n < 4; n += 1) sweeps.push(await trial.sweep(n === 0 ? 0 : PERIOD_MS));
    return sweeps;
  } finally {
    await trial.close();
  }
}

const round = (value: number, digits = 2) => Number(value.toFixed(digits));

function row(what: string, devices: number, sweep: TrialSweep) {
  return {
    what,
    devices,
    sweep_s: round(sweep.wall_ms / 1000),
    cpu_s: round(sweep.cpu_ms / 1000),
    cpu_ms_per_device: round(sweep.cpu_ms / devices, 3),
    requests_per_device: round(sweep.requests / devices),
    rss_mb: round(sweep.rss_max_mb, 0),
    ...sweep.by_state,
  };
}

function resultOf(
  main: Steady,
  growth: readonly Steady[],
  failing: readonly TrialSweep[] | null,
): BenchResult {
  const middle = ({ steady }: Steady, value: (sweep: TrialSweep) => number) => median(steady.map(value));
  const ratio = median(main.steady.map(({ cpu_ms }, i) => cpu_ms / main.baselines[i]!.cpu_ms));
  const largest = growth.at(-1)!;
  const cpu_ms = middle(largest, (sweep) => sweep.cpu_ms) / largest.devices;
  const aim_cpu_s = (cpu_ms * AIM_DEVICES) / 1000;
  const figures = [
    ['cpu_ratio', ratio, 1.5, 'processor time of a sweep ÷ that of bare POSTs of the same questions'],
    [
      'requests_per_device',
      middle(main, (sweep) => sweep.requests) / main.devices,
      3,
      'in steady state, 401s included',
    ],
    ['sweep_s', middle(main, (sweep) => sweep.wall_ms) / 1000, 5, 'all devices answering'],
    [
      'rss_mb',
      Math.max(...main.steady.map((sweep) => sweep.rss_max_mb)),
      300,
      'most memory of the poller during steady sweeps',
    ],
    ['cpu_ms_per_device_largest', cpu_ms, null, `at ${largest.devices} devices`],
    [
      'cpu_share_of_200000',
      aim_cpu_s / ((CORES * PERIOD_MS) / 1000),
      1,
      `processor time for ${AIM_DEVICES} devices ÷ ${CORES} cores × 5 minutes`,
    ],
  ] as const;
  return {
    figures: figures.map(([name, value, goal_max, meaning]) => ({
      name,
      value: round(value, 3),
      goal_max,
      meaning,
    })),
    details: {
      growth: growth.flatMap((one) => [
        row('first sweep', one.devices, one.first),
        row('second sweep', one.devices, one.second),
        ...one.steady.map((sweep) => row('steady', one.devices, sweep)),
        ...one.baselines.map((base) => ({
          what: 'bare POSTs',
          devices: one.devices,
          sweep_s: round(base.wall_ms / 1000),
          cpu_s: round(base.cpu_ms / 1000),
          cpu_ms_per_device: round(base.cpu_ms / one.devices, 3),
        })),
      ]),
      ...(failing === null
        ? {}
        : { failing_10_percent: failing.map((sweep, n) => row(`sweep ${n + 1}`, main.devices, sweep)) }),
    },
    notes: [
      'One process uses one core for its own work; several share a city by lease.',
      `200,000 devices in 5 minutes are ${Math.round(aim_cpu_s)} s of processor time, of ${(CORES * PERIOD_MS) / 1000} s that ${CORES} cores have.`,
      'What bounds a sweep in which all answer is the processor; with silent devices it is their deadline.',
    ],
  };
}
