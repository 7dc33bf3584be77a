import type { Manifest, ManifestNative } from '@minhchung/formats';
import { describe, expect, it } from 'vitest';
import { Findings } from '../report/findings.ts';
import { checkNatives } from './check-natives.ts';

const T = Date.UTC(2026, 10, 22, 7);
const MINUTES_41 = 41 * 60_000;

function native(change: object = {}): ManifestNative {
  return {
    ...{ name: 'native/a.mp4', size_bytes: 1, sha256: 'a'.repeat(64), handed_in_by: 'owner', way: 'link' },
    ...{ file_name: 'a.mp4', is_readable: true, received_at_ms: T, media_type: 'video/mp4' },
    check: { duration_ms: 1000, file_created_ms: null, findings: [] },
    declared: {
      ...{ start_ms: T, end_ms: null, resolution_ms: 1000, clock: 'device' },
      statement: { shown_ms: T + MINUTES_41, true_ms: T },
    },
    ...change,
  } as ManifestNative;
}

function isTold(change: object = {}): boolean {
  const findings = new Findings();
  const manifest = {
    source: { kind: 'upload' },
    ...{ masters: [{}], found_spans: [{}], natives: [native()] },
    searches: [{ offset_min_ms: MINUTES_41 - 1000, offset_max_ms: MINUTES_41 + 1000 }],
    ...change,
  };
  checkNatives(manifest as unknown as Manifest, findings);
  return !findings.ok;
}

describe('what a manifest says of files that were handed in', () => {
  it('is not doubted where it is true', () => {
    expect(isTold()).toBe(false);
  });

  const own_clock = native({ declared: { ...native().declared, clock: 'true_time', statement: null } });
  it.each([
    ['another offset than was declared', { searches: [{ offset_min_ms: 0, offset_max_ms: 0 }] }],
    [
      'an unknown offset where one was declared',
      { searches: [{ offset_min_ms: null, offset_max_ms: null }] },
    ],
    ['a correction of what was declared in true time', { natives: [own_clock] }],
    ['a file elsewhere in the package', { natives: [native({ name: 'a.mp4' })] }],
    ['a file of two clocks', { natives: [native(), own_clock] }],
    ['a length of what cannot be read', { natives: [native({ is_readable: false })] }],
    ['footage from elsewhere', { source: { kind: 'folder' } }],
    ['a readable file and no master', { masters: [], found_spans: [] }],
  ])('is told to be untrue: %s', (_, change) => {
    expect(isTold(change)).toBe(true);
  });
});
