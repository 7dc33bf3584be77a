import { actorFields } from '@minhchung/contract/server';
import {
  type Actor,
  type Camera,
  CodedError,
  type ExtractionRequest,
  ITEM_CANCELLABLE_STATES,
} from '@minhchung/domain';
import type { AuditEvent, Repositories } from '@minhchung/store';
import { OPEN_ITEMS_PAGE_MAX } from './limits.ts';

/** Who acted, as the trail wants it; null: somebody without an account. */
export function whoActed(actor: Actor | null): Pick<AuditEvent, 'account_id' | 'person_id'> {
  return actor === null ? { account_id: null, person_id: null } : actorFields(actor);
}

/** A request with its items for one camera that have no outcome yet. */
export interface OpenRequest {
  readonly request: ExtractionRequest;
  readonly item_ids: readonly string[];
}

/**
 * The requests whose items for this camera rest on its owner's word, held until the transaction ends: those of a
 * household camera, unless a lawful order stands behind them. Call it before anything else is written: whoever
 * decides holds the request first too, and in another order the two would wait for each other for ever.
 */
export async function holdOpenRequests(tx: Repositories, camera: Camera): Promise<OpenRequest[]> {
  if (camera.kind === 'community') return [];
  const items_of = await openItems(tx, camera.id);
  const held: OpenRequest[] = [];
  for (const [request_id, item_ids] of [...items_of].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const request = await tx.requests.lock(request_id);
    if (request !== null && request.legal_basis !== 'lawful_order') held.push({ request, item_ids });
  }
  return held;
}

async function openItems(tx: Repositories, camera_id: string): Promise<Map<string, string[]>> {
  const items_of = new Map<string, string[]>();
  let after: string | null = null;
  do {
    const filter = { camera_id, states: ITEM_CANCELLABLE_STATES };
    const page = await tx.items.list(filter, { limit: OPEN_ITEMS_PAGE_MAX, after });
    for (const { id, request_id } of page.rows) {
      items_of.set(request_id, [...(items_of.get(request_id) ?? []), id]);
    }
    after = page.next;
  } while (after !== null);
  return items_of;
}

/**
 * Cancels these items with the reason `AGREEMENT_WITHDRAWN` and closes requests that have nothing left to come. A
 * worker that holds one learns it when it next renews its lease. Returns the audit events, still to be appended.
 */
export async function cancelItems(
  tx: Repositories,
  actor: Actor | null,
  camera: Camera,
  open: readonly OpenRequest[],
  at_ms: number,
): Promise<AuditEvent[]> {
  const { code, texts } = new CodedError('AGREEMENT_WITHDRAWN');
  const change = { reason: { code, text: texts }, at_ms };
  const events: AuditEvent[] = [];
  for (const { request, item_ids } of open) {
    const event = { at_ms, ...whoActed(actor), unit_id: request.unit_id, outcome: 'ok' } as const;
    for (const id of item_ids) {
      if (!(await tx.items.setState(id, ITEM_CANCELLABLE_STATES, 'cancelled', change))) continue;
      const details = { request: request.number, camera: camera.code, reason: code };
      events.push({ ...event, act: 'item.cancel', subject_kind: 'item', subject_id: id, details });
    }
    if (!(await tx.requests.closeIfDone(request.id))) continue;
    const subject = { subject_kind: 'request', subject_id: request.id };
    events.push({ ...event, act: 'request.close', ...subject, details: {} });
  }
  return events;
}
