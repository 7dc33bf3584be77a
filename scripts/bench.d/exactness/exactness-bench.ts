import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseOf, type ExactnessCase, everyCase, keyOf } from '../../../test/exactness/factors.ts';
import type { Judgement } from '../../../test/exactness/judge.ts';
import { type Figures, joinFigures, NO_FIGURES } from '../../../test/exactness/verdict.ts';
import type { Bench, BenchResult } from '../bench.ts';
import { Child } from '../child.ts';

const PROCESSES = 2;
const DEVICE_ERROR_MS_GOAL = 1;
/** Failures told one by one; the rest is counted. */
const FAILURES_LISTED_MAX = 50;
const SAID_EVERY = 100;

/** Everything the bench counts. */
interface Tally {
  clips: number;
  figures: Figures;
  readonly failed: { case: string; wrong: string; repeat: string }[];
  failed_count: number;
}

/** The full matrix of exactness: every combination of every factor, each clip decoded and held against the truth. */
export const exactnessBench: Bench = {
  name: 'exactness',
  about: 'every clip of the exactness matrix, frame by frame against the truth',
  options: [
    '--case KEY    one case, as a failure names it',
    '--every N     every Nth case only',
    '--minutes N   begins no further case after that',
  ],
  async run(args, say): Promise<BenchResult> {
    const tally: Tally = { clips: 0, figures: NO_FIGURES, failed: [], failed_count: 0 };
    const started_ms = performance.now();
    const minutes = Number(optionOf(args, '--minutes') ?? Number.POSITIVE_INFINITY);
    await runAll(chosen(args), tally, say, () => performance.now() - started_ms < minutes * 60_000);
    return resultOf(tally, (performance.now() - started_ms) / 1000);
  },
};

function optionOf(args: readonly string[], option: string): string | undefined {
  return args.includes(option) ? args[args.indexOf(option) + 1] : undefined;
}

function chosen(args: readonly string[]): ExactnessCase[] {
  const key = optionOf(args, '--case');
  if (key !== undefined) return [caseOf(key)];
  const every = Number(optionOf(args, '--every') ?? 1);
  if (!Number.isInteger(every) || every < 1) throw new RangeError('--every wants a whole number.');
  return [...everyCase()].filter((_, n) => n % every === 0);
}

/** Each process takes one recording after the other, and all cases of it, so that none is encoded twice. */
async function runAll(
  cases: readonly ExactnessCase[],
  tally: Tally,
  say: (line: string) => void,
  hasTime: () => boolean,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-exactness-'));
  const batches = [
    ...Map.groupBy(cases, ({ codec, rate, order, gop }) => [codec, rate, order, gop].join()).values(),
  ];
  const work = async (number: number) => {
    const child = await Child.start('exactness/exactness-process.ts', {
      directory: join(folder, `process-${number}`),
    });
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      for (const one of batch) {
        if (!hasTime()) break;
        count(tally, one, await child.ask<Judgement>({ key: keyOf(one) }));
        if (tally.clips % SAID_EVERY === 0) {
          say(`${tally.clips} of ${cases.length} clips, ${tally.failed_count} of them wrong …`);
        }
      }
    }
    await child.close();
  };
  try {
    await Promise.all(Array.from({ length: Math.min(PROCESSES, batches.length) }, (_, n) => work(n)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function count(tally: Tally, one: ExactnessCase, { wrong, figures }: Judgement): void {
  tally.clips += 1;
  tally.figures = joinFigures(tally.figures, figures);
  if (wrong.length === 0) return;
  tally.failed_count += 1;
  if (tally.failed.length >= FAILURES_LISTED_MAX) return;
  const repeat = `pnpm bench exactness --case ${keyOf(one)}`;
  tally.failed.push({ case: keyOf(one), wrong: wrong.join('; '), repeat });
}

function resultOf({ clips, figures, failed, failed_count }: Tally, seconds: number): BenchResult {
  const figure = (name: string, value: number, goal_max: number | null, meaning: string) => ({
    ...{ name, value: Math.round(value * 1000) / 1000, goal_max, meaning },
  });
  return {
    figures: [
      figure('clips', clips, null, 'extractions, each from question to signed package'),
      figure('clips_wrong', failed_count, 0, 'of them with anything wrong at all'),
      figure('frames_checked', figures.frames_checked, null, 'frames whose burned-in clock was read'),
      figure(
        'truth_outside_bounds',
        figures.truth_outside_bounds,
        0,
        'frames taken outside the stated bounds',
      ),
      figure(
        'device_frame_error_ms_max',
        figures.device_frame_error_ms_max,
        DEVICE_ERROR_MS_GOAL,
        'device time of a frame against what was stamped',
      ),
      figure('frames_missing', figures.frames_missing, 0, 'wanted and held, and not delivered'),
      figure('frames_doubled', figures.frames_doubled, 0, 'delivered twice'),
      figure('bound_ms_max', figures.bound_ms_max, null, 'widest bound stated for a clock, half its width'),
      figure('seconds', seconds, null, 'for all of it'),
    ],
    details: { failed },
    notes: [
      'Cost grows with the number of cases; a case is bounded by ffmpeg decoding and encoding what nobody did before.',
      'What is the same to the last byte is decoded once, and its playable copy made once; contact sheets are blank.',
    ],
  };
}
