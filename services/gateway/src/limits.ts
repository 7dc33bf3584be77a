/** Limits of the gateway. */

/** Fields reported wrong in one answer. */
export const PROBLEMS_MAX = 50;

/** Characters of a reason in an answer that may quote what was sent. */
export const REASON_CHARS_MAX = 200;

/** Milliseconds a client may take to send a whole request, uploads included. */
export const REQUEST_DEADLINE_MS = 10 * 60_000;

/** Characters of one path parameter; ids have 26. */
export const PARAM_CHARS_MAX = 200;

/** Characters of a new password at least; long beats complicated (NIST SP 800-63B, 5.1.1). */
export const PASSWORD_CHARS_MIN = 10;

/** Random bytes of a session's token: 256 bits cannot be guessed. */
export const SESSION_TOKEN_BYTES = 32;

/** Random bytes of a generated password, 128 bits. */
export const GENERATED_PASSWORD_BYTES = 16;

/** Milliseconds a part of the program has to stop by itself before it is killed. */
export const STOP_GRACE_MS = 10_000;

/** A part that crashed is started again after this pause, which doubles up to the most. */
export const RESTART_DELAY_MS = 500;
export const RESTART_DELAY_MS_MAX = 30_000;

/** A part that ran this long is considered well again, and its pause starts anew. */
export const RESTART_FORGIVEN_AFTER_MS = 60_000;

/** Milliseconds one look of `doctor` at something may take. */
export const DOCTOR_DEADLINE_MS = 5_000;

/** Free space below which `doctor` warns: some hours of footage. */
export const FREE_BYTES_MIN = 10 * 1024 ** 3;

/** Bytes of a password read from standard input. */
export const PASSWORD_INPUT_BYTES_MAX = 1_024;

/** Bytes of a public key file; an Ed25519 key in PEM has 113. */
export const PUBLIC_KEY_FILE_BYTES_MAX = 16_384;

/** Milliseconds between two rounds of upkeep (urgent requests nobody confirmed). */
export const UPKEEP_INTERVAL_MS = 60_000;

/** What a load balancer waits for; a database that needs longer is not ready. */
export const READINESS_DEADLINE_MS = 2_000;
/** A scrape is one short request. */
export const METRICS_REQUEST_DEADLINE_MS = 10_000;

/** Device accounts sealed anew in one transaction: few enough not to hold up whoever enters one. */
export const RESEALED_PER_TRANSACTION = 100;

/** Between two looks for cameras whose picture is due: they spread over the period by themselves. */
export const PICTURE_ROUND_MS = 10 * 60_000;
/** Decoding takes processor time; more at once would slow the polls beside it. */
export const PICTURE_LOOKS_AT_ONCE = 4;
/** One look: profiles, address of the still, the still itself. */
export const PICTURE_LOOK_DEADLINE_MS = 20_000;
