import type { Manifest } from '@minhchung/formats';
import { describe, expect, it } from 'vitest';
import { Findings } from '../report/findings.ts';
import { checkCoverage } from './check-coverage.ts';

const HOLE_MIN_MS = 1500;
const FRAME_MS = 80;

/** What is wrong with a found span from 0 to `until_ms`, over frames at these times. */
function wrong(until_ms: number, ...frames_ms: number[]): unknown[] {
  const manifest = {
    hole_min_ms: HOLE_MIN_MS,
    searches: [{}],
    found_spans: [{ search: 0, device_start_ms: 0, device_end_ms: until_ms, true_time: null }],
  } as unknown as Manifest;
  const findings = new Findings();
  const times_us = Float64Array.from(frames_ms, (at_ms) => at_ms * 1000);
  checkCoverage(manifest, [{ search: 0, times_us }], findings);
  return findings.checks.filter(({ ok }) => !ok);
}

describe('what a manifest says was found', () => {
  it('is covered by frames that follow one another, and by the last one for its own time and a break', () => {
    expect(wrong(240, 0, 80, 160)).toEqual([]);
    expect(wrong(160 + FRAME_MS + HOLE_MIN_MS, 0, 80, 160)).toEqual([]);
  });

  it('is not covered beyond that', () => {
    expect(wrong(160 + FRAME_MS + HOLE_MIN_MS + 10, 0, 80, 160)).toHaveLength(1);
  });

  it('is covered over a break no longer than a hole may be after the time of its last frame', () => {
    const after_ms = 80 + FRAME_MS + HOLE_MIN_MS;
    expect(wrong(after_ms + 200, 0, 80, after_ms, after_ms + 80)).toEqual([]);
    expect(wrong(after_ms + 200, 0, 80, after_ms + 10, after_ms + 90)).toHaveLength(1);
  });

  it('gives a frame no time of its own that stands alone after a break', () => {
    expect(wrong(1500 + HOLE_MIN_MS, 0, 1500)).toEqual([]);
    expect(wrong(3200 + HOLE_MIN_MS + 90, 0, 1600, 3200)).not.toEqual([]);
  });
});
