import type { Manifest, ManifestShortBreaks } from '@minhchung/formats';
import { describe, expect, it } from 'vitest';
import { Findings } from '../report/findings.ts';
import { notesOf } from '../report/notes.ts';
import { checkShortBreaks, type TimedMaster } from './check-short-breaks.ts';

const SPAN = { start_ms: 0, end_ms: 60_000 };
const TICK_US = 1_000_000 / 90_000;

/** What the verifier looks at of a manifest with one search of a minute. */
function manifest(short_breaks?: ManifestShortBreaks, alternatives = 1): Manifest {
  const basis = 'measured_before_and_after';
  const search = { approved_part: SPAN, device_span: SPAN, basis, ...(short_breaks && { short_breaks }) };
  const searches = Array.from({ length: alternatives }, () => ({ ...search }));
  return {
    ...{ approved_span: SPAN, searches, hole_min_ms: 1_500, decisions: [{ verdict: 'approved' }] },
    masters: [],
  } as unknown as Manifest;
}

/** A minute at 25 frames a second, frames between these times (milliseconds) left out. */
function master(search: number, ...left_out: readonly (readonly [number, number])[]): TimedMaster {
  const frames_ms = Array.from({ length: 1_500 }, (_, n) => n * 40);
  const held = frames_ms.filter((at) => !left_out.some(([from, to]) => from < at && at < to));
  // As a file's ticks give them: off by a part of a tick.
  const times_us = Float64Array.from(held, (at_ms) => Math.round((at_ms * 1000) / TICK_US) * TICK_US);
  return { search, times_us, tolerance_us: TICK_US + 1 };
}

function check(stated: ManifestShortBreaks | undefined, ...masters: TimedMaster[]) {
  const findings = new Findings();
  const seen = checkShortBreaks(manifest(stated), masters, findings);
  const untruths = findings.checks.filter(({ ok }) => !ok).map(({ en }) => en);
  const notes = notesOf(null, manifest(stated), seen).map(({ en }) => en);
  return { seen, untruths, notes };
}

describe('short breaks, counted again from the masters', () => {
  const TWO = master(0, [10_000, 11_400], [20_000, 21_000]);
  const TRUE = { count: 2, total_ms: 2_400, longest_ms: 1_400 };

  it('are as the manifest says', () => {
    expect(check(TRUE, TWO).untruths).toEqual([]);
    expect(check({ count: 0, total_ms: 0, longest_ms: 0 }, master(0)).untruths).toEqual([]);
  });

  it.each<[string, ManifestShortBreaks]>([
    ['count', { ...TRUE, count: 1 }],
    ['total_ms', { ...TRUE, total_ms: 2_300 }],
    ['longest_ms', { ...TRUE, longest_ms: 1_000 }],
  ])('are a lie when %s is another', (what, stated) => {
    expect(check(stated, TWO).untruths).toEqual([expect.stringContaining(`: ${what} is `)]);
  });

  it('are told from the masters where a manifest of earlier says nothing of them', () => {
    const { seen, untruths, notes } = check(undefined, TWO);
    expect(untruths).toEqual([]);
    expect(seen).toMatchObject({ count: 2, percent: 4 });
    expect(notes.join()).toMatch(/^frames are missing in short breaks: 2 of them, 2\.4 s together \(4\.0 %/);
  });

  it('are not worth a word when they are few', () => {
    expect(check(undefined, master(0, [10_000, 10_500])).notes).toEqual([]);
  });

  it('are the first thing said when they are much of what was approved', () => {
    const many = master(0, ...Array.from({ length: 10 }, (_, n) => [n * 4_000, n * 4_000 + 1_400] as const));
    expect(check(undefined, many).notes[0]).toMatch(/^ATTENTION: .*14\.0 s together \(23\.3 %/);
  });

  it('lie between two masters of a search, too', () => {
    const first = { ...master(0, [30_000, 60_000]) };
    const second = master(0, [-1, 31_200]);
    const one = { count: 1, total_ms: 1_200, longest_ms: 1_200 };
    expect(check(one, first, second).untruths).toEqual([]);
  });

  it('may be counted or not where the ticks of the file leave it open', () => {
    const edge = master(0, [10_000, 10_200]);
    expect(check({ count: 1, total_ms: 200, longest_ms: 200 }, edge).untruths).toEqual([]);
    expect(check({ count: 0, total_ms: 0, longest_ms: 0 }, edge).untruths).toEqual([]);
  });

  it('count once for alternatives of the same part', () => {
    const seen = checkShortBreaks(manifest(undefined, 2), [TWO, { ...TWO, search: 1 }], new Findings());
    expect(seen).toMatchObject({ count: 2, total_ms: expect.closeTo(2_400, 0) });
  });
});
