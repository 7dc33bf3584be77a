/** Limits of the verifier. A package is a stranger's until it is checked. */

/** Folders inside a package nest this deep: `native/` and no more. */
export const FOLDER_DEPTH_MAX = 2;

/** Bytes read and hashed at a time: reading the next chunk hides behind hashing this one. */
export const HASH_CHUNK_BYTES = 1024 * 1024;

/** Boxes at the top of a master: ten hours with a group of pictures every half second have 72,000. */
export const TOP_LEVEL_BOXES_MAX = 200_000;

/** The index of a master: ten hours at 60 frames a second need some 45 MB. */
export const MOVIE_BOX_BYTES_MAX = 64 * 1024 * 1024;

/** Frames in a master: ten hours at 60 frames a second are 2.2 million. */
export const SAMPLES_MAX = 4_000_000;

/** Children of one box inside the index. */
export const CHILD_BOXES_MAX = 1_000;

/** Untruths of one kind that are listed one by one; further ones are counted. */
export const FAILURES_LISTED_MAX = 100;

/** Characters of a detail taken from a package into the report. */
export const DETAIL_CHARS_MAX = 300;

/** Signature and public key: 64 and 113 bytes when they are right. */
export const SMALL_FILE_BYTES_MAX = 64 * 1024;

/** One line of a file of metadata: a document of a megabyte, every character of it escaped. */
export const METADATA_LINE_CHARS_MAX = 8 * 1024 * 1024;
