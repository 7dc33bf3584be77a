import type { ManifestMaster, ManifestSpan } from '@minhchung/formats';
import type { VideoFacts } from '../mp4/read-video.ts';
import type { Details, Findings } from '../report/findings.ts';
import { countBelow, deviceTimes, tolerance_us } from './device-times.ts';

/** Compares what a master says of itself with what the manifest says of it. */
export function checkMaster(
  master: ManifestMaster,
  video: VideoFacts,
  searched: ManifestSpan,
  findings: Findings,
): void {
  findings.judge('master_stream', streamProblems(master, video), master.name);
  findings.judge(
    'master_frames',
    [...frameProblems(master, video), ...wantedProblems(master, video, searched)],
    master.name,
  );
}

function streamProblems(master: ManifestMaster, video: VideoFacts): Details[] {
  const fields = ['codec', 'width', 'height', 'timescale'] as const;
  return fields
    .filter((field) => master[field] !== video[field])
    .map((field) => ({ what: field, actual: video[field], stated: master[field] }));
}

function frameProblems(master: ManifestMaster, video: VideoFacts): Details[] {
  const frame_count = video.frame_ticks.length;
  if (frame_count !== master.frame_count) {
    return [{ what: 'frame_count', actual: frame_count, stated: master.frame_count }];
  }
  const last_us = deviceTimes(master, video).at(-1)!;
  return differing('last_frame_device_time_us', last_us, master.last_frame_device_time_us, video);
}

/** Counts the frames before, inside and after the searched span again. */
function wantedProblems(master: ManifestMaster, video: VideoFacts, searched: ManifestSpan) {
  const { wanted } = master;
  const times = deviceTimes(master, video);
  const before = countAround(times, searched.start_ms * 1000, tolerance_us(video));
  const not_after = countAround(times, searched.end_ms * 1000, tolerance_us(video));
  const stated_not_after = wanted.frames_before + wanted.frames_inside;
  const problems: Details[] = [];
  if (!isWithin(wanted.frames_before, before)) {
    problems.push({ what: 'frames_before', actual: before.min, stated: wanted.frames_before });
  }
  if (!isWithin(stated_not_after, not_after)) {
    problems.push({
      what: 'frames_inside',
      actual: not_after.min - wanted.frames_before,
      stated: wanted.frames_inside,
    });
  }
  if (stated_not_after + wanted.frames_after !== times.length) {
    problems.push({
      what: 'frames_after',
      actual: times.length - stated_not_after,
      stated: wanted.frames_after,
    });
  }
  if (problems.length > 0) return problems;
  const inside = times.subarray(wanted.frames_before, stated_not_after);
  return [
    ...differing('first_inside_device_time_us', inside.at(0), wanted.first_inside_device_time_us, video),
    ...differing('last_inside_device_time_us', inside.at(-1), wanted.last_inside_device_time_us, video),
  ];
}

/** A frame within a tick of the bound may be counted on either side of it. */
function countAround(times: Float64Array, bound_us: number, around_us: number) {
  return { min: countBelow(times, bound_us - around_us), max: countBelow(times, bound_us + around_us) };
}

function isWithin(value: number, range: { readonly min: number; readonly max: number }): boolean {
  return range.min <= value && value <= range.max;
}

function differing(
  what: string,
  actual_us: number | undefined,
  stated_us: number | null,
  video: VideoFacts,
): Details[] {
  if (actual_us === undefined && stated_us === null) return [];
  if (actual_us !== undefined && stated_us !== null) {
    if (Math.abs(actual_us - stated_us) <= tolerance_us(video)) return [];
  }
  return [{ what, actual: actual_us === undefined ? null : Math.round(actual_us), stated: stated_us }];
}
