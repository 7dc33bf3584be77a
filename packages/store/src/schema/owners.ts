/** What an owner typed into the public form. */
export interface RegistrationTable {
  id: string;
  unit_id: string;
  state: 'waiting' | 'confirmed' | 'declined';
  submitted_at_ms: number;
  /** Of form and content: the same submission twice is one row. */
  submission_sha256: string;
  name: string;
  phone: string;
  email: string | null;
  address: string | null;
  /** Both null or both set. */
  latitude_deg: number | null;
  longitude_deg: number | null;
  looks_at: string;
  maker: string | null;
  mode: 'automatic' | 'ask_first';
  /** JSON array of texts. */
  purposes: string;
  /** 0/1. */
  allows_audio: number;
  from_minute: number | null;
  to_minute: number | null;
  decided_at_ms: number | null;
  decided_by_person_id: string | null;
  decline_reason: string | null;
  camera_id: string | null;
}

/** One sending of a public form, to be counted for a day. */
export interface FormSubmissionTable {
  id: string;
  /** Keyed hash of the address it came from. */
  origin: string;
  at_ms: number;
}

/** Where an owner is written to; apart from `owners`, because only mail reads it. */
export interface OwnerContactTable {
  owner_id: string;
  email: string;
  set_at_ms: number;
}

/** A link by which an owner acts once. */
export interface OwnerLinkTable {
  id: string;
  kind: 'confirm_agreement' | 'owner_page';
  owner_id: string;
  agreement_id: string | null;
  /** Lower-case hex SHA-256 of the token; the token is stored nowhere. */
  token_sha256: string;
  created_at_ms: number;
  expires_at_ms: number;
  ended_at_ms: number | null;
}

/** An owner who opened the page; ends by itself. */
export interface OwnerSessionTable {
  token_sha256: string;
  owner_id: string;
  created_at_ms: number;
  expires_at_ms: number;
}

/** Which letter told an owner of an item that waits for the answer. */
export interface ItemAnnouncementTable {
  item_id: string;
  entry_id: string;
}

/** Links on their way to their owners: by mail, or in a technician's hand. */
export interface OutboxTable {
  id: string;
  /** What it is about, so that it is written once. */
  dedupe_key: string;
  kind: 'confirm_agreement' | 'confirm_reminder' | 'item_to_answer' | 'owner_page';
  link_id: string;
  owner_id: string;
  unit_id: string;
  state: 'due' | 'sent' | 'by_hand' | 'handed_over' | 'dropped';
  attempts: number;
  not_before_ms: number;
  lease_until_ms: number;
  created_at_ms: number;
  ended_at_ms: number | null;
  last_reason: string | null;
}

/** Somebody's word that a camera works, or does not. */
export interface AttestationTable {
  id: string;
  camera_id: string;
  kind: 'visit' | 'owner_confirmation' | 'upload';
  at_ms: number;
  /** 0/1. */
  works: number;
  person_id: string | null;
  note: string | null;
}

/** An owner's answer to one item. */
export interface OwnerAnswerTable {
  item_id: string;
  owner_id: string;
  verdict: 'accepted' | 'refused';
  reason: string | null;
  at_ms: number;
}
