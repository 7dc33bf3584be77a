/** The last request number given in a unit and year: no gaps, because it moves in the submitting transaction. */
export interface RequestCounterTable {
  unit_id: string;
  year: number;
  last_number: number;
}

export interface RequestTable {
  id: string;
  number: string;
  /** The requester's unit at submission: counts stay under it. */
  unit_id: string;
  case_id: string;
  requester_person_id: string;
  requester_account_id: string;
  /** True time, half-open. */
  wanted_start_ms: number;
  wanted_end_ms: number;
  purpose: string;
  reason: string;
  legal_basis: string;
  legal_reference: string | null;
  /** 0/1. */
  is_urgent: number;
  /** 0/1. */
  wants_audio: number;
  state: string;
  submitted_at_ms: number;
  /** Vietnam time, `2026-11`. */
  submitted_month: string;
}

/** One request × one camera: the unit that is counted, and a piece of work. */
export interface ItemTable {
  id: string;
  request_id: string;
  camera_id: string;
  /** The camera's unit when the item was submitted: it has a say in it, wherever the camera goes. */
  unit_id: string | null;
  state: string;
  /** The three reason columns are all set or all null. */
  reason_code: string | null;
  reason_vi: string | null;
  reason_en: string | null;
  /** Claims so far; also the fencing token of the newest claim. */
  attempts: number;
  /** Of these, how many were made before a person last had the item tried again: they no longer count against it. */
  attempts_forgiven: number;
  updated_at_ms: number;
  approved_at_ms: number | null;
  delivered_at_ms: number | null;
  /** Vietnam time, `2026-11`; set with `delivered_at_ms`. */
  delivered_month: string | null;
  /** When the item reached its outcome, whichever it is; null: it has none yet. */
  ended_at_ms: number | null;
  /** True time at which the recorder is expected to have overwritten the span. */
  overwrite_at_ms: number | null;
  /** True time by which it should run (`dueAt`): the queue is served in this order. */
  due_at_ms: number;
  /** Not run again before this true time. */
  not_before_ms: number | null;
  /** Who holds or last held the item, and until when. */
  lease_worker_id: string | null;
  lease_expires_at_ms: number | null;
  /** The attempt that was finished last: repeating its end changes nothing. */
  finished_attempt: number | null;
  /** What the worker last reported; all null or all set. */
  progress_phase: string | null;
  progress_bytes: number | null;
  progress_media_ms: number | null;
}

export interface DecisionTable {
  id: string;
  request_id: string;
  unit_id: string;
  person_id: string;
  account_id: string;
  verdict: 'approved' | 'refused';
  reason: string;
  decided_at_ms: number;
  /** What of the wanted span is approved, true time; both null: all of it. */
  approved_start_ms: number | null;
  approved_end_ms: number | null;
}

/** Owners are not told of a request until then; the latest of a request's rows counts. */
export interface NoticeDelayTable {
  id: string;
  request_id: string;
  /** The approval it was given with; null: a prolongation. */
  decision_id: string | null;
  until_ms: number;
  reason: string;
  person_id: string;
  account_id: string;
  recorded_at_ms: number;
}

/** The lawful order that overrides an owner. */
export interface OrderTable {
  id: string;
  request_id: string;
  reference: string;
  recorded_at_ms: number;
}

/** What was cut for an item: one at most. */
export interface ClipTable {
  id: string;
  item_id: string;
  attempt_prefix: string;
  /** Lower-case hex. */
  manifest_sha256: string;
  size_bytes: number;
  /** JSON arrays of spans, true time. */
  found: string;
  gaps: string;
  archived_at_ms: number;
}

export interface AccessTable {
  id: string;
  item_id: string;
  account_id: string;
  file_name: string;
  at_ms: number;
}

export interface HandoverTable {
  id: string;
  item_id: string;
  account_id: string;
  recipient: string;
  at_ms: number;
}
