/** Every limit of the store, with its unit in its name and why it has its value. */

/** Rows of one page; lists on screens ask for fewer, sweeps for this many. */
export const PAGE_ROWS_MAX = 1_000;
/** Ids in one question ("current state of these cameras"); larger sets are asked in parts. SQLite binds 32,766. */
export const IDS_PER_QUESTION_MAX = 1_000;
/** Units whose cameras are counted in one question: a thousand cameras or two, tens of milliseconds. */
export const UNITS_PER_COUNT_MAX = 20;
/** Words of a search; more narrow nothing down. */
export const SEARCH_WORDS_MAX = 8;

/** Looks at one camera's picture that are kept: three a day for three weeks. */
export const PICTURE_READINGS_KEPT = 64;
/** What a search box is offered of; a person who sees more types on. */
export const SEARCH_CANDIDATES_MAX = 200;

/** Files of recording folders written by one statement: 19 values each, and SQLite binds 32,766. */
export const FOLDER_ROWS_PER_INSERT = 500;

/** How long a writer of SQLite waits for another process before it gives up. */
export const SQLITE_BUSY_TIMEOUT_MS = 15_000;
/** Pauses between tries for SQLite's write lock: short, because transactions here last milliseconds. */
export const SQLITE_RETRY_PAUSE_MIN_MS = 2;
export const SQLITE_RETRY_PAUSE_MAX_MS = 25;
/** Looks at what a recorder holds that are read to learn how far back it reaches. */
export const COVERAGE_LOOKS_MAX = 50;

/** Statements kept prepared per connection of SQLite. */
export const SQLITE_STATEMENTS_MAX = 500;

/** Connections of one process to PostgreSQL; its default allows 100 in all. */
export const POSTGRES_CONNECTIONS_DEFAULT = 10;
/** A database that does not take a connection in this time is down. */
export const POSTGRES_CONNECT_TIMEOUT_MS = 10_000;
/** No statement here needs seconds; one that hangs must not hold locks for ever. */
export const POSTGRES_STATEMENT_TIMEOUT_MS = 60_000;
/** A transaction whose process went silent gives its locks back after this. */
export const POSTGRES_IDLE_IN_TRANSACTION_MS = 60_000;
/** Times a transaction is run that PostgreSQL ended to break a deadlock. */
export const TRANSACTION_TRIES_MAX = 5;

/** Size of the details of one audit event: an event tells what happened, it does not carry documents. */
export const AUDIT_DETAILS_BYTES_MAX = 8_192;
/** Length of any other text of an audit event. */
export const AUDIT_TEXT_CHARS_MAX = 500;
/** Events read at once when the chain is checked: bounds memory. */
export const AUDIT_CHECK_ROWS = 1_000;

/** One side of a change of the register: fields of a form; larger values (a boundary) are named by their digest. */
export const CHANGE_JSON_BYTES_MAX = 65_536;

/** Failed sign-ins are of no use to the throttle after this. */
export const SIGN_IN_FAILURES_KEPT_MS = 24 * 3_600_000;
/** A recorder overwrites steadily: its coverage enters the history in steps of this length. */
export const COVERAGE_STEP_MS = 6 * 3_600_000;
/**
 * An interval of unchanged state bridges a pause between two polls that saw the same, up to this long; nobody looked
 * for longer, and a new interval begins.
 */
export const OBSERVATION_GAP_MAX_MS = 6 * 3_600_000;
/** Levels of the unit tree walked before it is taken for broken. */
export const UNIT_DEPTH_MAX = 8;

/** Earlier requests shown as possible duplicates; nobody reads more before asking. */
export const OVERLAPS_MAX = 200;
/** Items running at once on one recorder: small recorders serve two replays and stall on the third. */
export const ITEMS_PER_RECORDER_DEFAULT = 2;
/** Items running at once through one network: a ward's line carries a few clips at the pace at which they play. */
export const ITEMS_PER_NETWORK_DEFAULT = 8;
/** A lease longer than this keeps the work of a dead worker from the living. */
export const LEASE_MAX_MS = 10 * 60_000;
/** Spans kept of one clip; a stream more broken than this is not listed gap by gap. */
export const CLIP_SPANS_MAX = 10_000;

/** Size of the key file's content, bytes of key in hex and a line end. */
export const KEY_FILE_BYTES_MAX = 256;
/** Size of one secret: a password, not a document. */
export const SECRET_BYTES_MAX = 4_096;

/** Wrong codes after which an owner has to make a new one: one code has six digits, and a guesser gets five tries. */
export const STILL_CODE_FAILURES_MAX = 5;
