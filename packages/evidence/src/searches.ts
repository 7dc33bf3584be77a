import {
  deviceSpan,
  foundWithin,
  gapsOfApproved,
  type OffsetInterval,
  type Span,
  spanCovers,
  uniteSpans,
} from '@minhchung/domain';
import { inconsistent } from './inconsistent.ts';
import type { ManifestInput, SearchInput } from './manifest-input.ts';

/** Bounds of a search's offset; null when it is unknown. */
export function offsetOf(search: SearchInput): OffsetInterval | null {
  const { offset_min_ms: min_ms, offset_max_ms: max_ms } = search;
  return min_ms === null || max_ms === null ? null : { min_ms, max_ms };
}

/** What was found by one search, device time. */
export function foundBy(search: SearchInput, hole_min_ms: number): Span[] {
  return foundWithin(search.found_device_spans, search.device_span, hole_min_ms);
}

/** Gaps part by part: missing under any of the alternatives is missing. With an unknown offset nothing is sure. */
export function gapsOf({ searches, hole_min_ms }: ManifestInput): Span[] {
  return groupByPart(searches).flatMap((alternatives) => {
    const missing = alternatives.flatMap((search) => {
      const offset = offsetOf(search);
      if (offset === null) return [search.approved_part];
      return gapsOfApproved(search.approved_part, foundBy(search, hole_min_ms), offset);
    });
    return uniteSpans(missing);
  });
}

/**
 * Throws `PACKAGE_INCONSISTENT` when the approved parts are not exactly the approved span, when a source was asked
 * for less than the clock's bounds demand, when an alternative stands alone, and for a master of no search.
 */
export function assertSearchesConsistent(input: ManifestInput): void {
  const { item, approved_span, searches, masters } = input;
  const refuse = (reason: string): never => {
    throw inconsistent(item.id, reason);
  };
  let reached_ms = approved_span.start_ms;
  for (const alternatives of groupByPart(searches)) {
    const [{ approved_part }] = alternatives as [SearchInput];
    if (approved_part.start_ms !== reached_ms) refuse('the approved parts do not follow one another');
    reached_ms = approved_part.end_ms;
    if (alternatives.some(({ basis }) => (basis === 'step_within') !== alternatives.length > 1)) {
      refuse('an approved part has alternatives if, and only if, the clock was set at an unknown moment');
    }
  }
  if (reached_ms !== approved_span.end_ms) refuse('the approved parts are not the whole approved span');
  for (const search of searches) {
    const offset = offsetOf(search);
    if (offset !== null && !spanCovers(search.device_span, deviceSpan(search.approved_part, offset))) {
      refuse('a searched span does not hold its approved part at both bounds of the offset');
    }
  }
  if (masters.some(({ search }) => searches[search] === undefined)) refuse('a master names no search');
}

/** Neighbouring searches for the same approved part belong together. */
function groupByPart(searches: readonly SearchInput[]): SearchInput[][] {
  const groups: SearchInput[][] = [];
  for (const search of searches) {
    const part = groups.at(-1)?.[0]?.approved_part;
    const { start_ms, end_ms } = search.approved_part;
    if (part?.start_ms === start_ms && part.end_ms === end_ms) groups.at(-1)!.push(search);
    else groups.push([search]);
  }
  return groups;
}
