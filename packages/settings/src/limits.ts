/** Limits of the settings files themselves. */

/** Bytes of one settings file; the commented defaults are about 8 kB. */
export const SETTINGS_FILE_BYTES_MAX = 262_144;

/** Bytes of one secret file: a password, a connection string, an access key. */
export const SECRET_FILE_BYTES_MAX = 16_384;

/** Mistakes reported at once. */
export const PROBLEMS_MAX = 100;
