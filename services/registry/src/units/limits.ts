/** Limits of files of units and of reassignments. */

/** Units in one file; the country has 3,321 wards and communes since July 2025. */
export const FEATURES_MAX = 5_000;
/** Units one unit may replace: a ward was made of a handful of old ones. */
export const REPLACED_MAX = 50;
/** How much of a wrong property a problem repeats. */
export const REPORTED_CHARS_MAX = 60;
/** Things read, decided and written together: a transaction of well under a second. */
export const REASSIGNED_TOGETHER = 500;
/** Recorders read together; each brings its cameras, 64 at most on real ones. */
export const RECORDERS_TOGETHER = 200;
/** Kinds of moves an audit event names; the history of each thing tells the rest. */
export const MOVES_TOLD_MAX = 50;
