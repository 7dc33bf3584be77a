import type { ManifestMaster } from '@minhchung/formats';
import type { VideoFacts } from '../mp4/read-video.ts';

/** Device times of all frames in microseconds, ascending, as file and manifest together give them. */
export function deviceTimes(master: ManifestMaster, video: VideoFacts): Float64Array {
  const us_per_tick = 1_000_000 / video.timescale;
  return video.frame_ticks.map((ticks) => master.first_frame_device_time_us + ticks * us_per_tick);
}

/** How far a time that went through the file's timescale may be off: one tick, and rounding to a microsecond. */
export function tolerance_us(video: VideoFacts): number {
  return 1_000_000 / video.timescale + 1;
}

/** How many of the ascending times lie below the bound. */
export function countBelow(sorted: Float64Array, bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
