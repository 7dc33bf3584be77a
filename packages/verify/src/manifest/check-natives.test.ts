import type { FileHash, Manifest, ManifestNative } from '@minhchung/formats';
import { describe, expect, it } from 'vitest';
import { Findings } from '../report/findings.ts';
import { checkListedFiles } from './check-listed-files.ts';
import { checkNatives } from './check-natives.ts';

const ASKED = { start_ms: 0, end_ms: 60_000, start_utc: '', end_utc: '' };
const PART = { ...ASKED, end_ms: 30_000 };
const SEALED = native({ withheld: 'part_approved' });

function native(change: Partial<ManifestNative>): ManifestNative {
  return {
    ...{ name: 'native/a.mp4', size_bytes: 9, sha256: 'ab'.repeat(32), handed_in_by: 'owner', way: 'link' },
    ...{ received_at_ms: 0, file_name: 'a.mp4', media_type: 'video/mp4', is_readable: true },
    declared: { start_ms: 0, end_ms: null, resolution_ms: 1000, clock: 'device', statement: null },
    check: { duration_ms: 1, file_created_ms: null, findings: [] },
    ...change,
  };
}

/** As much of a manifest as is looked at here. */
function manifest(change: Partial<Manifest>): Manifest {
  return {
    ...{
      requested_span: ASKED,
      approved_span: PART,
      source: { kind: 'upload' },
      masters: [{}],
      searches: [],
    },
    ...{ found_spans: [], natives: [SEALED], derivatives: [], documents: [], ...change },
  } as unknown as Manifest;
}

function problemsWith(change: Partial<Manifest>): string[] {
  const findings = new Findings();
  checkNatives(manifest(change), findings);
  return findings.checks.filter(({ ok }) => !ok).map(({ en }) => en);
}

describe('what a manifest says of a file that was withheld', () => {
  it('is true where less was approved than asked for, or where its sound was left out', () => {
    expect(problemsWith({})).toEqual([]);
    expect(problemsWith({ approved_span: ASKED, natives: [native({ withheld: 'sound_left_out' })] })).toEqual(
      [],
    );
    expect(problemsWith({ approved_span: ASKED, natives: [native({})] })).toEqual([]);
  });

  it('is untrue where all of the span was approved', () => {
    expect(problemsWith({ approved_span: ASKED }).join()).toContain('all of it was approved');
  });

  it('is untrue where then nothing is delivered at all', () => {
    const nothing = problemsWith({
      masters: [],
      natives: [native({ withheld: 'part_approved', is_readable: false })],
    });
    expect(nothing.join()).toContain('nothing of what was handed in is in the package');
  });

  it('means that it is not among the files of the package', () => {
    const listed = (change: Partial<Manifest>, sums: readonly FileHash[]) => {
      const findings = new Findings();
      checkListedFiles(manifest({ masters: [], ...change }), sums, new Map(), findings);
      return findings.checks.filter(({ ok }) => !ok).map(({ en }) => en);
    };
    const hash = { name: SEALED.name, sha256: SEALED.sha256 };
    expect(listed({}, [])).toEqual([]);
    expect(listed({}, [hash]).join()).toContain('it is in SHA256SUMS only');
    expect(listed({ natives: [native({})] }, []).join()).toContain('it is not in SHA256SUMS');
  });
});
