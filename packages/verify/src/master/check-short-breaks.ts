import type { Manifest, ManifestShortBreaks, ManifestSpan } from '@minhchung/formats';
import { alternativesByPart } from '../manifest/offset.ts';
import type { Details, Findings } from '../report/findings.ts';
import type { MasterTimes } from './check-coverage.ts';

/** As the manifest's format defines a short break. */
const USUAL_SPACINGS = 3;
const SHORT_BREAK_MIN_US = 200_000;
/** A spacing is off by the ticks of two frames, three times their median by those of six. */
const TICKS_OFF = 8;
/** Sums are whole milliseconds. */
const ROUNDING_MS = 1;

/** The frames of one master, and how far each of their times may be off. */
export interface TimedMaster extends MasterTimes {
  readonly tolerance_us: number;
}

/** Short breaks of the approved span as the masters themselves show them, under the worst of its alternatives. */
export interface SeenBreaks extends ManifestShortBreaks {
  /** Of the approved span. */
  readonly percent: number;
}

/**
 * Counts the breaks between frames that are too short to be holes again, from the masters' own times, and compares
 * what the manifest says of them. `masters` are all of the manifest's, in its order. Returns what there is.
 */
export function checkShortBreaks(
  manifest: Manifest,
  masters: readonly TimedMaster[],
  findings: Findings,
): SeenBreaks {
  const { searches, hole_min_ms, approved_span } = manifest;
  const problems: Details[] = [];
  const seen = searches.map(({ short_breaks, device_span }, search) => {
    const own = masters.filter((master) => master.search === search);
    const slack_us = TICKS_OFF * Math.max(0, ...own.map(({ tolerance_us }) => tolerance_us));
    const count = (usual_us: number, hole_us: number) =>
      countBreaks(own, device_span, usual_us, hole_min_ms * 1000 + hole_us);
    if (short_breaks !== undefined) {
      const bounds = { least: count(slack_us, -slack_us), most: count(-slack_us, slack_us) };
      problems.push(...differing(short_breaks, bounds, slack_us / 1000));
    }
    return count(0, 0);
  });
  if (searches.some(({ short_breaks }) => short_breaks !== undefined))
    findings.judge('short_breaks', problems);
  const worst = alternativesByPart(manifest).map((part) =>
    part
      .map((search) => seen[searches.indexOf(search)]!)
      .reduce((one, other) => (other.total_ms > one.total_ms ? other : one)),
  );
  const total_ms = worst.reduce((sum, part) => sum + part.total_ms, 0);
  return {
    count: worst.reduce((sum, part) => sum + part.count, 0),
    total_ms,
    longest_ms: Math.max(0, ...worst.map(({ longest_ms }) => longest_ms)),
    percent: (100 * total_ms) / Math.max(1, approved_span.end_ms - approved_span.start_ms),
  };
}

/** Short breaks within the masters of one search and between them; `usual_us` is added to what is usual. */
function countBreaks(
  masters: readonly MasterTimes[],
  { start_ms, end_ms }: ManifestSpan,
  usual_us: number,
  hole_us: number,
): ManifestShortBreaks {
  const sum = { count: 0, total_ms: 0, longest_ms: 0 };
  const look = (from_us: number, to_us: number, usual_max_us: number) => {
    if (to_us - from_us <= usual_max_us + usual_us || to_us - from_us > hole_us) return;
    const inside_ms = Math.min(to_us / 1000, end_ms) - Math.max(from_us / 1000, start_ms);
    if (inside_ms <= 0) return;
    sum.count += 1;
    sum.total_ms += inside_ms;
    sum.longest_ms = Math.max(sum.longest_ms, inside_ms);
  };
  let before: { readonly last_us: number; readonly usual_max_us: number } | undefined;
  for (const { times_us } of masters) {
    const usual_max_us = usualMax_us(times_us);
    if (before !== undefined) {
      look(before.last_us, times_us[0]!, Math.max(before.usual_max_us, usual_max_us));
    }
    for (let index = 1; index < times_us.length; index++) {
      look(times_us[index - 1]!, times_us[index]!, usual_max_us);
    }
    before = { last_us: times_us.at(-1)!, usual_max_us };
  }
  return sum;
}

function usualMax_us(times_us: Float64Array): number {
  const spacings_us = times_us.subarray(1).map((time_us, index) => time_us - times_us[index]!);
  spacings_us.sort();
  const median_us = spacings_us[Math.floor(spacings_us.length / 2)] ?? 0;
  return Math.max(SHORT_BREAK_MIN_US, USUAL_SPACINGS * median_us);
}

interface Bounds {
  readonly least: ManifestShortBreaks;
  readonly most: ManifestShortBreaks;
}

function differing(stated: ManifestShortBreaks, { least, most }: Bounds, slack_ms: number): Details[] {
  const off_ms = {
    count: 0,
    total_ms: most.count * slack_ms + ROUNDING_MS,
    longest_ms: slack_ms + ROUNDING_MS,
  };
  return (['count', 'total_ms', 'longest_ms'] as const)
    .filter((what) => stated[what] < least[what] - off_ms[what] || stated[what] > most[what] + off_ms[what])
    .map((what) => ({ what, actual: Math.round(most[what]), stated: stated[what] }));
}
