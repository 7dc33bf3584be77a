/** Limits of what people hand in; what a deployment may set is in its settings. */

/** Bytes after which a file being received is brought to disk for good: what a loss of power can cost. */
export const SYNC_BYTES = 16 * 1024 * 1024;

/** Bytes read at a time when a file is hashed again. */
export const HASH_CHUNK_BYTES = 1024 * 1024;

/** A connection from which nothing came for this long is taken for dead when another one wants to go on. */
export const SILENT_MS = 10_000;

/** How long whoever takes over waits for the dead one to let go. */
export const TAKE_OVER_MS = 5_000;

/** Bytes of the head of a file that its kind is told by; an MPEG-TS shows itself within some packets. */
export const SNIFFED_BYTES = 4_096;

/** Milliseconds a look at a file may take; long files are listed in seconds. */
export const INSPECTION_DEADLINE_MS = 120_000;

/** Boxes looked at for the creation time of an MP4: a few stand before `moov`, thousands in a fragmented file. */
export const BOXES_MAX = 10_000;

/** Characters of tus metadata: a handful of short texts. */
export const METADATA_CHARS_MAX = 4_000;

/** Bytes of a plain form besides its file. */
export const FORM_FIELD_BYTES_MAX = 2_000;
export const FORM_FIELDS_MAX = 20;
/** Bytes of a form without a file. */
export const FORM_BYTES_MAX = 8_192;

/** Rows of one round of upkeep. */
export const UPKEEP_ROWS = 100;

/** Letters of one round, and how long one is held: longer than the mailer's own deadline. */
export const LETTERS_PER_ROUND = 20;
export const LETTER_LEASE_MS = 120_000;
/** The longest pause before a letter is tried again. */
export const LETTER_PAUSE_MS_MAX = 6 * 3_600_000;

/** A footage time later than this from now is a mistake in typing; clocks of recorders run ahead by hours. */
export const DECLARED_AHEAD_MS = 26 * 3_600_000;
