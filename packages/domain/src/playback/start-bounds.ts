import type { PlaybackFinding, StartRule } from '../vocabulary/playback.ts';

/** A second is cut off what is asked, and another off what is read. */
const SECOND_MS = 1_000;
/** Below this a beginning is at the asked instant: two frames of slow video. */
const EXACT_MS = 100;

/** Where the first picture lies against the asked instant: `[low_ms, high_ms)` from it. */
export function startBounds(
  rule: StartRule,
  keyframe_interval_ms: number,
): { readonly low_ms: number; readonly high_ms: number } {
  const far_ms = keyframe_interval_ms + SECOND_MS;
  switch (rule) {
    case 'keyframe_before':
      return { low_ms: -far_ms, high_ms: SECOND_MS };
    case 'keyframe_after':
      return { low_ms: -SECOND_MS, high_ms: far_ms };
    case 'exact':
      return { low_ms: -SECOND_MS, high_ms: SECOND_MS };
    default:
      return { low_ms: -far_ms, high_ms: far_ms };
  }
}

/** The rule that beginnings show, given as distances from what was asked. */
export function startRuleOf(distances_ms: readonly number[]): StartRule {
  if (distances_ms.every((one) => Math.abs(one) <= EXACT_MS)) return 'exact';
  if (distances_ms.every((one) => one <= EXACT_MS)) return 'keyframe_before';
  if (distances_ms.every((one) => one >= -EXACT_MS)) return 'keyframe_after';
  return 'unknown';
}

/**
 * How coarse times are that are only counted from what was asked. Twice the width of the beginning: a hole that is
 * shorter than that width moves what follows it, and cannot be noticed.
 */
export function countedResolution_ms(rule: StartRule, keyframe_interval_ms: number): number {
  const { low_ms, high_ms } = startBounds(rule, keyframe_interval_ms);
  return 2 * (high_ms - low_ms);
}

/** How much earlier a device must be asked so that the wanted instant is surely behind a keyframe. */
export function leadIn_ms({ keyframe_interval_ms }: Pick<PlaybackFinding, 'keyframe_interval_ms'>): number {
  return keyframe_interval_ms + 2 * SECOND_MS;
}
