/** Footage that people hand in: an owner by a one-use link, an officer or a technician at the desk. */

export const UPLOAD_WAYS = ['link', 'desk'] as const;
export type UploadWay = (typeof UPLOAD_WAYS)[number];

/** Who stood behind a file: enough for whoever reads the package, and no name. */
export const HANDED_IN_BY = ['owner', 'officer', 'technician'] as const;
export type HandedInBy = (typeof HANDED_IN_BY)[number];

/**
 * `receiving`: bytes come in, or wait to be gone on with. `received`: all are here and hashed. `kept`: in the
 * archive, looked at, for the extractor to take. `removed`: abandoned, taken back, or not to be kept; the row stays.
 */
export const UPLOAD_STATES = ['receiving', 'received', 'kept', 'removed'] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

/** `device`: what the recorder's own clock said. `true_time`: what a right clock would have said. */
export const DECLARED_CLOCKS = ['device', 'true_time'] as const;
export type DeclaredClock = (typeof DECLARED_CLOCKS)[number];

/** What a person says of the time of a file. Believed as far as it is stated, and never put into the frames. */
export interface DeclaredTime {
  /** The first picture of the file by the stated clock, milliseconds since 1970 as that clock counts. */
  readonly start_ms: number;
  /** The end of the file; null: the person did not say. Only compared with the file. */
  readonly end_ms: number | null;
  /** How finely it was said: a start of `t` stands for `[t, t + resolution_ms)`. */
  readonly resolution_ms: number;
  readonly clock: DeclaredClock;
  /** The recorder's screen beside a right clock, as the person read both; null: not said, or the time is true. */
  readonly statement: ClockStatement | null;
}

/** "The clock on the screen shows X while it is truly Y", both to `resolution_ms` of the declaration. */
export interface ClockStatement {
  readonly shown_ms: number;
  readonly true_ms: number;
}

/** What looking at a file showed. Nothing in it changes a time: it is reported beside what the person said. */
export interface UploadCheck {
  readonly checked_at_ms: number;
  /** By content: `video/mp4`, …, or `unknown`. */
  readonly media_type: string;
  /** The pictures can be read and cut; else the file is kept as it came, and that is all that can be said. */
  readonly is_readable: boolean;
  /** Why it cannot be read; null where it can. For technicians, English. */
  readonly unreadable_reason: string | null;
  /** From the first to the end of the last picture, milliseconds; null where nothing can be read. */
  readonly duration_ms: number | null;
  /** When the file itself says it was made (UTC by whatever clock wrote it); null: it does not say. */
  readonly file_created_ms: number | null;
  readonly findings: readonly UploadFinding[];
}

/**
 * `name_differs`: the name's ending belongs to another kind of file. `not_footage`: no container of footage.
 * `unreadable`: looks like footage, and nothing here can read it. `duration_differs`: the declared span is not as
 * long as the file. `created_differs`: the file's own creation time lies elsewhere. `outside_span`: by what was
 * declared the file shows nothing of the wanted span. `covers_part`: it shows a part of it only.
 */
export const UPLOAD_FINDINGS = [
  'name_differs',
  'not_footage',
  'unreadable',
  'duration_differs',
  'created_differs',
  'outside_span',
  'covers_part',
] as const;
export type UploadFinding = (typeof UPLOAD_FINDINGS)[number];

/** One file on its way in, or here. */
export interface Upload {
  readonly id: string;
  readonly item_id: string;
  readonly link_id: string | null;
  /** At the desk: who handed it in; null for an owner. */
  readonly account_id: string | null;
  readonly person_id: string | null;
  readonly way: UploadWay;
  readonly handed_in_by: HandedInBy;
  /** As the sender's machine called it, control characters taken out. A text to show, never a path. */
  readonly file_name: string;
  /** `native/<this>` in the package: made from the name, safe everywhere, unique within the item. */
  readonly native_name: string;
  /** When the sender's machine says the file was last changed; null: not said. */
  readonly file_modified_ms: number | null;
  readonly size_bytes: number;
  /** Bytes that are surely on disk. */
  readonly received_bytes: number;
  /** Set when all bytes are here. */
  readonly sha256: string | null;
  readonly state: UploadState;
  readonly declared: DeclaredTime;
  readonly check: UploadCheck | null;
  /** Where the archive has it; set with `kept`. */
  readonly archive_key: string | null;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
  /** Unfinished after this it is removed. */
  readonly expires_at_ms: number;
  readonly received_at_ms: number | null;
  /** When it was given over to the extractor; null: the person may still add files. */
  readonly released_at_ms: number | null;
  /** When the intake's own copy went: the package has its own, or nobody may have it; null: it is there. */
  readonly let_go_at_ms: number | null;
}

/** A link by which an owner hands in footage for one item. The token in it is kept nowhere; its hash is. */
export interface UploadLink {
  readonly id: string;
  readonly item_id: string;
  readonly owner_id: string | null;
  readonly unit_id: string;
  readonly made_by_person_id: string;
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
  /** When somebody began with it: from then on it opens for that browser only. */
  readonly opened_at_ms: number | null;
  /** Done, or replaced by another one. */
  readonly ended_at_ms: number | null;
}
