import type { FindingKind } from '@minhchung/domain';

/** A trouble that needs a person. At most one is open of each kind and subject. */
export interface FindingTable {
  id: string;
  kind: FindingKind;
  subject_kind: 'camera' | 'recorder';
  subject_id: string;
  camera_id: string | null;
  recorder_id: string;
  unit_id: string;
  /** True time since which the trouble lasts. */
  since_ms: number;
  opened_at_ms: number;
  /** Null: open. */
  closed_at_ms: number | null;
  /** `poller` or a person's id; null while open. */
  closed_by: string | null;
  assigned_person_id: string | null;
  snoozed_until_ms: number | null;
  /** JSON object of numbers, texts, booleans and nulls. */
  details: string;
}

/** What a person did about a finding. */
export interface FindingNoteTable {
  id: string;
  finding_id: string;
  at_ms: number;
  person_id: string | null;
  act: 'noted' | 'assigned' | 'unassigned' | 'snoozed' | 'woken';
  text: string;
}

/** A clock of a camera's own that shows on its pictures, beside the recorder's. One per camera. */
export interface CameraClockTable {
  camera_id: string;
  clock_id: string;
}

/** A server time handed out for one reading of a clock by eye; used once. */
export interface ClockChallengeTable {
  id: string;
  clock_id: string;
  person_id: string;
  /** True time at which it was handed out. */
  issued_at_ms: number;
  used_at_ms: number | null;
}

/** Days that a camera, or every camera of a scheme, was agreed to keep. */
export interface RetentionAgreedTable {
  subject_kind: 'camera' | 'scheme';
  subject_id: string;
  days: number;
  set_at_ms: number;
  set_by: string | null;
}
