import { LIMITS } from '@minhchung/domain';

/** Limits of the HTTP contract. */

/** Items on one page of a list: enough for a screen, small enough for a phone on a poor line. */
export const PAGE_ITEMS_DEFAULT = LIMITS.page_size_default;
export const PAGE_ITEMS_MAX = LIMITS.page_size_max;

/** Characters of a one-line text (names, titles, summaries). */
export const TEXT_SHORT_CHARS_MAX = 300;

/** Bytes of a JSON body. A request for many cameras is a list of ids: 64 kB holds more than allowed. */
export const JSON_BODY_BYTES_MAX = 65_536;

/** Milliseconds the client waits for the head of an answer. */
export const CLIENT_DEADLINE_MS = 30_000;

/** Bytes of an error answer the client is willing to read. */
export const ERROR_BODY_BYTES_MAX = 1_048_576;

/** What a list below a search box shows at most, and unless asked otherwise. */
export const HITS_MAX = 50;
export const HITS_DEFAULT = 12;

/** RFC 2616 leaves it open; device addresses are short, and longer ones are mistakes or attacks. */
export const DEVICE_URL_CHARS_MAX = 300;

/** ONVIF devices commonly stop at 32 or 64. */
export const DEVICE_ACCOUNT_CHARS_MAX = 128;

/** PATH_MAX of Linux is 4096; recordings lie nearer to the root. */
export const FOLDER_PATH_CHARS_MAX = 1_000;

export const FOLDER_PATTERN_CHARS_MAX = 200;

/** E.164 has 15 digits; people add spaces, dots and a plus. */
export const PHONE_CHARS_MAX = 30;

/** ONVIF ReferenceToken (core specification 5.10): 64 characters. */
export const SOURCE_TOKEN_CHARS_MAX = 64;

/** Characters of the mapping of an import: thirty columns with their headings. */
export const MAPPING_CHARS_MAX = 6_000;

/** Excel allows 31 characters in the name of a sheet, other programs more. */
export const SHEET_NAME_CHARS_MAX = 100;
