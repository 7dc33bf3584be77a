/** Limits of the reports. */

/** Rows read at once while a report goes through a whole list. */
export const REPORT_PAGE_ROWS = 500;

/** A clock further off than this is set right by a technician: people on the footage's screen are misled by it. */
export const CLOCK_OFFSET_LIMIT_MS = 60_000;

/** Days in which a provisional case is to be tied to an official number. */
export const PROVISIONAL_CASE_DAYS_MAX = 30;

/** Clocks a report lists one by one; more is a matter for the whole network. */
export const CLOCKS_LISTED_MAX = 500;
