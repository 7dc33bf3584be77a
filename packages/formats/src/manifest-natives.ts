import type { ManifestFile } from './manifest-parts.ts';

/**
 * A file as a person handed it in, not a byte changed: `native/<name>`. It may show more than was asked for, and by
 * itself it proves no time: the time is what the person declared.
 */
export interface ManifestNative extends ManifestFile {
  /** Who stood behind it; nobody is named. */
  readonly handed_in_by: 'owner' | 'officer' | 'technician';
  /** By a one-use link, or at the desk. */
  readonly way: 'link' | 'desk';
  /** When the last byte was here, true time. */
  readonly received_at_ms: number;
  /** What its sender called it. */
  readonly file_name: string;
  /** By content: `video/mp4`, …, or `unknown`. */
  readonly media_type: string;
  /** True: masters were cut from it, or could have been. False: nothing here can read it; what it shows is not known. */
  readonly is_readable: boolean;
  readonly declared: ManifestDeclaration;
  readonly check: ManifestNativeCheck;
  /**
   * Why the file is not in the package: less was approved than asked for, or it has sound, or may have, that was not
   * asked for or may not be taken. The archive keeps it, and hash and size say which file it is. Left out: it is in
   * the package.
   */
  readonly withheld?: 'part_approved' | 'sound_left_out';
}

/** What the person said of its time. */
export interface ManifestDeclaration {
  /** The first picture, by the declared clock. */
  readonly start_ms: number;
  /** The end, by the same clock; null: not said. */
  readonly end_ms: number | null;
  /** A start of `t` stands for `[t, t + resolution_ms)`. */
  readonly resolution_ms: number;
  /** `device`: the recorder's clock. `true_time`: as a right clock would have said. */
  readonly clock: 'device' | 'true_time';
  /** The recorder's screen beside a right clock, as the person read both; null: not said. */
  readonly statement: { readonly shown_ms: number; readonly true_ms: number } | null;
}

/** What looking at the file said to it. Nothing of this changed a time. */
export interface ManifestNativeCheck {
  /** Null: nothing could be read. */
  readonly duration_ms: number | null;
  /** When the file itself says it was made; null: it does not say. */
  readonly file_created_ms: number | null;
  /** Where file and declaration disagree, in codes. */
  readonly findings: readonly string[];
}
