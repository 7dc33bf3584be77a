import { LIMITS } from '@minhchung/domain';

/**
 * True time by which an item should run: before its footage is overwritten, and soon when it is urgent. Of an
 * unknown recorder the footage is taken for gone after `LIMITS.retention_assumed_ms`.
 */
export function dueAt(item: {
  readonly overwrite_at_ms: number | null;
  readonly wanted_end_ms: number;
  readonly is_urgent: boolean;
  readonly submitted_at_ms: number;
}): number {
  const overwritten_ms = item.overwrite_at_ms ?? item.wanted_end_ms + LIMITS.retention_assumed_ms;
  return item.is_urgent
    ? Math.min(overwritten_ms, item.submitted_at_ms + LIMITS.urgent_target_ms)
    : overwritten_ms;
}
