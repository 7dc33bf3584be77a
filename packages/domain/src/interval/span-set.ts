/**
 * Sets of instants, held as lists of spans. Every function takes spans in any order, overlapping or empty, and
 * returns them *normalised*: sorted, not empty, disjoint and not touching.
 */
import type { Span } from '../span.ts';
import { intersectSpans, spanLength_ms } from './span-algebra.ts';

/** The same instants in the one accepted form. `join_ms` also closes holes up to that length. */
export function normaliseSpans(spans: readonly Span[], join_ms = 0): Span[] {
  const sorted = spans.filter((span) => spanLength_ms(span) > 0).sort((a, b) => a.start_ms - b.start_ms);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && span.start_ms <= last.end_ms + join_ms) {
      merged[merged.length - 1] = { ...last, end_ms: Math.max(last.end_ms, span.end_ms) };
    } else {
      merged.push({ start_ms: span.start_ms, end_ms: span.end_ms });
    }
  }
  return merged;
}

/** Instants in any of the sets. */
export function uniteSpans(...sets: readonly (readonly Span[])[]): Span[] {
  return normaliseSpans(sets.flat());
}

/** Instants in both sets. */
export function intersectSpanSets(a: readonly Span[], b: readonly Span[]): Span[] {
  const left = normaliseSpans(a);
  const right = normaliseSpans(b);
  const shared: Span[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const l = left[i]!;
    const r = right[j]!;
    const both = intersectSpans(l, r);
    if (both !== null) shared.push(both);
    if (l.end_ms <= r.end_ms) i += 1;
    else j += 1;
  }
  return shared;
}

/** Instants of `from` that are not in `removed`. */
export function subtractSpans(from: readonly Span[], removed: readonly Span[]): Span[] {
  const holes = normaliseSpans(removed);
  const rest: Span[] = [];
  let first = 0;
  for (const span of normaliseSpans(from)) {
    let start_ms = span.start_ms;
    while (first < holes.length && holes[first]!.end_ms <= start_ms) first += 1;
    for (let i = first; i < holes.length && holes[i]!.start_ms < span.end_ms; i += 1) {
      const hole = holes[i]!;
      if (hole.start_ms > start_ms) rest.push({ start_ms, end_ms: hole.start_ms });
      start_ms = hole.end_ms;
    }
    if (start_ms < span.end_ms) rest.push({ start_ms, end_ms: span.end_ms });
  }
  return rest;
}

/** What is missing of `wanted` in `found`. */
export function gapsIn(wanted: Span, found: readonly Span[]): Span[] {
  return subtractSpans([wanted], found);
}

/** Milliseconds in the set; what overlaps counts once. */
export function totalLength_ms(spans: readonly Span[]): number {
  return normaliseSpans(spans).reduce((sum, span) => sum + spanLength_ms(span), 0);
}

/** Which part of `wanted` was found, 0 to 1. An empty `wanted` is covered (1). */
export function coverageShare(wanted: Span, found: readonly Span[]): number {
  const length_ms = spanLength_ms(wanted);
  return length_ms === 0 ? 1 : totalLength_ms(intersectSpanSets([wanted], found)) / length_ms;
}
