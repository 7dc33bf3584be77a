import {
  type Actor,
  type ExtractionRequest,
  formatRequestNumber,
  type LegalBasis,
  vietnamYear,
} from '@minhchung/domain';
import { type NewItem, overwriteHorizon_ms, type Repositories } from '@minhchung/store';
import { act } from '../act.ts';
import type { CasesDeps } from '../deps.ts';
import { heldFootage } from '../footage-held.ts';
import { type AskedCamera, type CheckedRequest, checkRequest } from './check-request.ts';
import type { SubmittedDraft } from './draft.ts';
import { RequestRefused } from './problems.ts';

/** What submitting needs. */
export type SubmitDeps = Pick<CasesDeps, 'store' | 'time' | 'newId' | 'settings'>;

/** What submitting would come to; stores nothing. */
export function previewRequest(deps: Pick<SubmitDeps, 'store' | 'time' | 'settings'>) {
  return async (draft: SubmittedDraft): Promise<CheckedRequest> =>
    checkRequest(deps.store, deps.settings.limits, draft, deps.time.now_ms());
}

/**
 * Submits a request: number, items with their horizon of overwriting, and audit event in one transaction, so that
 * numbers have no gaps. An urgent request's items run at once, except where the owner is to be asked first or only
 * an order overrides the owner.
 * Throws `RequestRefused` with everything that is wrong; then nothing is stored and no number is used.
 */
export function submitRequest(deps: SubmitDeps) {
  return async (actor: Actor, draft: SubmittedDraft): Promise<ExtractionRequest> =>
    deps.store.transaction((tx) => submitIn(deps, tx, actor, draft, (item) => item));
}

/** The same within a transaction. `shape` may change what an item begins as. */
export async function submitIn(
  deps: SubmitDeps,
  tx: Repositories,
  actor: Actor,
  draft: SubmittedDraft,
  shape: (item: NewItem) => NewItem,
): Promise<ExtractionRequest> {
  const now_ms = deps.time.now_ms();
  const checked = await checkRequest(tx, deps.settings.limits, draft, now_ms);
  if (checked.problems.length > 0) throw new RequestRefused(checked.problems);
  const request = await requestOf(deps, tx, actor, draft, now_ms);
  const items = (await itemsOf(deps, tx, request, checked.cameras)).map(shape);
  await tx.requests.insert(request, items);
  await recordOrder(deps, tx, request);
  const subject = { kind: 'request', id: request.id, unit_id: request.unit_id } as const;
  await tx.audit.append(
    act('request.create', now_ms, actor, subject, {
      number: request.number,
      case_id: request.case_id,
      is_urgent: request.is_urgent,
      wants_audio: request.wants_audio,
      items: items.length,
      camera_ids: items.map((item) => item.camera_id),
      wanted_start_ms: request.wanted.start_ms,
      wanted_end_ms: request.wanted.end_ms,
    }),
  );
  return request;
}

/** A lawful order overrides an owner: what overrode them stays on record with the request. */
async function recordOrder(deps: SubmitDeps, tx: Repositories, request: ExtractionRequest): Promise<void> {
  if (request.legal_basis !== 'lawful_order' || request.legal_reference === null) return;
  await tx.orders.add({
    id: deps.newId(),
    request_id: request.id,
    reference: request.legal_reference,
    recorded_at_ms: request.submitted_at_ms,
  });
}

async function requestOf(
  deps: SubmitDeps,
  tx: Repositories,
  actor: Actor,
  draft: SubmittedDraft,
  now_ms: number,
): Promise<ExtractionRequest> {
  const unit = await tx.units.byId(draft.unit_id);
  if (unit === null) throw new Error(`the policy allowed a request at unit ${draft.unit_id}, which is none`);
  const year = vietnamYear(now_ms);
  const sequence = await tx.requests.nextNumber(unit.id, year);
  return {
    id: deps.newId(),
    number: formatRequestNumber({ year, unit_code: unit.code, sequence }),
    unit_id: unit.id,
    case_id: draft.case_id,
    requester_person_id: actor.person_id,
    requester_account_id: actor.account_id,
    wanted: draft.wanted,
    purpose: draft.purpose,
    reason: draft.reason.normalize('NFC').trim(),
    legal_basis: draft.legal_basis as LegalBasis,
    legal_reference: draft.legal_reference?.normalize('NFC').trim() || null,
    is_urgent: draft.is_urgent,
    wants_audio: draft.wants_audio,
    state: draft.is_urgent ? 'urgent_unconfirmed' : 'submitted',
    submitted_at_ms: now_ms,
  };
}

async function itemsOf(
  deps: SubmitDeps,
  tx: Repositories,
  request: ExtractionRequest,
  cameras: readonly AskedCamera[],
): Promise<NewItem[]> {
  const held = await heldFootage(
    tx,
    cameras.map(({ camera }) => camera),
  );
  const items: NewItem[] = [];
  for (const { camera, may_run_undecided } of cameras) {
    const offset = held.get(camera.id)?.offset ?? null;
    items.push({
      id: deps.newId(),
      request_id: request.id,
      camera_id: camera.id,
      state: request.is_urgent && may_run_undecided ? 'queued' : 'awaiting_decision',
      reason: null,
      attempts: 0,
      delivered_at_ms: null,
      updated_at_ms: request.submitted_at_ms,
      overwrite_at_ms: await overwriteHorizon_ms(tx, camera.id, offset, request.wanted.end_ms),
    });
  }
  return items;
}
