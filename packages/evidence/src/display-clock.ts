import type { ManifestDisplayClock } from '@minhchung/formats';
import type { DisplayClockInput, SearchInput } from './manifest-input.ts';
import { offsetOf } from './searches.ts';

/** How far the clock in the picture is from the one that stamped the frames, for each search; unknown of any: none. */
export function withDifferences(
  display: DisplayClockInput,
  searches: readonly SearchInput[],
): ManifestDisplayClock {
  const { offset_min_ms, offset_max_ms } = display;
  const stamping = searches.map(offsetOf).filter((offset) => offset !== null);
  const is_known = offset_min_ms !== null && offset_max_ms !== null && stamping.length === searches.length;
  const differences = is_known
    ? stamping.map(({ min_ms, max_ms }) => ({
        min_ms: offset_min_ms - max_ms,
        max_ms: offset_max_ms - min_ms,
      }))
    : [];
  return { ...display, differences };
}
