/** What of a request's wanted span may be taken, where those who approve it shortened it. */
import { CodedError } from '../errors.ts';
import type { Span } from '../span.ts';

/** Shorter than this there may be no frame: recorders at night make one a second. */
export const APPROVED_SPAN_MIN_MS = 1_000;

/** A decision as far as the span goes. */
export interface SpanDecision {
  readonly unit_id: string;
  readonly verdict: 'approved' | 'refused';
  /** Null: all that was wanted. */
  readonly approved: Span | null;
}

/**
 * What is approved for an item: what every unit with a say in it approved. `units`: the requesting one and the
 * camera's. Null: too little of it is left for a frame to be sure.
 */
export function approvedSpan(
  wanted: Span,
  decisions: readonly SpanDecision[],
  units: readonly string[],
): Span | null {
  let { start_ms, end_ms } = wanted;
  let is_shortened = false;
  for (const { unit_id, verdict, approved } of decisions) {
    if (verdict !== 'approved' || approved === null || !units.includes(unit_id)) continue;
    is_shortened = true;
    start_ms = Math.max(start_ms, approved.start_ms);
    end_ms = Math.min(end_ms, approved.end_ms);
  }
  if (!is_shortened) return wanted;
  return end_ms - start_ms >= APPROVED_SPAN_MIN_MS ? { start_ms, end_ms } : null;
}

/**
 * What stands against approving `part` of a request, or null. An approver shortens and never widens; what an urgent
 * request wants has been taken already, so it is confirmed or refused whole; and what another unit approved before
 * must leave something for every camera in which both have a say. `others`: for each such item the units with a say.
 */
export function partRefusal(
  request: { readonly wanted: Span; readonly is_urgent: boolean },
  decision: SpanDecision,
  earlier: readonly SpanDecision[],
  items: readonly (readonly string[])[],
): CodedError | null {
  const part = decision.approved;
  if (part === null) return null;
  if (decision.verdict === 'refused') return new CodedError('APPROVED_PART_OF_REFUSAL');
  if (request.is_urgent) return new CodedError('APPROVED_PART_OF_URGENT');
  const { wanted } = request;
  const is_inside = part.start_ms >= wanted.start_ms && part.end_ms <= wanted.end_ms;
  if (!is_inside || part.end_ms - part.start_ms < APPROVED_SPAN_MIN_MS) {
    return new CodedError('APPROVED_PART_OUTSIDE', { min_ms: APPROVED_SPAN_MIN_MS });
  }
  const decided = [...earlier, decision];
  const leaves_nothing = items.some(
    (units) => units.includes(decision.unit_id) && approvedSpan(wanted, decided, units) === null,
  );
  return leaves_nothing ? new CodedError('APPROVED_PARTS_APART') : null;
}
