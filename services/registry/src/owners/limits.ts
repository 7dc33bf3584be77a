/** Limits of what owners do. */

/** Bytes of a form as a browser sends it: every field at its longest, percent-encoded. */
export const FORM_BYTES_MAX = 32_768;

/** Nobody types an address, a view and a telephone number faster; programs do. */
export const FORM_AGE_MS_MIN = 3_000;

/** A form left open longer than this was forgotten. */
export const FORM_AGE_MS_MAX = 12 * 3_600_000;

/** The counters of a public form forget after a day. */
export const FORM_COUNT_MS = 86_400_000;

/** What a camera looks at, in a few words. */
export const LOOKS_AT_CHARS_MAX = 300;

/** A maker's name, with the model. */
export const MAKER_CHARS_MAX = 100;

/** An address on paper. */
export const ADDRESS_CHARS_MAX = 300;

/** An owner's reason, or a technician's note: a few sentences. */
export const NOTE_CHARS_MAX = 500;

/** Requests shown on an owner's page; older ones are a technician's or an auditor's business. */
export const OWNER_ITEMS_MAX = 100;

/** Cameras shown on an owner's page; a household has a few. */
export const OWNER_CAMERAS_MAX = 50;

/** Wards offered in the public form; a province has some hundreds of units. */
export const WARDS_MAX = 1_000;

/** Rows of one round of upkeep: bounds memory, the rest comes with the next rows. */
export const UPKEEP_ROWS = 200;

/** Letters of one round; at forty-five seconds each at worst, the next round is not far. */
export const LETTERS_PER_ROUND = 50;

/** Milliseconds a letter is held: longer than the mailer's own deadline, or two would send it at once. */
export const LETTER_LEASE_MS = 120_000;

/** The longest pause before a letter is tried again. */
export const LETTER_PAUSE_MS_MAX = 6 * 3_600_000;

/** One letter about waiting requests a day is enough, as long as its link still opens the page with all of them. */
export const ITEM_LETTER_PAUSE_MS = 86_400_000;

/** Owners written to under one address: a family, not a mailing list. */
export const OWNERS_PER_ADDRESS_MAX = 5;

/** A visit may be recorded this long after it. */
export const VISIT_AGE_MS_MAX = 90 * 86_400_000;

/** Codes for one look that an owner may make for one camera in 24 hours. */
export const STILL_CODES_MAX = 10;

/** Looks shown on an owner's page, newest first. */
export const OWNER_LOOKS_MAX = 50;
