import {
  candidateMeanings,
  type EdgeTrial,
  leadOfMeaning_ms,
  readPlaybackTemplate,
  type SeenPair,
  type TimeMeaning,
} from '@minhchung/domain';
import {
  EDGE_FUTURE_MS,
  EDGE_MEDIA_MS,
  EDGE_PAST_MS,
  PAIR_STEP_MS,
  PLAY_MEDIA_MS,
  REFERENCE_HOURS,
  REFERENCE_PAIRS,
} from './limits.ts';
import { observePlay, type TriedChannel } from './observe-play.ts';

/** The device's own present, as far as its clock is known. */
export interface DevicePresent {
  readonly device_now_ms: number;
  readonly bound_ms: number;
}

/**
 * Pairs of plays of different times of day, hours to days ago. What is written lies in the past whatever the device
 * takes it for. Fewer than wanted where it does not hold enough.
 */
export async function gatherPairs(
  tried: TriedChannel,
  { device_now_ms }: DevicePresent,
  signal: AbortSignal,
): Promise<SeenPair[]> {
  const pairs: SeenPair[] = [];
  for (const hours of REFERENCE_HOURS) {
    if (pairs.length >= REFERENCE_PAIRS) break;
    const written_ms = wholeSecond(device_now_ms - hours * 3_600_000);
    const length = { asked_ms: PLAY_MEDIA_MS, watched_ms: PLAY_MEDIA_MS };
    const first = await observePlay(tried, written_ms, length, signal);
    if (first.nothing !== null) continue;
    const second = await observePlay(tried, written_ms + PAIR_STEP_MS, length, signal);
    if (second.nothing === null) pairs.push([first, second]);
  }
  return pairs;
}

/** Each meaning tried at both sides of the device's present. */
export async function gatherTrials(
  tried: TriedChannel,
  { device_now_ms, bound_ms }: DevicePresent,
  stated_zone_min: number | null,
  signal: AbortSignal,
): Promise<EdgeTrial<TimeMeaning>[]> {
  const { form } = readPlaybackTemplate(tried.playback.template);
  const length = { asked_ms: PLAY_MEDIA_MS, watched_ms: EDGE_MEDIA_MS };
  const trials: EdgeTrial<TimeMeaning>[] = [];
  for (const meaning of candidateMeanings(form, stated_zone_min)) {
    const now_ms = device_now_ms + leadOfMeaning_ms(meaning);
    const past_ms = wholeSecond(now_ms - EDGE_PAST_MS - bound_ms);
    const future_ms = wholeSecond(now_ms + EDGE_FUTURE_MS + bound_ms);
    const past = await observePlay(tried, past_ms, length, signal);
    const future = await observePlay(tried, future_ms, length, signal);
    trials.push({ meaning, past, future });
  }
  return trials;
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}
