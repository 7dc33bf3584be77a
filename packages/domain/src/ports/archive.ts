/**
 * A write-once store of objects. Keys are `item/attempt/name`; nothing is ever overwritten, and an object is
 * visible whole or not at all. An item's attempt is archived when, and only when, its `manifest.json` exists.
 */
export interface ArchiveStore {
  readonly kind: 'local' | 's3';
  /** What the store was *seen* to enforce at start-up; what it does not enforce is not claimed. */
  readonly capabilities: ArchiveCapabilities;
  /** Opens a new object. Throws `ARCHIVE_EXISTS` at once or at `commit` when the key is taken. */
  create(key: string, options?: { signal?: AbortSignal }): Promise<ArchiveWriter>;
  /** Streams an object (or a byte range, `end` exclusive). Throws `ARCHIVE_MISSING`. */
  read(key: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array>;
  /**
   * Reads an object back from its first byte to its last and hashes it. Throws `ARCHIVE_MISSING`, `ARCHIVE_BROKEN`, and `CANCELLED`
   * when the signal aborts.
   */
  hash(
    key: string,
    options?: { signal?: AbortSignal },
  ): Promise<{ readonly size_bytes: number; readonly sha256: string }>;
  /** Size in bytes, or null when there is no such object. */
  stat(key: string): Promise<{ readonly size_bytes: number } | null>;
  /** Committed objects below a prefix, in key order, streamed. */
  list(prefix: string): AsyncIterable<{ readonly key: string; readonly size_bytes: number }>;
  /**
   * Removes the objects of one attempt that never got its manifest, and whatever lies half-written for it.
   * Refuses (`ARCHIVE_COMMITTED`) when the manifest exists, unless it is called `archived_too`: of an item that was
   * called off. The manifest goes first then, so that no package is ever seen with files missing. Returns the keys
   * removed.
   */
  discardAttempt(attempt_prefix: string, options?: { readonly archived_too?: boolean }): Promise<string[]>;
  /** An absolute path of the object for read-only use by a media tool, or null when it is not on this machine. */
  localPath(key: string): string | null;
  close(): Promise<void>;
}

export interface ArchiveCapabilities {
  /** A second write of the same key is refused by the store itself. */
  readonly conditional_write: boolean;
  /** Deletion before a set date is refused by the store itself (S3 Object Lock, COMPLIANCE). */
  readonly object_lock: boolean;
  /** Free space in bytes where the store can tell, else null. */
  free_bytes(): Promise<number | null>;
}

/** One object being written. Memory does not grow with its size. Exactly one of commit and abort ends it. */
export interface ArchiveWriter {
  /** Resolves when the store can take more. Throws `ARCHIVE_FULL` when there is no space left. */
  write(chunk: Uint8Array): Promise<void>;
  /** Makes the object durable and visible; the hash is of the bytes as they passed through. */
  commit(): Promise<{ readonly size_bytes: number; readonly sha256: string }>;
  abort(): Promise<void>;
}
