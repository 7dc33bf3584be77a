/** What short plays of a device brought to light: the material a calibration is judged by. */

/** One picture as it came. */
export interface SeenPicture {
  /** From the first picture of its play. */
  readonly media_time_ms: number;
  /** What the device said of its time, milliseconds since 1970 of whatever it stamps by; null: nothing. */
  readonly stamp_ms: number | null;
  readonly is_keyframe: boolean;
  /** The same for the same bytes, and for no others. */
  readonly digest: string;
}

/** One short play. */
export interface SeenPlay {
  /** The instant in the address, rounded as the address writes it. */
  readonly written_ms: number;
  /** In the order they came; empty: nothing was played. */
  readonly pictures: readonly SeenPicture[];
  /** How the device said that there is nothing (`rtsp_404`, `ended_empty`, `silent`, …); null: it played. */
  readonly nothing: string | null;
}

/** Two plays of nearly the same time, so that some pictures came twice. */
export type SeenPair = readonly [SeenPlay, SeenPlay];

/** What was found by asking for a time shortly before and one shortly after the device's present. */
export interface EdgeTrial<M> {
  readonly meaning: M;
  readonly past: SeenPlay;
  readonly future: SeenPlay;
}

/** Longest time between keyframes over some plays; 0 where fewer than two came. */
export function keyframeInterval_ms(plays: readonly SeenPlay[]): number {
  let longest_ms = 0;
  for (const { pictures } of plays) {
    const keyframes = pictures.filter(({ is_keyframe }) => is_keyframe).map((one) => one.media_time_ms);
    for (const [n, at_ms] of keyframes.entries()) {
      if (n > 0) longest_ms = Math.max(longest_ms, at_ms - keyframes[n - 1]!);
    }
    const last = pictures.at(-1);
    // The last group was cut short, but it is at least this long.
    if (last !== undefined) longest_ms = Math.max(longest_ms, last.media_time_ms - (keyframes.at(-1) ?? 0));
  }
  return Math.ceil(longest_ms);
}

/** Stamp of the first picture of a play, reckoned back over RTP time where it carried none itself. */
export function firstStamp_ms({ pictures }: SeenPlay): number | null {
  const stamped = pictures.find(({ stamp_ms }) => stamp_ms !== null);
  const first = pictures[0];
  if (stamped === undefined || first === undefined) return null;
  return stamped.stamp_ms! - (stamped.media_time_ms - first.media_time_ms);
}
