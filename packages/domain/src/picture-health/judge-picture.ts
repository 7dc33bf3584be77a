import { vietnamMinuteOfDay } from '../time/vietnam-time.ts';
import { hashDistance, majorityHash, type PictureReading } from './measures.ts';

/** Why a lens that answers sees nothing of use. */
export const BLIND_CAUSES = ['black', 'covered', 'blurred', 'frozen'] as const;
export type BlindCause = (typeof BLIND_CAUSES)[number];

/** Readings in a row that must agree before a person is sent: a spider, a lorry or a flash of light goes away. */
export const PICTURE_AGREEING = 3;
/** Readings of the same light that tell what this camera usually shows. */
export const PICTURE_USUAL_MIN = 6;

/** A scene without light is below both; a street at night with one lamp is above. */
const BLACK_BRIGHTNESS_MAX = 16;
const BLACK_CONTRAST_MAX = 10;
/** A hand, a bag or a leaf over the lens leaves no detail almost anywhere. */
const COVERED_FLAT_SHARE_MIN = 0.95;
/** Below this share of its usual sharpness a camera no longer shows what it showed. */
const BLURRED_SHARE_MAX = 0.3;
/** Bits of 64 in which the view differs from the usual one when the camera points elsewhere. */
const MOVED_DISTANCE_MIN = 20;
/** Where usual views differ among themselves by more than this, nothing can be said. */
const USUAL_SPREAD_MAX = 12;
/** When there is daylight in Vietnam all year round, in minutes after midnight. */
const DAYLIGHT = { from_minute: 7 * 60, to_minute: 17 * 60 };

/**
 * `troubled`: found in so many readings in a row that a person should look. `fine`: the newest reading shows
 * nothing of the kind. `undecided`: neither, or too little is known yet.
 */
export type PictureJudgement<T = object> =
  | ({ readonly kind: 'troubled'; readonly since_ms: number } & T)
  | { readonly kind: 'fine' }
  | { readonly kind: 'undecided' };

/** What the readings of one camera say. */
export interface PictureHealth {
  readonly blind: PictureJudgement<{ readonly cause: BlindCause }>;
  readonly moved: PictureJudgement<{ readonly distance: number }>;
}

/**
 * Judges a camera by its readings, oldest first, all taken since its view was last accepted. Darkness counts by
 * daylight only: a camera without infrared is black at night and there is nothing to mend.
 */
export function judgePicture(readings: readonly PictureReading[]): PictureHealth {
  const newest = readings.slice(-PICTURE_AGREEING);
  const earlier = readings.slice(0, -PICTURE_AGREEING);
  return { blind: judgeBlind(newest, earlier), moved: judgeMoved(newest, earlier) };
}

function judgeBlind(
  newest: readonly PictureReading[],
  earlier: readonly PictureReading[],
): PictureHealth['blind'] {
  const causes = newest.map((reading) => causeOf(reading, earlier));
  const last = causes.at(-1);
  if (newest.length === PICTURE_AGREEING && isFrozen(newest)) return troubled(newest, { cause: 'frozen' });
  if (last === undefined) return { kind: 'undecided' };
  if (last === null) return { kind: 'fine' };
  const agree = causes.length === PICTURE_AGREEING && causes.every((cause) => cause === last);
  return agree ? troubled(newest, { cause: last }) : { kind: 'undecided' };
}

function causeOf(reading: PictureReading, earlier: readonly PictureReading[]): BlindCause | null {
  const is_black = reading.brightness < BLACK_BRIGHTNESS_MAX && reading.contrast < BLACK_CONTRAST_MAX;
  if (is_black) return isByDaylight(reading.at_ms) ? 'black' : null;
  if (reading.flat_share >= COVERED_FLAT_SHARE_MIN) return 'covered';
  const usual = median(sameLight(earlier, reading).map((one) => one.sharpness));
  return usual !== null && reading.sharpness < usual * BLURRED_SHARE_MAX ? 'blurred' : null;
}

/** The very same pixels every time: the picture is a stored one, whatever the state says. */
function isFrozen(newest: readonly PictureReading[]): boolean {
  return newest.every((reading) => reading.fingerprint === newest[0]!.fingerprint);
}

function judgeMoved(
  newest: readonly PictureReading[],
  earlier: readonly PictureReading[],
): PictureHealth['moved'] {
  const distances = newest.map((reading) => distanceFromUsual(reading, earlier));
  const last = distances.at(-1);
  if (last === undefined || last === null) return { kind: 'undecided' };
  if (last < MOVED_DISTANCE_MIN) return { kind: 'fine' };
  const agree =
    distances.length === PICTURE_AGREEING &&
    distances.every((distance) => distance !== null && distance >= MOVED_DISTANCE_MIN);
  return agree ? troubled(newest, { distance: last }) : { kind: 'undecided' };
}

/** Null where this camera's usual view is not known well enough, or the picture shows nothing to compare. */
function distanceFromUsual(reading: PictureReading, earlier: readonly PictureReading[]): number | null {
  if (causeOf(reading, earlier) !== null) return null;
  const hashes = sameLight(earlier, reading).map((one) => one.gradient_hash);
  const usual = majorityHash(hashes);
  if (usual === null || hashes.length < PICTURE_USUAL_MIN) return null;
  const spread = median(hashes.map((hash) => hashDistance(hash, usual)));
  return spread !== null && spread <= USUAL_SPREAD_MAX ? hashDistance(reading.gradient_hash, usual) : null;
}

/** Colour by day and infrared by night show the same street differently. */
function sameLight(earlier: readonly PictureReading[], reading: PictureReading): readonly PictureReading[] {
  const same = earlier.filter((one) => one.is_monochrome === reading.is_monochrome);
  return same.length >= PICTURE_USUAL_MIN ? same : [];
}

function isByDaylight(at_ms: number): boolean {
  const minute = vietnamMinuteOfDay(at_ms);
  return minute >= DAYLIGHT.from_minute && minute < DAYLIGHT.to_minute;
}

function troubled<T>(newest: readonly PictureReading[], about: T) {
  return { kind: 'troubled', since_ms: newest[0]!.at_ms, ...about } as const;
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
