import type { ManifestSearch } from '@minhchung/formats';
import type { Evidence, SeenMaster } from './evidence.ts';
import { byPresentation, isWithin, mastersExpected } from './expected.ts';
import type { HeldUnit } from './recorder.ts';
import type { Checked, Truth } from './verdict.ts';

/**
 * Every master shows exactly the frames it must, in order, none twice; what it marks as wanted is what lies in its
 * search; and no held frame of the wanted span is missing from the package.
 */
export function checkFrames(evidence: Evidence, truth: Truth): Checked {
  const wrong: string[] = [];
  let frames_doubled = 0;
  const shown = new Set<number>();
  for (const [index, search] of (evidence.manifest?.searches ?? []).entries()) {
    const masters = evidence.masters.filter(({ told }) => told.search === index);
    const times = masters.flatMap(({ frames }) => frames.map(({ true_ms }) => true_ms));
    frames_doubled += times.length - new Set(times).size;
    for (const true_ms of times) if (true_ms !== null) shown.add(true_ms);
    const expected = expectedOf(search, masters, truth);
    if (masters.length !== expected.length) {
      wrong.push(`search ${index} has ${masters.length} masters instead of ${expected.length}`);
    }
    for (const [n, master] of masters.entries()) {
      wrong.push(...wrongFrames(master, expected[n] ?? []), ...wrongMarks(master, search, expected[n] ?? []));
    }
  }
  const missing = truth.held.filter(
    ({ true_time_ms: at_ms }) =>
      at_ms >= truth.wanted.start_ms && at_ms < truth.wanted.end_ms && !shown.has(at_ms),
  );
  if (missing.length > 0)
    wrong.push(`${missing.length} wanted frames are missing, the first at ${missing[0]!.true_time_ms}`);
  if (frames_doubled > 0) wrong.push(`${frames_doubled} frames are there twice`);
  return { wrong, figures: { frames_doubled, frames_missing: missing.length } };
}

/**
 * The units each master of a search must hold. Where the clock was set, what the other side recorded under the same
 * device times must not be among them, unless nothing tells the sides apart: then all of it must.
 */
export function expectedOf(
  search: ManifestSearch,
  masters: readonly SeenMaster[],
  { held, set_at_ms }: Truth,
): HeldUnit[][] {
  const all = mastersExpected(held, search.device_span);
  if (set_at_ms === null) return all;
  const own = mastersExpected(
    held.filter((unit) => isOfOffset(unit, search)),
    search.device_span,
  );
  const seen = masters.reduce((sum, { frames }) => sum + frames.length, 0);
  // What cannot be told apart comes in the order of the device's own time, as files are named.
  const by_device_time = all.toSorted(([a], [b]) => a!.device_time_us - b!.device_time_us);
  return seen === all.flat().length && own.flat().length !== seen ? by_device_time : own;
}

function isOfOffset(unit: HeldUnit, { offset_min_ms, offset_max_ms }: ManifestSearch): boolean {
  const offset_ms = unit.device_time_us / 1000 - unit.true_time_ms;
  return offset_ms >= (offset_min_ms ?? 0) && offset_ms <= (offset_max_ms ?? 0);
}

function wrongFrames({ told, frames, pictures }: SeenMaster, expected: readonly HeldUnit[]): string[] {
  const wrong: string[] = [];
  const unreadable = frames.filter(({ true_ms }) => true_ms === null).length;
  if (unreadable > 0) wrong.push(`${told.name}: the clock of ${unreadable} frames cannot be read`);
  if (frames.length !== told.frame_count || pictures.length !== told.frame_count) {
    wrong.push(
      `${told.name}: ${told.frame_count} frames are stated, ${pictures.length} are in it, ${frames.length} are shown`,
    );
  }
  const should = byPresentation(expected).map(({ true_time_ms }) => true_time_ms);
  const n = Math.max(
    should.findIndex((true_ms, at) => frames[at]?.true_ms !== true_ms),
    frames.length > should.length ? should.length : -1,
  );
  if (n !== -1) {
    wrong.push(
      `${told.name}: frame ${n} of ${should.length} shows ${frames[n]?.true_ms} instead of ${should[n]}`,
    );
  }
  return wrong;
}

function wrongMarks(
  { told }: SeenMaster,
  { device_span }: ManifestSearch,
  expected: readonly HeldUnit[],
): string[] {
  const times = expected.map(({ device_time_us }) => device_time_us).sort((a, b) => a - b);
  const inside = times.filter((device_time_us) => isWithin({ device_time_us }, device_span));
  const should = {
    frames_before: times.filter((time_us) => time_us < device_span.start_ms * 1000).length,
    frames_inside: inside.length,
    frames_after: times.filter((time_us) => time_us >= device_span.end_ms * 1000).length,
    first_inside_device_time_us: inside[0] ?? null,
    last_inside_device_time_us: inside.at(-1) ?? null,
  };
  return Object.entries(should).flatMap(([name, value]) => {
    const stated = told.wanted[name as keyof typeof should];
    const slack = name.endsWith('_us') ? 1000 : 0;
    const is_right = stated === value || Math.abs((stated ?? Number.NaN) - (value ?? Number.NaN)) <= slack;
    return is_right ? [] : [`${told.name}: ${name} is ${stated} instead of ${value}`];
  });
}
