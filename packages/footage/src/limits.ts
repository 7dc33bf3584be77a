/** Every limit this package puts on folders of recordings, which others write. */

/** Entries of one directory; a file a minute for a year is 525,600. */
export const DIRECTORY_ENTRIES_MAX = 600_000;
/** Entries listed for one question about a span, over all directories. */
export const LISTED_ENTRIES_MAX = 1_000_000;
/** A directory that stays as it is for this long is listed once more, then only looked at now and then. */
export const DIRECTORY_SETTLED_MS = 15 * 60_000;
/** A directory changed this long before it is first seen counts as unchanged since; clocks of file servers differ. */
export const DIRECTORY_OLD_MS = 3_600_000;
/** Nothing new for this long: perhaps a clock was set back and files are written among the old ones. */
export const QUIET_MS = 10 * 60_000;
/** Every directory is looked at (not listed) after this, whatever seems settled. */
export const WIDE_EVERY_MS = 6 * 3_600_000;
/** Files of one listing written at once: a database holds its lock meanwhile. */
export const FILES_PER_WRITE = 5_000;
/** Files beyond which a listing is not searched for renamed ones: it was moved or restored as a whole. */
export const RENAMED_LOOKED_AT_MAX = 10_000;
/** Files that may meet one question: 90 days of one-minute files are 129,600. */
export const FILES_MEETING_MAX = 200_000;
/** Files whose size and modification are compared with the index when they meet a question. */
export const COMPARED_FILES_MAX = 200;
/** An index scanned this lately is believed for what lies before the newest file it knows. */
export const INDEX_FRESH_MS = 10 * 60_000;
/** Files written last this long before they are taken to have ended: programs write in buffers. */
export const WRITE_DELAY_US = 10_000_000;
/** A list of segments that ffmpeg writes; a year of one-minute files is 30 MB. */
export const SEGMENT_LIST_BYTES_MAX = 64 * 1024 * 1024;
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
/** Boxes at the top of a file walked in search of its header; fragmented files have it among the first. */
export const TOP_BOXES_MAX = 64;
/** The header box begins with what is wanted of it. */
export const MOVIE_BOX_BYTES_MAX = 4_096;
/** New files before the asked span that are opened and end before it, until the search for one that reaches in stops. */
export const MEASURED_BEFORE_MAX = 3;
/** Resolution of times that a file tells of itself (MP4 has whole seconds), and of those of the file system. */
export const METADATA_RESOLUTION_MS = 1_000;
/** Recordings of one channel whose history is asked for, one by one; beyond it, what each states of itself counts. */
export const RECORDINGS_SEARCHED_MAX = 16;
/** The latest instant a recorder states of a recording that still goes on may be this old. */
export const STATED_SLACK_MS = 60_000;
/** Files changed last this much apart, seen from their ends, were stamped by one and the same clock. */
export const SAME_CLOCK_US = 10_000_000;
/** How far around a span the order of files is looked for where a clock was set back. */
export const NEIGHBOURS_MS = 6 * 3_600_000;
