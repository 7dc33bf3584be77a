import { type OffsetInterval, rfc3339, type Span } from '@minhchung/domain';
import {
  MANIFEST_FORMAT,
  type Manifest,
  type ManifestFile,
  type ManifestMaster,
  type ManifestSearch,
  type ReadableSpan,
  type TrueTimeUs,
} from '@minhchung/formats';
import { withDifferences } from './display-clock.ts';
import { withTrueTime } from './found-spans.ts';
import { inconsistent } from './inconsistent.ts';
import type { ManifestInput, MasterInput, SearchInput } from './manifest-input.ts';
import { assertSearchesConsistent, foundBy, gapsOf, offsetOf } from './searches.ts';

/**
 * The manifest of one item: works out found spans, gaps, outcome and true times from what the extraction knows,
 * so that they cannot contradict each other. Throws `PACKAGE_INCONSISTENT` when the searches do not fit the
 * approved span and the clock's bounds, or when there is neither a master nor a file that was handed in.
 */
export function buildManifest(
  input: ManifestInput,
  writer: { readonly documents: readonly ManifestFile[]; readonly key_id: string },
): Manifest {
  const { gapReason, display_clock, ...facts } = input;
  if (input.masters.length === 0 && (input.natives ?? []).length === 0) {
    throw inconsistent(input.item.id, 'there is no master');
  }
  assertSearchesConsistent(input);
  const gaps = gapsOf(input);
  return {
    ...facts,
    ...(display_clock && { display_clock: withDifferences(display_clock, input.searches) }),
    format: MANIFEST_FORMAT,
    requested_span: readable(input.requested_span),
    approved_span: readable(input.approved_span),
    searches: input.searches.map(describeSearch),
    found_spans: input.searches.flatMap((search, index) =>
      foundBy(search, input.hole_min_ms).map((span) => withTrueTime(span, index, offsetOf(search))),
    ),
    gaps: gaps.map((gap) => ({ ...gap, ...gapReason(gap) })),
    outcome: gaps.length === 0 ? 'archived' : 'partial',
    masters: input.masters.map((master) => withTrueTimes(master, offsetOf(input.searches[master.search]!))),
    documents: writer.documents,
    signing: { algorithm: 'ed25519', key_id: writer.key_id },
  };
}

function describeSearch({ found_device_spans, ...search }: SearchInput): ManifestSearch {
  return { ...search, approved_part: readable(search.approved_part) };
}

function readable({ start_ms, end_ms }: Span): ReadableSpan {
  return { start_ms, end_ms, start_utc: rfc3339(start_ms), end_utc: rfc3339(end_ms) };
}

function withTrueTimes(master: MasterInput, offset: OffsetInterval | null): ManifestMaster {
  return {
    ...master,
    first_frame_true_time: trueTime(master.first_frame_device_time_us, offset),
    last_frame_true_time: trueTime(master.last_frame_device_time_us, offset),
  };
}

function trueTime(device_time_us: number, offset: OffsetInterval | null): TrueTimeUs {
  if (offset === null) return null;
  return { min_us: device_time_us - offset.max_ms * 1000, max_us: device_time_us - offset.min_ms * 1000 };
}
