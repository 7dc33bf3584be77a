import type { Manifest, ManifestSpan, ReadableSpan } from '@minhchung/formats';
import type { Findings } from '../report/findings.ts';
import { type Offset, offsetOf } from './offset.ts';

/** Checks how requested, approved, searched and found spans lie to one another. */
export function checkSpans(manifest: Manifest, findings: Findings): void {
  const { requested_span, approved_span, searched_device_span: searched, found_spans } = manifest;
  const problems = [
    ...spanProblems('requested_span', requested_span),
    ...spanProblems('approved_span', approved_span),
    ...spanProblems('searched_device_span', searched),
    ...textProblems('requested_span', requested_span),
    ...textProblems('approved_span', approved_span),
  ];
  if (!holds(requested_span, approved_span)) problems.push('more was approved than was requested');
  const offset = offsetOf(manifest.clock);
  if (offset !== null && !holds(searched, widened(approved_span, offset))) {
    problems.push('less was searched than the bounds of the clock demand');
  }
  let previous_end_ms = Number.NEGATIVE_INFINITY;
  for (const { device_start_ms: start_ms, device_end_ms: end_ms } of found_spans) {
    problems.push(...spanProblems('a found span', { start_ms, end_ms }));
    if (!holds(searched, { start_ms, end_ms })) problems.push('a found span lies outside the searched one');
    if (start_ms <= previous_end_ms) problems.push('found spans overlap or are out of order');
    previous_end_ms = end_ms;
  }
  findings.judge(
    'spans',
    problems.map((problem) => ({ problem })),
  );
}

/** Works out the gaps again: what is approved and not surely covered by what was found. */
export function checkGaps(manifest: Manifest, findings: Findings): void {
  const expected = missingOf(manifest.approved_span, surelyCovered(manifest));
  const stated = manifest.gaps.map(({ start_ms, end_ms }) => ({ start_ms, end_ms }));
  const problems: string[] = [];
  if (inWords(expected) !== inWords(stated)) {
    problems.push(`stated ${inWords(stated)}, what was found leaves ${inWords(expected)}`);
  }
  if ((manifest.outcome === 'archived') !== (expected.length === 0)) {
    problems.push(`the outcome ${manifest.outcome} does not fit ${expected.length} gaps`);
  }
  findings.judge(
    'gaps',
    problems.map((problem) => ({ problem })),
  );
}

/** True spans that were recorded whatever the offset is within its bounds; none when it is unknown. */
function surelyCovered(manifest: Manifest): ManifestSpan[] {
  const offset = offsetOf(manifest.clock);
  if (offset === null) return [];
  return manifest.found_spans
    .map((span) => ({
      start_ms: span.device_start_ms - offset.min_ms,
      end_ms: span.device_end_ms - offset.max_ms,
    }))
    .filter((span) => span.start_ms < span.end_ms)
    .sort((a, b) => a.start_ms - b.start_ms);
}

/** What is left of a span when sorted spans are taken away. */
function missingOf(wanted: ManifestSpan, covered: readonly ManifestSpan[]): ManifestSpan[] {
  const missing: ManifestSpan[] = [];
  let start_ms = wanted.start_ms;
  for (const span of covered) {
    const end_ms = Math.min(span.start_ms, wanted.end_ms);
    if (end_ms > start_ms) missing.push({ start_ms, end_ms });
    start_ms = Math.max(start_ms, span.end_ms);
  }
  if (start_ms < wanted.end_ms) missing.push({ start_ms, end_ms: wanted.end_ms });
  return missing;
}

function widened(span: ManifestSpan, offset: Offset): ManifestSpan {
  return { start_ms: span.start_ms + offset.min_ms, end_ms: span.end_ms + offset.max_ms };
}

function holds(outer: ManifestSpan, inner: ManifestSpan): boolean {
  return outer.start_ms <= inner.start_ms && inner.end_ms <= outer.end_ms;
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

function inWords(spans: readonly ManifestSpan[]): string {
  return spans.length === 0 ? 'nothing' : spans.map((span) => `${span.start_ms}–${span.end_ms}`).join(', ');
}
