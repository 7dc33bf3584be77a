/** Limits of the register that are not rules of the domain. */

/** How much of a wrong cell an error repeats: enough to find it, not enough to fill a screen. */
export const REPORTED_VALUE_CHARS_MAX = 60;

/** RFC 2616 leaves it open; device addresses are short, and longer ones are mistakes or attacks. */
export const DEVICE_URL_CHARS_MAX = 300;

/** ONVIF ReferenceToken (core specification 5.10): 64 characters. */
export const SOURCE_TOKEN_CHARS_MAX = 64;

/** PATH_MAX of Linux is 4096; recordings lie nearer to the root. */
export const FOLDER_PATH_CHARS_MAX = 1_000;

export const FOLDER_PATTERN_CHARS_MAX = 200;

/** ONVIF devices commonly stop at 32 or 64. */
export const DEVICE_CREDENTIAL_CHARS_MAX = 128;

/** E.164 has 15 digits; people add spaces, dots and a plus. */
export const PHONE_CHARS_MAX = 30;

/** Recorders written in one transaction: enough to make a commit cheap, few enough not to hold others up. */
export const GROUPS_PER_TRANSACTION = 50;

/** Open items of one camera read at a time when its owner withdraws; a camera rarely has more than a few. */
export const OPEN_ITEMS_PAGE_MAX = 100;
