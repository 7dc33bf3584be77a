/** A link by which an owner hands in footage for one item. */
export interface UploadLinkTable {
  id: string;
  item_id: string;
  owner_id: string | null;
  unit_id: string;
  made_by_person_id: string;
  /** Lower-case hex SHA-256 of the token; the token is stored nowhere. */
  token_sha256: string;
  /** Of the cookie of the browser that began with it; null until then. */
  session_sha256: string | null;
  created_at_ms: number;
  expires_at_ms: number;
  opened_at_ms: number | null;
  ended_at_ms: number | null;
  /** The letter that brings it. */
  mail_state: 'due' | 'sent' | 'by_hand' | 'handed_over' | 'dropped';
  mail_attempts: number;
  mail_not_before_ms: number;
  mail_reason: string | null;
}

/** A file that people hand in for an item. */
export interface UploadTable {
  id: string;
  item_id: string;
  link_id: string | null;
  account_id: string | null;
  person_id: string | null;
  way: 'link' | 'desk';
  handed_in_by: 'owner' | 'officer' | 'technician';
  file_name: string;
  native_name: string;
  file_modified_ms: number | null;
  size_bytes: number;
  /** Surely on disk. */
  received_bytes: number;
  sha256: string | null;
  state: 'receiving' | 'received' | 'kept' | 'removed';
  /** JSON of `DeclaredTime`. */
  declared: string;
  /** JSON of `UploadCheck`; null: not looked at yet. */
  check_json: string | null;
  archive_key: string | null;
  created_at_ms: number;
  updated_at_ms: number;
  expires_at_ms: number;
  received_at_ms: number | null;
  released_at_ms: number | null;
  /** When the intake's own copy went: the package has its own, or nobody may have it. */
  let_go_at_ms: number | null;
}
