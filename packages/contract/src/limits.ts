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
