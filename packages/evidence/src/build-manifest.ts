import {
  deviceSpan,
  foundWithin,
  gapsOfApproved,
  type OffsetInterval,
  rfc3339,
  type Span,
  spanCovers,
} from '@minhchung/domain';
import {
  MANIFEST_FORMAT,
  type Manifest,
  type ManifestClock,
  type ManifestFile,
  type ManifestMaster,
  type ReadableSpan,
  type TrueTimeUs,
} from '@minhchung/formats';
import { withTrueTime } from './found-spans.ts';
import { inconsistent } from './inconsistent.ts';
import type { ManifestInput, MasterInput } from './manifest-input.ts';

/**
 * The manifest of one item: works out found spans, gaps, outcome and true times from what the extraction knows,
 * so that they cannot contradict each other. Throws `PACKAGE_INCONSISTENT` when the source was asked for less
 * than the clock's bounds demand, or when there is no master.
 */
export function buildManifest(
  input: ManifestInput,
  writer: { readonly documents: readonly ManifestFile[]; readonly key_id: string },
): Manifest {
  const { gapReason, found_device_spans, ...facts } = input;
  const offset = offsetOf(input.clock);
  assertSearchedEnough(input, offset);
  const found = foundWithin(found_device_spans, input.searched_device_span, input.hole_min_ms);
  // With an unknown offset nothing is sure.
  const gaps = offset === null ? [input.approved_span] : gapsOfApproved(input.approved_span, found, offset);
  return {
    ...facts,
    format: MANIFEST_FORMAT,
    requested_span: readable(input.requested_span),
    approved_span: readable(input.approved_span),
    found_spans: found.map((span) => withTrueTime(span, offset)),
    gaps: gaps.map((gap) => ({ ...gap, ...gapReason(gap) })),
    outcome: gaps.length === 0 ? 'archived' : 'partial',
    masters: input.masters.map((master) => withTrueTimes(master, offset)),
    documents: writer.documents,
    signing: { algorithm: 'ed25519', key_id: writer.key_id },
  };
}

function offsetOf(clock: ManifestClock): OffsetInterval | null {
  const { offset_min_ms: min_ms, offset_max_ms: max_ms } = clock;
  return min_ms === null || max_ms === null ? null : { min_ms, max_ms };
}

function assertSearchedEnough(input: ManifestInput, offset: OffsetInterval | null): void {
  const key = input.item.id;
  if (input.masters.length === 0) throw inconsistent(key, 'there is no master');
  if (offset === null) return;
  if (!spanCovers(input.searched_device_span, deviceSpan(input.approved_span, offset))) {
    throw inconsistent(key, 'the searched span does not hold the approved one at both bounds of the offset');
  }
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
