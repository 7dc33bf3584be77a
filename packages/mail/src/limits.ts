/** Limits of mail. */

/** RFC 5321 4.5.3.1.3: a path has 256 characters with its brackets. */
export const ADDRESS_CHARS_MAX = 254;

/** Characters of a subject: what a phone shows. Longer ones are cut. */
export const SUBJECT_CHARS_MAX = 150;

/** Bytes of a letter's text: ours have two thousand. */
export const TEXT_BYTES_MAX = 32_768;

/** Characters of a server's answer kept as a reason. */
export const REASON_CHARS_MAX = 200;

/** Milliseconds until a connection must stand, and until the server must have greeted. */
export const CONNECT_DEADLINE_MS = 10_000;

/** Milliseconds a server may be silent. */
export const SILENCE_MS_MAX = 15_000;

/** Milliseconds for the whole of one letter; a server that trickles does not hold the outbox up. */
export const LETTER_DEADLINE_MS = 45_000;
