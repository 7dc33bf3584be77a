/** Limits of the register that are not rules of the domain. */

/** What the API takes by hand a file may bring too. */
export {
  DEVICE_ACCOUNT_CHARS_MAX as DEVICE_CREDENTIAL_CHARS_MAX,
  DEVICE_URL_CHARS_MAX,
  FOLDER_PATH_CHARS_MAX,
  FOLDER_PATTERN_CHARS_MAX,
  PHONE_CHARS_MAX,
  SOURCE_TOKEN_CHARS_MAX,
} from '@minhchung/contract';

/** How much of a wrong cell an error repeats: enough to find it, not enough to fill a screen. */
export const REPORTED_VALUE_CHARS_MAX = 60;

/** Recorders written in one transaction: enough to make a commit cheap, few enough not to hold others up. */
export const GROUPS_PER_TRANSACTION = 50;

/** Open items of one camera read at a time when its owner withdraws; a camera rarely has more than a few. */
export const OPEN_ITEMS_PAGE_MAX = 100;

/** Rows that are searched for headings: lists have a letterhead and a title above them, not pages of text. */
export const HEADER_SEARCHED_ROWS = 30;

/** Characters of a heading that are compared; the longest of ours has thirty. */
export const HEADING_CHARS_MAX = 200;

/** Rows read or planned between two looks at the event loop: others' calls wait some ten milliseconds at most. */
export const ROWS_PER_TURN = 200;

/** Notices of one report; a file with more strange rows than this is looked at as a whole. */
export const NOTICES_MAX = 500;

/** Columns that one request maps; a row has no more. */
export const MAPPED_COLUMNS_MAX = 200;

/** Cameras read at a time for an export: a few queries for each of these. */
export const EXPORT_PAGE_ROWS = 500;

/** Readings of a clock in one trial; six halve a second to about 30 ms. */
export const PROBE_CLOCK_READINGS = 6;
/** An offset known to this width is known well enough for a trial. */
export const PROBE_CLOCK_WIDTH_MS = 100;
/** A clock within this is right for a person who compares it with a watch. */
export const PROBE_CLOCK_OFF_MS = 5_000;
/** A token or a name of a channel as a device tells it; ONVIF allows tokens of 64 characters. */
export const PROBED_CHANNEL_TEXT_CHARS_MAX = 200;
/** Profiles whose live address is asked for, and channels whose replay address is; the largest NVRs have 64. */
export const PROBE_CHANNELS_MAX = 64;
export const PROBE_PROFILES_MAX = 256;
/** A recording that ends longer ago than this has stopped. */
export const PROBE_RECORDING_STALE_MS = 10 * 60_000;
/** Fewer days than this are overwritten before a request usually comes. */
export const PROBE_HELD_DAYS_MIN = 3;
/** Trials of one account are counted over this time. */
export const PROBE_WINDOW_MS = 10 * 60_000;
/** Written over the deadline of a trial before others may believe that its process died. */
export const TRIAL_GRACE_MS = 15_000;
/** Devices that lock after wrong passwords open again after about half an hour. */
export const REFUSED_ACCOUNT_MS = 30 * 60_000;
/** Refusals of one device within that time; the strictest ones lock at the fifth, and somebody may be at its screen. */
export const PROBE_REFUSALS_MAX = 3;
/** Stills are counted over this time. */
export const STILL_WINDOW_MS = 24 * 3_600_000;
/** How long an owner's one-time code is good: a telephone call. */
export const STILL_CODE_LIFE_MS = 30 * 60_000;
