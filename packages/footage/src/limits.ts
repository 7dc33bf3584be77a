/** Every limit this package puts on folders of recordings, which others write. */

/** Entries of one directory; a folder with a file a minute has 1,440 a day. */
export const DIRECTORY_ENTRIES_MAX = 200_000;
/** Entries looked at for one question, over all directories. */
export const LISTED_ENTRIES_MAX = 500_000;
/** Longest pattern, and the deepest folder structure it may name. */
export const PATTERN_LENGTH_MAX = 200;
export const PATTERN_DEPTH_MAX = 8;
/** A file that lasts longer than this is not looked for before the asked span. */
export const FILE_DURATION_MS_MAX = 24 * 3_600_000;
/** Files opened for one question; a day of one-minute files. */
export const OPENED_FILES_MAX = 2_000;
/** Files at most this far apart, beyond the resolution of their names, are one continuous recording. */
export const JOIN_TOLERANCE_MS = 500;
/** A file written to this recently may still be growing. */
export const STILL_GROWING_MS = 30_000;
/** Notes kept of files that could not be used. */
export const LEFT_OUT_MAX = 100;
/** Pictures that may stand between two neighbours in decode order; both codecs allow 16. */
export const REORDERED_FRAMES_MAX = 32;
/** Files before the asked span that may turn out unreadable before the search for one that ends in it stops. */
export const UNREADABLE_BEFORE_MAX = 3;
/** Longest time one picture is shown; cameras at night go down to one in a few seconds. */
export const LAST_PICTURE_US_MAX = 10_000_000;
