/** Limits of the archive. */

/** Longest segment of a key: item, attempt and a random name together fit the 255 bytes of common file systems. */
export const KEY_SEGMENT_CHARS_MAX = 100;

/** Longest key: far below the 1,024 bytes of S3. */
export const KEY_CHARS_MAX = 512;

/** Bytes handed on at a time when an object is read: large enough that the call costs nothing beside the hash. */
export const READ_CHUNK_BYTES = 1024 * 1024;
