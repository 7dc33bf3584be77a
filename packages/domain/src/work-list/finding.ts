/** What a person has to look after, one row per trouble: the work list of technicians. */

/**
 * Kinds of trouble. `offline`, `answers_wrongly`, the clock kinds, `credentials_refused`, `certificate_changed` and
 * `address_not_allowed` are of a recorder (its cameras share them); the others are of one camera. The picture
 * kinds are opened and closed by the check of picture health, all others by `judgeTroubles`.
 */
export const FINDING_KINDS = [
  'offline',
  'answers_wrongly',
  'credentials_refused',
  'certificate_changed',
  'address_not_allowed',
  'not_recording',
  'retention_short',
  'clock_off',
  'clock_unreadable',
  'picture_blind',
  'picture_moved',
  'agreement_unconfirmed',
  'attestation_old',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Facts of a finding that its words are made of: numbers, codes and short texts; never a secret. */
export type FindingDetails = Readonly<Record<string, string | number | boolean | null>>;

/** What a finding is about. At most one is open of each kind and subject. */
export interface FindingSubject {
  readonly kind: FindingKind;
  readonly subject_kind: 'camera' | 'recorder';
  readonly subject_id: string;
}

/** A trouble as it was found. */
export interface NewFinding extends FindingSubject {
  /** The camera, for a finding of one camera. */
  readonly camera_id: string | null;
  readonly recorder_id: string;
  readonly unit_id: string;
  /** True time since which the trouble lasts, as far as is known. */
  readonly since_ms: number;
  readonly details: FindingDetails;
}

/** A trouble on the work list. */
export interface Finding extends NewFinding {
  readonly id: string;
  readonly opened_at_ms: number;
  /** Null: still open. */
  readonly closed_at_ms: number | null;
  /** `poller` when it was seen to be mended, else the id of the person who closed it; null while open. */
  readonly closed_by: string | null;
  /** Who looks after it; null: nobody yet. */
  readonly assigned_person_id: string | null;
  /** Left alone until then, with a reason among its notes; null: not. */
  readonly snoozed_until_ms: number | null;
}

/** What a person did about a finding. */
export interface FindingNote {
  readonly id: string;
  readonly finding_id: string;
  readonly at_ms: number;
  /** Null: done on the command line of the machine itself. */
  readonly person_id: string | null;
  readonly act: 'noted' | 'assigned' | 'unassigned' | 'snoozed' | 'woken';
  readonly text: string;
}

/** One text that tells a finding's subject and kind apart from every other. */
export function findingKey({ kind, subject_kind, subject_id }: FindingSubject): string {
  return `${kind} ${subject_kind} ${subject_id}`;
}
