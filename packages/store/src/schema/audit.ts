/**
 * Every act that matters, in order, without gaps. Nothing refers to another table: the trail outlives what it
 * tells of. Rows are never changed.
 */
export interface AuditEventTable {
  /** 1, 2, 3 … */
  sequence: number;
  id: string;
  at_ms: number;
  act: string;
  account_id: string | null;
  person_id: string | null;
  unit_id: string | null;
  subject_kind: string;
  subject_id: string;
  outcome: 'ok' | 'denied' | 'failed';
  /** Canonical JSON. */
  details: string;
  /** Lower-case hex SHA-256 over the leaf before and this event. */
  leaf_sha256: string;
}

/** The newest place of the trail: one row, locked by whoever appends. */
export interface AuditHeadTable {
  /** Always 1. */
  id: number;
  sequence: number;
  leaf_sha256: string;
}
