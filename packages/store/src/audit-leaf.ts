import { createHash } from 'node:crypto';
import { CodedError } from '@minhchung/domain';
import { AUDIT_DETAILS_BYTES_MAX, AUDIT_TEXT_CHARS_MAX } from './limits.ts';
import type { AuditEventTable } from './schema/audit.ts';

/** A value among the details of an audit event. */
export type AuditDetail = string | number | boolean | null | readonly string[];

/** The place before the first event. */
export const GENESIS = { sequence: 0, leaf_sha256: '0'.repeat(64) } as const;

/**
 * Lower-case hex SHA-256 over the 32 bytes of the leaf before and the event's canonical JSON (RFC 8785: keys in
 * order, no spaces; `details` as a text within it). Changing, removing or inserting any event changes all later
 * leaves.
 */
export function leafOf(previous_sha256: string, event: Omit<AuditEventTable, 'leaf_sha256'>): string {
  const canonical = JSON.stringify({
    account_id: event.account_id,
    act: event.act,
    at_ms: event.at_ms,
    details: event.details,
    id: event.id,
    outcome: event.outcome,
    person_id: event.person_id,
    sequence: event.sequence,
    subject_id: event.subject_id,
    subject_kind: event.subject_kind,
    unit_id: event.unit_id,
  });
  return createHash('sha256').update(Buffer.from(previous_sha256, 'hex')).update(canonical).digest('hex');
}

/** The details as canonical JSON. Throws `AUDIT_DETAILS_TOO_LARGE`. */
export function canonicalDetails(details: Readonly<Record<string, AuditDetail>>): string {
  const ordered = Object.fromEntries(
    Object.entries(details)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const text = JSON.stringify(ordered);
  const size_bytes = Buffer.byteLength(text);
  if (size_bytes > AUDIT_DETAILS_BYTES_MAX) {
    throw new CodedError('AUDIT_DETAILS_TOO_LARGE', { size_bytes, max_bytes: AUDIT_DETAILS_BYTES_MAX });
  }
  return text;
}

/**
 * A text as both engines can keep it. What someone typed into a sign-in form must not keep the attempt out of
 * the trail, so it is shortened and mended rather than refused.
 */
export function storable(text: string): string {
  return text.slice(0, AUDIT_TEXT_CHARS_MAX).replaceAll('\0', '\uFFFD').toWellFormed();
}
