import { CodedError, type Span } from '@minhchung/domain';
import { buildManifest, type ManifestInput, type SearchInput } from '@minhchung/evidence';
import { checkManifestForm, encodeManifest, type Json, parseManifest } from '@minhchung/formats';
import { describe, expect, it } from 'vitest';
import { SAMPLE_OFFSET, SAMPLE_START_MS, sampleDeviceTime_us, sampleInput } from './sample-input.ts';

const LENGTH_MS = 60_000;
const WRITER = {
  documents: [{ name: 'VERIFY.md', size_bytes: 1, sha256: 'a'.repeat(64) }],
  key_id: 'b'.repeat(32),
};
const UNKNOWN = { offset_min_ms: null, offset_max_ms: null, basis: 'unknown' } as const;

/** Input with footage over the given stretches, in milliseconds of device time after the searched start. */
function inputWith(...found: [number, number][]): ManifestInput {
  const frame_times_us = [sampleDeviceTime_us(-1000), sampleDeviceTime_us(LENGTH_MS + 1000)];
  const sizes = { codec: 'h264', width: 640, height: 360, timescale: 90_000, size_bytes: 1 } as const;
  const input = sampleInput(LENGTH_MS, [{ name: 'm.mp4', sha256: 'c'.repeat(64), ...sizes, frame_times_us }]);
  const { start_ms } = input.searches[0]!.device_span;
  const spans = found.map(([from, to]) => ({ start_ms: start_ms + from, end_ms: start_ms + to }));
  return withSearch(input, { found_device_spans: spans });
}

function withSearch(input: ManifestInput, change: Partial<SearchInput>): ManifestInput {
  return { ...input, searches: input.searches.map((search) => ({ ...search, ...change })) };
}

const SEARCHED_MS = LENGTH_MS + SAMPLE_OFFSET.max_ms - SAMPLE_OFFSET.min_ms;

function gapsOf(input: ManifestInput): [number, number][] {
  return buildManifest(input, WRITER).gaps.map((gap) => [
    gap.start_ms - SAMPLE_START_MS,
    gap.end_ms - SAMPLE_START_MS,
  ]);
}

describe('the manifest', () => {
  it('fits its schema and reads back the same', () => {
    const manifest = buildManifest(inputWith([0, SEARCHED_MS]), WRITER);
    expect(parseManifest(encodeManifest(manifest))).toEqual(manifest);
  });

  it('does not fit its schema with any one member missing', () => {
    const text = JSON.stringify(buildManifest(inputWith([0, SEARCHED_MS]), WRITER));
    let members = 0;
    for (const path of memberPaths(JSON.parse(text))) {
      const value = JSON.parse(text);
      remove(value, path);
      expect([path, checkManifestForm(value as Json).length]).not.toEqual([path, 0]);
      members += 1;
    }
    expect(members).toBeGreaterThan(130);
  });

  it('calls an item archived when the whole searched span was found', () => {
    const manifest = buildManifest(inputWith([0, SEARCHED_MS]), WRITER);
    expect(manifest).toMatchObject({ outcome: 'archived', gaps: [] });
  });

  it('clips what was found to what was searched', () => {
    const [span] = buildManifest(inputWith([-5000, SEARCHED_MS + 5000]), WRITER).found_spans;
    const { device_span } = inputWith().searches[0]!;
    expect(span!.device_start_ms).toBe(device_span.start_ms);
    expect(span!.device_end_ms).toBe(device_span.end_ms);
  });

  it('closes breaks no longer than a hole, between masters and at the ends', () => {
    const found = inputWith([2000, 20_000], [22_000, SEARCHED_MS - 2000]);
    expect(buildManifest(found, WRITER).found_spans).toHaveLength(1);
    expect(gapsOf(found)).toEqual([]);
  });

  it('widens a hole by both bounds, because nobody knows where it truly lies', () => {
    const width_ms = SAMPLE_OFFSET.max_ms - SAMPLE_OFFSET.min_ms;
    expect(gapsOf(inputWith([0, 20_000], [40_000, SEARCHED_MS]))).toEqual([[20_000 - width_ms, 40_000]]);
  });

  it('reports as a gap what is missing at the ends, and the item as partial', () => {
    const input = inputWith([10_000, 50_000]);
    const width_ms = SAMPLE_OFFSET.max_ms - SAMPLE_OFFSET.min_ms;
    expect(gapsOf(input)).toEqual([
      [0, 10_000],
      [50_000 - width_ms, LENGTH_MS],
    ]);
    expect(buildManifest(input, WRITER).outcome).toBe('partial');
  });

  it('asks for the reason of each gap', () => {
    const input = inputWith([0, 20_000], [40_000, SEARCHED_MS]);
    const asked: number[] = [];
    const gapReason: ManifestInput['gapReason'] = (gap) => {
      asked.push(gap.start_ms);
      return { reason: 'overwritten', text: { vi: 'Đã bị ghi đè', en: 'Overwritten' } };
    };
    const { gaps } = buildManifest({ ...input, gapReason }, WRITER);
    expect(gaps.map((gap) => gap.reason)).toEqual(['overwritten']);
    expect(asked).toEqual(gaps.map((gap) => gap.start_ms));
  });

  it('is sure of nothing when the offset is unknown', () => {
    const input = inputWith([0, SEARCHED_MS]);
    const manifest = buildManifest(withSearch(input, UNKNOWN), WRITER);
    expect(manifest.outcome).toBe('partial');
    expect(manifest.gaps).toHaveLength(1);
    expect(manifest.found_spans[0]!.true_time).toBeNull();
    expect(manifest.masters[0]!.first_frame_true_time).toBeNull();
  });

  it('gives every true time as the interval that the offset leaves', () => {
    const manifest = buildManifest(inputWith([0, SEARCHED_MS]), WRITER);
    expect(manifest.masters[0]!.first_frame_true_time).toEqual({
      min_us: (SAMPLE_START_MS - 1000 - 50) * 1000,
      max_us: (SAMPLE_START_MS - 1000 + 40) * 1000,
    });
    expect(manifest.requested_span).toMatchObject({ start_utc: '2026-11-21T19:00:00.000Z' });
  });

  it.each<[string, (input: ManifestInput) => ManifestInput]>([
    [
      'less was searched than the bounds demand',
      (m) => withSearch(m, { device_span: { start_ms: 0, end_ms: 1 } }),
    ],
    ['there is no master', (m) => ({ ...m, masters: [] })],
    ['nothing was searched', (m) => ({ ...m, searches: [] })],
    ['only a part was searched', (m) => withPart(m, { end_ms: m.approved_span.end_ms - 1 })],
    ['more than was approved was searched', (m) => withPart(m, { start_ms: m.approved_span.start_ms - 1 })],
    ['an alternative stands alone', (m) => withSearch(m, { basis: 'step_within' })],
    [
      'two searches for one part are no alternatives',
      (m) => ({ ...m, searches: [...m.searches, ...m.searches] }),
    ],
    ['a master names no search', (m) => ({ ...m, masters: m.masters.map((one) => ({ ...one, search: 1 })) })],
  ])('is not built when %s', (_, change) => {
    expect(() => buildManifest(change(inputWith([0, SEARCHED_MS])), WRITER)).toThrow(CodedError);
  });
});

function withPart(input: ManifestInput, change: Partial<Span>): ManifestInput {
  return withSearch(input, { approved_part: { ...input.approved_span, ...change } });
}

/** Paths of all members of all objects; free-form `tools` aside. */
function memberPaths(value: unknown, path: string[] = []): string[][] {
  if (value === null || typeof value !== 'object' || path.at(-1) === 'tools') return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const here = [...path, key];
    return [...(Array.isArray(value) ? [] : [here]), ...memberPaths(child, here)];
  });
}

function remove(value: Record<string, unknown>, path: readonly string[]): void {
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, value);
  delete parent[path.at(-1)!];
}
