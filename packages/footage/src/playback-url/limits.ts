/** Limits on what recorders with playback addresses send and on how often they are asked. */

/** Plays of one read: file borders of a few minutes over the longest span, and holes between them. */
export const ASKS_MAX = 200;
/** Steps in which a span is searched for where footage goes on. */
export const SEARCH_STEPS_MAX = 40;
export const SEARCH_STEP_MS_MIN = 10_000;
/** Pictures and bytes held until the first sender report; those come every few seconds. */
export const WAITING_EVENTS_MAX = 2_000;
export const WAITING_BYTES_MAX = 64 * 1024 * 1024;
/** A first picture this far before what was asked is none of that time: the device plays something else. */
export const BEGINS_EARLY_MS_MAX = 5 * 60_000;
/** Pictures after the wanted end that may still have to be decoded with those before it. */
export const BEYOND_END_MS = 2_000;
/** RTP time and stamps may part by this from one picture to the next. */
export const TIMES_APART_US_MAX = 1_000_000;
/** Media of a play that only asks whether there is any. */
export const PROBE_MEDIA_MS = 1;
/** Shortly before the device's present, where it must hold something if it works. */
export const CONTROL_BACK_MS = 5 * 60_000;
export const CONTROL_SPAN_MS = 10_000;
/** Keyframes remembered of one read: four hours of one a second. */
export const KEYFRAMES_REMEMBERED_MAX = 20_000;
