/** What a calibration asks of a device, and for how long. */

/** Media of a short play: keyframes of most recorders are at most 4 s apart. */
export const PLAY_MEDIA_MS = 12_000;
/** Between the two plays of a pair, so that some pictures come twice. */
export const PAIR_STEP_MS = 3_000;
/** A device that sends nothing for so long has nothing to send. */
export const PLAY_DEADLINE_MS = 20_000;
/** Pictures looked at of one play: a device that sends without end is left. */
export const PLAY_PICTURES_MAX = 1_500;
/** Media of a play that only shows whether there is any. */
export const EDGE_MEDIA_MS = 2_000;
/** How far before and after its present a device is asked: files of minutes are closed before they are played. */
export const EDGE_PAST_MS = 4 * 60_000;
export const EDGE_FUTURE_MS = 2 * 60_000;
/** A clock known worse than this cannot tell its present from the next minutes. */
export const CLOCK_BOUND_MS_MAX = 60_000;
/** How long ago references are looked for, in hours: past for every zone, at several times of day and dates. */
export const REFERENCE_HOURS = [17.1, 33.7, 57.4, 25.3, 20.2, 44.9, 75.6] as const;
/** Pairs that are needed. */
export const REFERENCE_PAIRS = 2;
/** Media after which a device that was asked for 4 s ignores the end. */
export const END_ASKED_MS = 4_000;
export const END_SLACK_MS = 6_000;
/** Readings of pictures one calibration takes. */
export const READINGS_MAX = 8;
