import { type AuditDetail, canonicalDetails, GENESIS, leafOf, storable } from '../audit-leaf.ts';
import { AUDIT_CHECK_ROWS } from '../limits.ts';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { among, equal, inSpan } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { newId } from '../query/new-id.ts';
import type { AuditEventTable } from '../schema/audit.ts';

/** SQLite binds 32,766 values, and an event has twelve. */
const EVENTS_PER_STATEMENT = 500;

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
  /** The same for many events, in their order and in few statements: a file changes a whole city. */
  appendMany(events: readonly AuditEvent[]): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditRow>>;
  /** Recomputes every leaf from the first; says where the first untruth is, or null. */
  verifyChain(): Promise<{ readonly events: number; readonly broken_at_sequence: number | null }>;
}

export function auditRepository(db: Db): AuditRepository {
  return {
    append: (event) => atomically(db, async (tx) => (await appendAll(tx, [event]))[0]!),

    appendMany: (events) =>
      atomically(db, async (tx) => {
        for (let from = 0; from < events.length; from += EVENTS_PER_STATEMENT) {
          await appendAll(tx, events.slice(from, from + EVENTS_PER_STATEMENT));
        }
      }),

    async list(filter, page) {
      const keys = keyset(page, ['audit_events.sequence'], 'desc');
      const rows = await db
        .selectFrom('audit_events')
        .selectAll()
        .where(equal('act', filter.act))
        .where(equal('account_id', filter.account_id))
        .where(equal('person_id', filter.person_id))
        .where(among('unit_id', filter.unit_ids))
        .where(equal('subject_kind', filter.subject_kind))
        .where(equal('subject_id', filter.subject_id))
        .where(inSpan('at_ms', filter.span))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.sequence], toAuditRow);
    },

    async verifyChain() {
      const head = await headOf(db);
      let place: Pick<AuditEventTable, 'sequence' | 'leaf_sha256'> = GENESIS;
      for (;;) {
        const rows = await db
          .selectFrom('audit_events')
          .selectAll()
          .where('sequence', '>', place.sequence)
          .orderBy('sequence')
          .limit(AUDIT_CHECK_ROWS)
          .execute();
        for (const row of rows) {
          const is_next = row.sequence === place.sequence + 1;
          const is_whole = leafOf(place.leaf_sha256, row) === row.leaf_sha256;
          const is_head = row.sequence !== head.sequence || row.leaf_sha256 === head.leaf_sha256;
          if (!is_next || !is_whole || !is_head) return brokenAfter(place);
          place = row;
        }
        if (rows.length < AUDIT_CHECK_ROWS) break;
      }
      // Events may have been appended meanwhile, but never without moving the head first.
      const is_cut = place.sequence < head.sequence || place.sequence > (await headOf(db)).sequence;
      return is_cut ? brokenAfter(place) : { events: place.sequence, broken_at_sequence: null };
    },
  };
}

/** Appends at least one event, each hashed with the one before it. */
async function appendAll(tx: Db, events: readonly AuditEvent[]): Promise<AuditPlace[]> {
  const details = events.map((event) => canonicalDetails(event.details));
  // Moving the head locks it: whoever appends next waits until this transaction ends, one way or the other.
  const head = await tx
    .updateTable('audit_head')
    .set((eb) => ({ sequence: eb('sequence', '+', events.length) }))
    .where('id', '=', 1)
    .returning(['sequence', 'leaf_sha256'])
    .executeTakeFirstOrThrow();
  let { leaf_sha256 } = head;
  const rows = events.map((event, n) => {
    const sequence = head.sequence - events.length + 1 + n;
    const row = rowOf(event, sequence, details[n]!);
    leaf_sha256 = leafOf(leaf_sha256, row);
    return { ...row, leaf_sha256 };
  });
  await tx.insertInto('audit_events').values(rows).execute();
  await tx.updateTable('audit_head').set({ leaf_sha256 }).where('id', '=', 1).execute();
  return rows.map((row) => ({ sequence: row.sequence, id: row.id, leaf_sha256: row.leaf_sha256 }));
}

function rowOf(event: AuditEvent, sequence: number, details: string) {
  return {
    sequence,
    id: newId(event.at_ms),
    at_ms: event.at_ms,
    act: storable(event.act),
    account_id: storableOrNull(event.account_id),
    person_id: storableOrNull(event.person_id),
    unit_id: storableOrNull(event.unit_id),
    subject_kind: storable(event.subject_kind),
    subject_id: storable(event.subject_id),
    outcome: event.outcome,
    details,
  };
}

async function headOf(db: Db) {
  return await db.selectFrom('audit_head').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
}

function brokenAfter(place: { readonly sequence: number }) {
  return { events: place.sequence, broken_at_sequence: place.sequence + 1 };
}

function toAuditRow({ details, ...row }: AuditEventTable): AuditRow {
  return { ...row, details: JSON.parse(details) as AuditEvent['details'] };
}

function storableOrNull(text: string | null): string | null {
  return text === null ? null : storable(text);
}
