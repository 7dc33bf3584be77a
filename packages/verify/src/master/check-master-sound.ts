import type { ManifestAudioTrack, ManifestMaster, ManifestSpan } from '@minhchung/formats';
import type { SoundFacts, VideoFacts } from '../mp4/read-video.ts';
import type { Details, Findings } from '../report/findings.ts';
import { countBelow } from './device-times.ts';

/** Sound further from the end of the packet before it is a hole. */
const HOLE_US_MIN = 100_000;
/** Holes that a manifest lists one by one. */
const HOLES_LISTED_MAX = 1_000;

/** Compares the tracks of sound in a master with what the manifest says of them. */
export function checkMasterSound(
  master: ManifestMaster,
  video: VideoFacts,
  searched: ManifestSpan,
  findings: Findings,
): void {
  const stated = master.audio_tracks ?? [];
  const problems: Details[] = [];
  if (stated.length !== video.sounds.length) {
    problems.push({ what: 'audio_tracks', actual: video.sounds.length, stated: stated.length });
  } else {
    const first_us = master.first_frame_device_time_us;
    const end_us = first_us + (video.frame_ticks.at(-1)! * 1_000_000) / video.timescale;
    video.sounds.forEach((sound, index) => {
      problems.push(
        ...trackProblems(stated[index]!, heardAt(sound, first_us), { searched, first_us, end_us }),
      );
    });
  }
  findings.judge('master_sound', problems, master.name);
}

/** A track with its times by the device's clock. */
interface Heard {
  readonly sound: SoundFacts;
  /** When each packet begins. */
  readonly begins_us: Float64Array;
  readonly packet_us: number;
  /** How far a time that went through the file may be off: a tick of the track, one of the movie, and rounding. */
  readonly around_us: number;
}

function heardAt(sound: SoundFacts, first_frame_us: number): Heard {
  const tick_us = 1_000_000 / sound.timescale;
  const start_us = first_frame_us + sound.start_s * 1_000_000;
  return {
    sound,
    begins_us: sound.packet_ticks.map((ticks) => start_us + ticks * tick_us),
    packet_us: (sound.samples_per_packet * 1_000_000) / sound.sample_rate_hz,
    around_us: 2 * tick_us + 13,
  };
}

function trackProblems(
  stated: ManifestAudioTrack,
  heard: Heard,
  around: { readonly searched: ManifestSpan; readonly first_us: number; readonly end_us: number },
): Details[] {
  const { sound, begins_us, packet_us, around_us } = heard;
  const problems: Details[] = [];
  const expect = (what: string, actual: number | string, said: number | string, within = 0) => {
    const differs =
      typeof actual === 'number' && typeof said === 'number'
        ? Math.abs(actual - said) > within
        : actual !== said;
    if (differs) problems.push({ what, actual, stated: said });
  };
  expect('codec', sound.codec, stated.codec);
  expect('sample_rate_hz', sound.sample_rate_hz, stated.sample_rate_hz);
  expect('channel_count', sound.channel_count, stated.channel_count);
  expect('packet_count', begins_us.length, stated.packet_count);
  const [first_us, last_us] = [begins_us[0]!, begins_us.at(-1)!];
  expect('first_device_time_us', Math.round(first_us), stated.first_device_time_us, around_us);
  expect('end_device_time_us', Math.round(last_us + packet_us), stated.end_device_time_us, around_us);
  if (first_us + packet_us + around_us < around.first_us) {
    problems.push({ what: 'sound before the first frame', actual: Math.round(first_us), stated: null });
  }
  return [...problems, ...spanProblems(stated, heard, around.searched), ...holeProblems(stated, heard)];
}

/** Counts the packets before, inside and after the searched span again. */
function spanProblems(stated: ManifestAudioTrack, heard: Heard, searched: ManifestSpan): Details[] {
  const { begins_us, packet_us, around_us } = heard;
  const before = around(begins_us, searched.start_ms * 1000 - packet_us, around_us);
  const not_after = around(begins_us, searched.end_ms * 1000, around_us);
  const stated_not_after = stated.packets_before + stated.packets_inside;
  const problems: Details[] = [];
  if (stated.packets_before < before.min || stated.packets_before > before.max) {
    problems.push({ what: 'packets_before', actual: before.min, stated: stated.packets_before });
  }
  if (stated_not_after < not_after.min || stated_not_after > not_after.max) {
    const actual = not_after.min - stated.packets_before;
    problems.push({ what: 'packets_inside', actual, stated: stated.packets_inside });
  }
  if (stated_not_after + stated.packets_after !== begins_us.length) {
    const actual = begins_us.length - stated_not_after;
    problems.push({ what: 'packets_after', actual, stated: stated.packets_after });
  }
  return problems;
}

function around(times_us: Float64Array, bound_us: number, around_us: number) {
  return {
    min: countBelow(times_us, bound_us - around_us),
    max: countBelow(times_us, bound_us + around_us) + countAt(times_us, bound_us + around_us),
  };
}

function countAt(times_us: Float64Array, bound_us: number): number {
  return times_us[countBelow(times_us, bound_us)] === bound_us ? 1 : 0;
}

/** Every stated hole is one in the file, in order, and every clear hole in the file is stated. */
function holeProblems(stated: ManifestAudioTrack, { begins_us, packet_us, around_us }: Heard): Details[] {
  let sure = 0;
  let possible = 0;
  let next_stated = 0;
  const problems: Details[] = [];
  for (let index = 1; index < begins_us.length; index++) {
    const start_us = begins_us[index - 1]! + packet_us;
    const end_us = begins_us[index]!;
    const length_us = end_us - start_us;
    if (length_us <= HOLE_US_MIN - around_us) continue;
    possible += 1;
    const is_sure = length_us > HOLE_US_MIN + around_us;
    if (is_sure) sure += 1;
    const said = stated.holes[next_stated];
    const is_stated =
      said !== undefined &&
      Math.abs(said.start_us - start_us) <= around_us &&
      Math.abs(said.end_us - end_us) <= around_us;
    if (is_stated) next_stated += 1;
    else if (is_sure && next_stated < HOLES_LISTED_MAX) {
      problems.push({ what: 'hole', actual: Math.round(start_us), stated: said?.start_us ?? null });
    }
  }
  if (stated.hole_count < sure || stated.hole_count > possible) {
    problems.push({ what: 'hole_count', actual: sure, stated: stated.hole_count });
  }
  if (next_stated !== stated.holes.length) {
    problems.push({ what: 'holes', actual: next_stated, stated: stated.holes.length });
  }
  if (stated.holes.length !== Math.min(stated.hole_count, HOLES_LISTED_MAX)) {
    problems.push({ what: 'holes', actual: stated.holes.length, stated: stated.hole_count });
  }
  return problems;
}
