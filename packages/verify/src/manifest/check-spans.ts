import type { Manifest, ManifestSearch, ManifestSpan, ReadableSpan } from '@minhchung/formats';
import type { Findings } from '../report/findings.ts';
import { type Offset, offsetOf } from './offset.ts';

/** Checks how requested, approved, searched and found spans lie to one another. */
export function checkSpans(manifest: Manifest, findings: Findings): void {
  const { requested_span, approved_span, searches } = manifest;
  const problems = [
    ...readableProblems('requested_span', requested_span),
    ...readableProblems('approved_span', approved_span),
    ...searches.flatMap(searchProblems),
    ...foundProblems(manifest),
  ];
  if (!holds(requested_span, approved_span)) problems.push('more was approved than was requested');
  findings.judge(
    'spans',
    problems.map((problem) => ({ problem })),
  );
}

function searchProblems(search: ManifestSearch): string[] {
  const problems = [
    ...readableProblems('an approved part', search.approved_part),
    ...spanProblems('a searched span', search.device_span),
  ];
  const offset = offsetOf(search);
  if (offset !== null && !holds(search.device_span, widened(search.approved_part, offset))) {
    problems.push('less was searched than the bounds of the clock demand');
  }
  return problems;
}

function foundProblems({ searches, found_spans }: Manifest): string[] {
  const problems: string[] = [];
  let previous = { search: 0, end_ms: Number.NEGATIVE_INFINITY };
  for (const { search, device_start_ms: start_ms, device_end_ms: end_ms } of found_spans) {
    problems.push(...spanProblems('a found span', { start_ms, end_ms }));
    const searched = searches[search]?.device_span;
    if (searched === undefined || !holds(searched, { start_ms, end_ms })) {
      problems.push('a found span lies outside the searched one');
    }
    const follows = search === previous.search ? start_ms > previous.end_ms : search > previous.search;
    if (!follows) problems.push('found spans overlap or are out of order');
    previous = { search, end_ms };
  }
  return problems;
}

function widened(span: ManifestSpan, offset: Offset): ManifestSpan {
  return { start_ms: span.start_ms + offset.min_ms, end_ms: span.end_ms + offset.max_ms };
}

function holds(outer: ManifestSpan, inner: ManifestSpan): boolean {
  return outer.start_ms <= inner.start_ms && inner.end_ms <= outer.end_ms;
}

function readableProblems(what: string, span: ReadableSpan): string[] {
  return [...spanProblems(what, span), ...textProblems(what, span)];
}

function spanProblems(what: string, span: ManifestSpan): string[] {
  return span.start_ms < span.end_ms ? [] : [`${what} ends before it begins`];
}

function textProblems(what: string, span: ReadableSpan): string[] {
  const is_right = utc(span.start_ms) === span.start_utc && utc(span.end_ms) === span.end_utc;
  return is_right ? [] : [`${what} says other times in words than in numbers`];
}

/** RFC 3339 in UTC with milliseconds; null for an instant beyond the calendar. */
function utc(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
