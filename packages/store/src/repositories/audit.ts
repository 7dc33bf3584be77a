import type { Page, PageRequest } from '../paging.ts';

/** One act that matters, as it is appended. */
export interface AuditEvent {
  readonly at_ms: number;
  /** Stable dotted name of the act, e.g. `request.submit`, `session.open`. */
  readonly act: string;
  readonly account_id: string | null;
  readonly person_id: string | null;
  /** The unit under which the act is counted. */
  readonly unit_id: string | null;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly outcome: 'ok' | 'denied' | 'failed';
  /** Small JSON; never a secret, never footage. */
  readonly details: Readonly<Record<string, AuditDetail>>;
}

export type AuditDetail = string | number | boolean | null | readonly string[];

/** Where an appended event lies. */
export interface AuditPlace {
  readonly sequence: number;
  readonly id: string;
  /** Lower-case hex SHA-256 over the leaf before and this event; the next leaf is chained to it. */
  readonly leaf_sha256: string;
}

export type AuditRow = AuditEvent & AuditPlace;

export interface AuditFilter {
  readonly act?: string;
  readonly account_id?: string;
  readonly person_id?: string;
  readonly unit_ids?: readonly string[];
  readonly subject_kind?: string;
  readonly subject_id?: string;
  readonly span?: { readonly start_ms: number; readonly end_ms: number };
}

export interface AuditRepository {
  /** The one way into the trail. Call it in the transaction of the act, last. */
  append(event: AuditEvent): Promise<AuditPlace>;
  /** Newest first. */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditRow>>;
  /** Recomputes every leaf from the first; says where the first untruth is, or null. */
  verifyChain(): Promise<{ readonly events: number; readonly broken_at_sequence: number | null }>;
}
