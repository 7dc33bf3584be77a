import { firstStamp_ms, keyframeInterval_ms, type SeenPair, type SeenPlay } from './observed.ts';

/** Why the times a device sends with its pictures are not those of the recording. */
export type StampFault = 'none_sent' | 'unproven' | 'change_with_question' | 'against_rtp' | 'inconsistent';

export type StampVerdict =
  | {
      readonly kind: 'trusted';
      /** Stamp of the first picture minus the written instant, of each play that was looked at. */
      readonly leads_ms: readonly number[];
      /** How far the stamps of one and the same picture lie apart between plays. */
      readonly spread_ms: number;
    }
  | { readonly kind: 'untrusted'; readonly fault: StampFault };

/** Stamps of one picture that differ by more than this are no times of the recording. */
export const STAMP_SPREAD_MS_MAX = 250;
/** Stamps this near to the very second that was asked for may be nothing but that second handed back. */
export const ECHO_MS = 20;
/** RTP time and stamps may part by this within a short play. */
export const RTP_TOLERANCE_MS = 1_000;
/** Beyond the distance of keyframes: seconds are cut off on both sides. */
export const START_TOLERANCE_MS = 2_000;

/**
 * Whether stamps are those of the recording. A device that sends the time of sending, or hands back what it was
 * asked for, gives *the same picture* another stamp when it is asked for another second: every pair holds pictures
 * that came twice, and their stamps must agree. They must also keep step with RTP time, and keep the same distance
 * from the question at every time of day.
 */
export function judgeStamps(pairs: readonly SeenPair[]): StampVerdict {
  const plays = pairs.flat();
  if (plays.some((play) => firstStamp_ms(play) === null)) return untrusted('none_sent');
  if (plays.some((play) => !keepsStep(play))) return untrusted('against_rtp');
  let spread_ms = 0;
  for (const pair of pairs) {
    const apart_ms = spreadOf(pair);
    if (apart_ms === null) return untrusted('unproven');
    spread_ms = Math.max(spread_ms, apart_ms);
  }
  if (spread_ms > STAMP_SPREAD_MS_MAX) return untrusted('change_with_question');
  const leads_ms = plays.map((play) => firstStamp_ms(play)! - play.written_ms);
  if (mayBeEcho(pairs, leads_ms)) return untrusted('change_with_question');
  const apart_ms = Math.max(...leads_ms) - Math.min(...leads_ms);
  if (apart_ms > keyframeInterval_ms(plays) + START_TOLERANCE_MS) return untrusted('inconsistent');
  return { kind: 'trusted', leads_ms, spread_ms };
}

/**
 * Every play begins exactly with the second it was asked for, and the questions were whole groups of pictures apart:
 * then a device that hands the question back gives the same picture the same stamp, and is right by as much as a
 * group is long. Only an asked instant within a group tells them apart.
 */
function mayBeEcho(pairs: readonly SeenPair[], leads_ms: readonly number[]): boolean {
  const isWhole = (ms: number) => Math.abs(ms - Math.round(ms / 1_000) * 1_000) <= ECHO_MS;
  if (!leads_ms.every(isWhole)) return false;
  const group_ms = keyframeInterval_ms(pairs.flat());
  return pairs.every(([first, second]) => {
    const into_ms = (second.written_ms - first.written_ms) % group_ms;
    return !(Math.min(into_ms, group_ms - into_ms) > STAMP_SPREAD_MS_MAX);
  });
}

/** Most that the stamps of a picture of both plays differ; null where no picture came twice. */
function spreadOf([first, second]: SeenPair): number | null {
  const stamps = stampsByDigest(first);
  let most_ms: number | null = null;
  for (const [digest, stamp_ms] of stampsByDigest(second)) {
    const other_ms = stamps.get(digest);
    if (other_ms !== undefined) most_ms = Math.max(most_ms ?? 0, Math.abs(stamp_ms - other_ms));
  }
  return most_ms;
}

function stampsByDigest(play: SeenPlay): Map<string, number> {
  const first_ms = firstStamp_ms(play)!;
  const base_ms = play.pictures[0]!.media_time_ms;
  return new Map(
    play.pictures.map((picture) => [
      picture.digest,
      picture.stamp_ms ?? first_ms + (picture.media_time_ms - base_ms),
    ]),
  );
}

function keepsStep(play: SeenPlay): boolean {
  const first_ms = firstStamp_ms(play)!;
  const base_ms = play.pictures[0]!.media_time_ms;
  return play.pictures.every(
    ({ stamp_ms, media_time_ms }) =>
      stamp_ms === null || Math.abs(stamp_ms - first_ms - (media_time_ms - base_ms)) <= RTP_TOLERANCE_MS,
  );
}

function untrusted(fault: StampFault): StampVerdict {
  return { kind: 'untrusted', fault };
}
