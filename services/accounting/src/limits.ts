/** Limits of the reports. */

/** Rows read at once while a report goes through a whole list. */
export const REPORT_PAGE_ROWS = 500;

/** Days in which a provisional case is to be tied to an official number. */
export const PROVISIONAL_CASE_DAYS_MAX = 30;

/** Clocks a report lists one by one; more is a matter for the whole network. */
export const CLOCKS_LISTED_MAX = 500;

/** Words on one camera read for its uptime: one a week over two years. */
export const ATTESTATIONS_LOOKED_AT = 100;
/** Longest span of an uptime: a year and its leap day. */
export const UPTIME_SPAN_MAX_MS = 366 * 86_400_000;

/** Footage overwritten within this time is to be fetched now. */
export const OVERWRITTEN_SOON_MS = 2 * 86_400_000;
/** Items a report lists that are soon overwritten: more than a shift can look after. */
export const OVERWRITTEN_LISTED_MAX = 50;
