/** Limits of the poller. */

/** Recorders whose device memory one process keeps: a province; about 6 KB each. */
export const RECORDERS_REMEMBERED_MAX = 250_000;
/** Recorders taken at once; never more than are polled at the same time, so that none waits long in its lease. */
export const CLAIM_RECORDERS_MAX = 250;
/** Reports of one transaction at most: it holds the audit trail's head while it runs. */
export const REPORTS_PER_COMMIT_MAX = 250;
/** A report waits at most this long for others to be committed with. */
export const COMMIT_DELAY_MS = 200;
/** Reports waiting to be written before polling waits for the database. */
export const REPORTS_WAITING_MAX = 2_000;
/** Time beyond two deadlines for which a recorder is leased: to commit, and for clocks of two hosts to differ. */
export const LEASE_MARGIN_MS = 1_000;
/** A pause between sweeps that a cron expression may name; a longer one is taken for this. */
export const PERIOD_MS_MAX = 24 * 3_600_000;

/** Newest footage this far from where it was expected is written anew. */
export const NEWEST_TOLERANCE_MS = 60_000;
/** Oldest footage this far from what is known is written anew. */
export const OLDEST_TOLERANCE_MS = 15 * 60_000;
/** An estimate of a clock that did not get narrower is saved again after this: drift widens it for readers. */
export const OFFSET_SAVED_MS = 15 * 60_000;
/** An estimate narrower by this much is saved at once. */
export const OFFSET_NARROWED_MS = 20;

/** Channels of one recorder that are kept; the largest have 128 inputs. */
export const CHANNELS_PER_RECORDER_MAX = 256;
/** A token or a name of a channel; ONVIF allows tokens of 64 characters. */
export const CHANNEL_TEXT_CHARS_MAX = 200;

/** Polls begun in one turn of the event loop: what is under way goes first. */
export const POLLS_BEGUN_PER_TURN = 2;
/** Time that one poll spends on measuring a clock that is not known yet; what was read by then counts. */
export const MEASURING_MS_MAX = 10_000;
