import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, BenchResult, Figure } from '../bench.ts';
import { Child } from '../child.ts';
import { median } from '../poll/usage.ts';
import { cutByHand } from './by-hand.ts';
import type { ExtractionOrder, MeasuredExtraction } from './extraction-process.ts';
import { type Material, makeMaterial } from './material.ts';

/** Where a clip begins within the recording: inside a file and inside a group of pictures. */
const INTO_MS = 61_320;
const WARM_UP_S = 60;
/** Pairs of clips from a folder that no poller has followed; told apart, not a figure. */
const UNSEEN_PAIRS_MAX = 3;
const GOALS: Readonly<Record<number, number>> = { 60: 1.0, 3600: 0.8 };

/** Design page "Measures", bench `extraction`. */
export const extractionBench: Bench = {
  name: 'extraction',
  about: 'clips from a recording folder to archived and signed, against cutting, hashing and copying by hand',
  options: [
    '--clips N,N seconds (60,3600)  --pairs N,N (7,3)  --memory N,N seconds (3600,7200)',
    '--size WxH (1920x1080)  --bitrate KBPS (4000)  --folder DIR for the files (a temporary one)',
  ],

  async run(args, say) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        clips: { type: 'string', default: '60,3600' },
        pairs: { type: 'string', default: '7,3' },
        memory: { type: 'string', default: '3600,7200' },
        size: { type: 'string', default: '1920x1080' },
        bitrate: { type: 'string', default: '4000' },
        folder: { type: 'string', default: tmpdir() },
      },
    });
    const numbers = (text: string) => text.split(',').map(Number);
    const clips_s = numbers(values.clips);
    const pairs = numbers(values.pairs);
    const memory_s = numbers(values.memory).filter((length_s) => length_s > 0);
    const folder = await mkdtemp(join(values.folder, 'minhchung-bench-'));
    try {
      say(`material: ${values.size}, ${values.bitrate} kbit/s, files of five minutes`);
      const length_s = Math.max(...clips_s, ...memory_s, WARM_UP_S) + INTO_MS / 1000;
      const encoding = { size: values.size, bitrate_kbps: Number(values.bitrate) };
      const material = await makeMaterial(folder, { ...encoding, length_s, now_ms: Date.now() });
      const timed = [];
      for (const [n, clip_s] of clips_s.entries()) {
        timed.push(await timeClips(folder, material, { clip_s, pairs: pairs[n] ?? pairs[0]! }, say));
      }
      const unseen = {
        clip_s: clips_s[0]!,
        pairs: Math.min(UNSEEN_PAIRS_MAX, pairs[0]!),
        is_followed: false,
      };
      const unfollowed = await timeClips(folder, material, unseen, say);
      const derived = await timeDerivatives(folder, material, clips_s[0]!, say);
      const grown = [];
      for (const clip_s of memory_s) grown.push(await measureMemory(folder, material, clip_s, say));
      return resultOf(timed, unfollowed, derived, grown);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

interface TimedClips {
  readonly clip_s: number;
  readonly ours: readonly MeasuredExtraction[];
  readonly by_hand_ms: readonly number[];
}

async function withProcess<T>(
  folder: string,
  material: Material,
  run: (
    extract: (clip_s: number, how?: Partial<ExtractionOrder>) => Promise<MeasuredExtraction>,
  ) => Promise<T>,
): Promise<T> {
  const data_dir = await mkdtemp(join(folder, 'data-'));
  const options = { data_dir, recordings: material.folder };
  const child = await Child.start('extraction/extraction-process.ts', options, ['--expose-gc']);
  try {
    return await run((clip_s, how = {}) => {
      const usual = { with_derivatives: false, is_followed: true };
      const order: ExtractionOrder = { ...spanOf(material, clip_s), ...usual, ...how };
      return child.ask<MeasuredExtraction>(order);
    });
  } finally {
    await child.close();
    await rm(data_dir, { recursive: true, force: true });
  }
}

function spanOf({ start_ms }: Material, clip_s: number) {
  return { start_ms: start_ms + INTO_MS, end_ms: start_ms + INTO_MS + clip_s * 1000 };
}

/** Alternating pairs: what disturbs the machine disturbs both. */
function timeClips(
  folder: string,
  material: Material,
  of: { readonly clip_s: number; readonly pairs: number; readonly is_followed?: boolean },
  say: (line: string) => void,
): Promise<TimedClips> {
  const { clip_s, pairs, is_followed = true } = of;
  return withProcess(folder, material, async (extract) => {
    await extract(Math.min(clip_s, WARM_UP_S));
    const ours: MeasuredExtraction[] = [];
    const by_hand_ms: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      const hand = async () => {
        const { wall_ms } = await cutByHand(material, spanOf(material, clip_s), join(folder, 'by-hand'));
        by_hand_ms.push(wall_ms);
      };
      if (pair % 2 === 1) await hand();
      ours.push(await extract(clip_s, { is_followed }));
      if (pair % 2 === 0) await hand();
      say(
        `  ${clip_s} s${is_followed ? '' : ', folder not followed'}, pair ${pair + 1}: ${told(ours.at(-1)!.wall_ms)}, by hand ${told(by_hand_ms.at(-1)!)}`,
      );
    }
    return { clip_s, ours, by_hand_ms };
  });
}

function timeDerivatives(
  folder: string,
  material: Material,
  clip_s: number,
  say: (line: string) => void,
): Promise<number> {
  return withProcess(folder, material, async (extract) => {
    const { wall_ms: bare_ms } = await extract(clip_s);
    const { wall_ms } = await extract(clip_s, { with_derivatives: true });
    say(`  derivatives and stills of ${clip_s} s: ${told(wall_ms - bare_ms)}`);
    return (wall_ms - bare_ms) / 1000;
  });
}

/** What a long clip adds to a process that has made a short one. */
function measureMemory(
  folder: string,
  material: Material,
  clip_s: number,
  say: (line: string) => void,
): Promise<{ readonly clip_s: number; readonly measured: MeasuredExtraction }> {
  return withProcess(folder, material, async (extract) => {
    await extract(WARM_UP_S);
    const measured = await extract(clip_s);
    say(
      `  ${clip_s} s: ${measured.rss_before_mb.toFixed(0)} MB before, ${measured.rss_max_mb.toFixed(0)} MB at most`,
    );
    return { clip_s, measured };
  });
}

const ratioOf = ({ ours, by_hand_ms }: Pick<TimedClips, 'ours' | 'by_hand_ms'>) =>
  round(median(ours.map(({ wall_ms }, n) => wall_ms / by_hand_ms[n]!)));
const told = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const round = (value: number, digits = 3) => Number(value.toFixed(digits));
const nameOf = (clip_s: number) => (clip_s % 3600 === 0 ? `${clip_s / 3600}h` : `${clip_s}s`);

function resultOf(
  timed: readonly TimedClips[],
  unfollowed: TimedClips,
  derivatives_s: number,
  grown: readonly { readonly clip_s: number; readonly measured: MeasuredExtraction }[],
): BenchResult {
  const growth = (measured: MeasuredExtraction) => measured.rss_max_mb - measured.rss_before_mb;
  const figures: Figure[] = timed.map(({ clip_s, ...pairs }) => ({
    name: `ratio_to_manual_${nameOf(clip_s)}`,
    value: ratioOf(pairs),
    goal_max: GOALS[clip_s] ?? null,
    meaning: 'claim to archived and signed ÷ ffmpeg -c copy, openssl dgst, cp, sync one after the other',
  }));
  const most_mb = Math.max(0, ...grown.map(({ measured }) => growth(measured)));
  return {
    figures: [
      ...figures,
      {
        ...{ name: 'rss_growth_mb', value: round(most_mb, 1), goal_max: 64 },
        meaning: 'what the longest clips add to a process that has made a clip of a minute',
      },
      {
        ...{ name: 'derivatives_s', value: round(derivatives_s, 2), goal_max: null },
        meaning: `playable copy and stills of ${nameOf(timed[0]!.clip_s)}, not in the ratios`,
      },
    ],
    details: {
      clips: timed.map(({ clip_s, ours, by_hand_ms }) => ({
        clip: nameOf(clip_s),
        pairs: ours.length,
        size_mb: round(ours[0]!.size_bytes / 1_000_000, 1),
        ours_s: round(median(ours.map(({ wall_ms }) => wall_ms)) / 1000, 2),
        ours_cpu_s: round(median(ours.map(({ cpu_ms }) => cpu_ms)) / 1000, 2),
        by_hand_s: round(median(by_hand_ms) / 1000, 2),
        mb_per_s: round(ours[0]!.size_bytes / 1_000 / median(ours.map(({ wall_ms }) => wall_ms)), 0),
        outcome: ours[0]!.outcome,
      })),
      unfollowed: [{ clip: nameOf(unfollowed.clip_s), ratio_to_manual: ratioOf(unfollowed) }],
      memory: grown.map(({ clip_s, measured }) => ({
        clip: nameOf(clip_s),
        before_mb: round(measured.rss_before_mb, 0),
        at_most_mb: round(measured.rss_max_mb, 0),
        growth_mb: round(growth(measured), 1),
      })),
    },
    notes: [
      'Time grows with the bytes: read once, hashed and written as they pass, then read back from the disk and hashed again.',
      'Short clips are bound by what does not grow: claiming, opening the files that meet the span, and the syncs of each file of the package.',
      'A poller has followed the folder before, as where the product runs; what a clip costs where none has is told apart.',
      'Memory is a group of pictures, the tables of the frames, and what the garbage collector leaves lying about.',
    ],
  };
}
