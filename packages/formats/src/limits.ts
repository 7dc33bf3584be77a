/** Limits of the published formats. A reader refuses what lies beyond them before looking closer. */

/** A manifest of an item with hundreds of masters stays far below; more is an attack on the reader's memory. */
export const MANIFEST_BYTES_MAX = 4 * 1024 * 1024;

/** One line per file: 10,000 files of the longest name fit. */
export const SHA256SUMS_BYTES_MAX = 4 * 1024 * 1024;

/** Files in one package. An item has a handful; the limit keeps hostile packages from exhausting a reader. */
export const PACKAGE_FILES_MAX = 10_000;

/** Nesting of canonical JSON. The manifest needs 5; recursion must end long before the stack does. */
export const JSON_DEPTH_MAX = 32;

/** One segment of a file name: what every common file system and ZIP reader takes. */
export const NAME_SEGMENT_CHARS_MAX = 100;

/** Segments of a file name inside a package: `native/recording.mp4` has two. */
export const NAME_SEGMENTS_MAX = 2;
