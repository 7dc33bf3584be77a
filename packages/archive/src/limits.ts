/** Limits of the archive. */

/** Longest segment of a key: item, attempt and a random name together fit the 255 bytes of common file systems. */
export const KEY_SEGMENT_CHARS_MAX = 100;

/** Longest key: far below the 1,024 bytes of S3. */
export const KEY_CHARS_MAX = 512;

/** Bytes handed on at a time when an object is read: large enough that the call costs nothing beside the hash. */
export const READ_CHUNK_BYTES = 1024 * 1024;

/** One part of a multipart upload. S3 takes at least 5 MiB and at most 10,000 parts: objects up to 80 GB. */
export const S3_PART_BYTES = 8 * 1024 * 1024;

/** Parts on their way at a time. With the one being filled this bounds a writer's buffers to 24 MiB. */
export const S3_PARTS_IN_FLIGHT_MAX = 2;

/** A connection that does not come about in this time is tried again elsewhere. */
export const S3_CONNECT_TIMEOUT_MS = 10_000;

/** A request without any answer for this long has failed: a part takes seconds even on a slow line. */
export const S3_REQUEST_TIMEOUT_MS = 120_000;

/** Attempts of one request, the first included, with the client's own pauses between them. */
export const S3_ATTEMPTS_MAX = 4;

/** How long the probe of the object lock keeps its object from deletion. */
export const S3_LOCK_PROBE_MS = 5_000;

/** Bytes gathered before they go to a file of a local archive, and read back at a time: long enough that the calls cost little. */
export const LOCAL_BLOCK_BYTES = 4 * 1024 * 1024;

/** Blocks of memory kept for good, once that many were needed at a time: eight files being written or read back. */
export const LOCAL_BLOCKS_MAX = 24;
