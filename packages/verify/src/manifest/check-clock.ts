import type { Manifest, ManifestDisplayClock, ManifestSearch, TrueTimeUs } from '@minhchung/formats';
import type { Details, Findings } from '../report/findings.ts';
import { type Offset, offsetOf } from './offset.ts';

/** Checks that the offset of every search is an interval that was measured, or stated to be unknown. */
export function checkClock(manifest: Manifest, findings: Findings): void {
  const { searches, display_clock, created_at_ms } = manifest;
  const problems = searches.flatMap((search) => offsetProblems(search, created_at_ms));
  if (display_clock !== undefined) {
    const of_display = [
      ...offsetProblems(display_clock, created_at_ms),
      ...displayProblems(manifest, display_clock),
    ];
    problems.push(...of_display.map((problem) => `the clock in the picture: ${problem}`));
  }
  findings.judge(
    'clock',
    problems.map((problem) => ({ problem })),
  );
}

/** What is stated of the offset of one clock. */
type StatedOffset = Pick<
  ManifestSearch,
  'offset_min_ms' | 'offset_max_ms' | 'basis' | 'method' | 'measured_at_ms' | 'reading_count'
>;

function offsetProblems(search: StatedOffset, created_at_ms: number): string[] {
  const { offset_min_ms, offset_max_ms, basis, method, measured_at_ms, reading_count } = search;
  const problems: string[] = [];
  const offset = offsetOf(search);
  if ((offset_min_ms === null) !== (offset_max_ms === null)) problems.push('one bound is missing');
  if ((basis === 'unknown') !== (offset === null)) problems.push('bounds and basis contradict each other');
  if (offset !== null && offset.min_ms > offset.max_ms) problems.push('the bounds are reversed');
  const is_measured = basis.startsWith('measured') || basis === 'step_within';
  if (is_measured && (measured_at_ms === null || method === null || reading_count === 0)) {
    problems.push('it is called measured, but not when, how, or with how many readings');
  }
  if (measured_at_ms !== null && measured_at_ms > created_at_ms) {
    problems.push('it was measured after the package was made');
  }
  return problems;
}

/** Works out again how far the clock in the picture is from the one that stamped the frames. */
function displayProblems({ clock, searches }: Manifest, display: ManifestDisplayClock): string[] {
  if (display.id === clock.id) return ['it is the clock that stamped the frames'];
  const shown = offsetOf(display);
  const stamping = searches.map(offsetOf);
  const is_known = shown !== null && stamping.every((offset) => offset !== null);
  const expected = is_known ? stamping : [];
  const is_right =
    display.differences.length === expected.length &&
    display.differences.every(({ min_ms, max_ms }, i) => {
      const offset = expected[i]!;
      return min_ms === shown!.min_ms - offset.max_ms && max_ms === shown!.max_ms - offset.min_ms;
    });
  return is_right ? [] : ['its difference from the recorder does not follow from their offsets'];
}

/** Works out every true time of the manifest again. */
export function checkTrueTimes(manifest: Manifest, findings: Findings): void {
  const offsets = manifest.searches.map(offsetOf);
  const problems: Details[] = [];
  for (const span of manifest.found_spans) {
    const { true_time } = span;
    const offset = offsets[span.search] ?? null;
    const is_right =
      offset === null || true_time === null
        ? offset === null && true_time === null
        : true_time.start_min_ms === span.device_start_ms - offset.max_ms &&
          true_time.start_max_ms === span.device_start_ms - offset.min_ms &&
          true_time.end_min_ms === span.device_end_ms - offset.max_ms &&
          true_time.end_max_ms === span.device_end_ms - offset.min_ms;
    if (!is_right) problems.push({ what: `${span.device_start_ms}–${span.device_end_ms}` });
  }
  for (const master of manifest.masters) {
    const offset = offsets[master.search] ?? null;
    const is_right =
      follows(master.first_frame_true_time, master.first_frame_device_time_us, offset) &&
      follows(master.last_frame_true_time, master.last_frame_device_time_us, offset);
    if (!is_right) problems.push({ what: master.name });
  }
  findings.judge('true_times', problems);
}

function follows(true_time: TrueTimeUs, device_time_us: number, offset: Offset | null): boolean {
  if (offset === null || true_time === null) return offset === null && true_time === null;
  return (
    true_time.min_us === device_time_us - offset.max_ms * 1000 &&
    true_time.max_us === device_time_us - offset.min_ms * 1000
  );
}
