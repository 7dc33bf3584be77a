import type { Span } from '@minhchung/domain';
import type { HeldUnit } from './recorder.ts';

/** The unbroken stretches of what a recorder holds, each in decode order. */
export function stretchesOf(held: readonly HeldUnit[]): HeldUnit[][] {
  const stretches: HeldUnit[][] = [];
  for (const unit of held) {
    if (unit.discontinuity || stretches.length === 0) stretches.push([]);
    stretches.at(-1)!.push(unit);
  }
  return stretches;
}

/**
 * The units that the masters of a search must hold, one list for each master, in decode order: of every stretch with
 * a wanted frame, everything from the keyframe at or before the start (or the stretch's first) through the last unit
 * shown before the end.
 */
export function mastersExpected(held: readonly HeldUnit[], device_span: Span): HeldUnit[][] {
  return stretchesOf(held).flatMap((stretch) => {
    const is_wanted = (unit: HeldUnit) => isWithin(unit, device_span);
    if (!stretch.some(is_wanted)) return [];
    const is_before = (unit: HeldUnit) => unit.device_time_us < device_span.end_ms * 1000;
    const begins = stretch.findLastIndex(
      (unit) => unit.is_keyframe && unit.device_time_us <= device_span.start_ms * 1000,
    );
    return [stretch.slice(Math.max(begins, 0), stretch.findLastIndex(is_before) + 1)];
  });
}

export function isWithin(
  { device_time_us }: Pick<HeldUnit, 'device_time_us'>,
  { start_ms, end_ms }: Span,
): boolean {
  return device_time_us >= start_ms * 1000 && device_time_us < end_ms * 1000;
}

export function byPresentation(units: readonly HeldUnit[]): HeldUnit[] {
  return units.toSorted((a, b) => a.true_time_ms - b.true_time_ms);
}

/** What of a true span was never recorded, or is held no more: from frame to frame, breaks above `hole_min_ms` only. */
export function holesWithin(held: readonly HeldUnit[], wanted: Span, hole_min_ms: number): Span[] {
  const times = byPresentation(held).map(({ true_time_ms }) => true_time_ms);
  const around = [Number.NEGATIVE_INFINITY, ...times, Number.POSITIVE_INFINITY];
  return around
    .slice(1)
    .map((end_ms, n) => ({ start_ms: around[n]!, end_ms }))
    .filter(({ start_ms, end_ms }) => end_ms - start_ms > hole_min_ms)
    .map((hole) => ({
      start_ms: Math.max(hole.start_ms, wanted.start_ms),
      end_ms: Math.min(hole.end_ms, wanted.end_ms),
    }))
    .filter(({ start_ms, end_ms }) => start_ms < end_ms);
}
