import {
  CodedError,
  confirmationDue_ms,
  type Decision,
  decisionsOpen,
  type ExtractionRequest,
  type ItemState,
  type Purpose,
  type RequestState,
} from '@minhchung/domain';
import type { ItemRecord } from '@minhchung/store';
import type { ActDeps } from '../deps.ts';
import { type DecidedItem, decisionFacts } from './decision-facts.ts';
import { type OwnerNotice, ownerNotice } from './owner-notice.ts';

/** A request as it is shown. */
export interface ShownRequest extends ExtractionRequest {
  readonly state: RequestState;
  readonly purpose: Purpose;
  /** Until when an urgent request must be confirmed; null for others. */
  readonly confirmation_due_ms: number | null;
}

export interface RequestDetails {
  readonly request: ShownRequest;
  readonly case_number: string;
  readonly requester_name: string;
  /** In order of camera code. */
  readonly items: readonly (ItemRecord & {
    readonly state: ItemState;
    readonly camera_code: string;
    readonly camera_name: string;
    readonly camera_unit_id: string;
  })[];
  readonly decisions: readonly (Decision & { readonly person_name: string })[];
  readonly undecided_unit_ids: readonly string[];
  readonly owner_notice: OwnerNotice;
}

/** The request of this id. Throws `UNKNOWN_REQUEST`. */
export function findRequest(deps: Pick<ActDeps, 'store'>) {
  return async (request_id: string): Promise<ExtractionRequest> => {
    const request = await deps.store.requests.byId(request_id);
    if (request === null) throw new CodedError('UNKNOWN_REQUEST', { request: request_id });
    return request;
  };
}

/** A request with its items, its decisions, and who has still to decide. */
export function readRequest(deps: Pick<ActDeps, 'store' | 'time'>) {
  return async (request_id: string): Promise<RequestDetails> => {
    const { store } = deps;
    const request = await findRequest(deps)(request_id);
    const now_ms = deps.time.now_ms();
    const facts = await decisionFacts(store, request, now_ms);
    const record = await store.cases.byId(request.case_id);
    const nameOf = async (person_id: string) =>
      (await store.people.personById(person_id))?.full_name ?? person_id;
    const decisions = [];
    for (const decision of facts.decisions) {
      decisions.push({ ...decision, person_name: await nameOf(decision.person_id) });
    }
    return {
      request: shownRequest(request),
      case_number: record?.number ?? request.case_id,
      requester_name: await nameOf(request.requester_person_id),
      items: byCameraCode(facts.items).map(({ record: item, camera, camera_unit_id }) => ({
        ...item,
        state: item.state as ItemState,
        camera_code: camera.code,
        camera_name: camera.name,
        camera_unit_id,
      })),
      decisions,
      undecided_unit_ids: decisionsOpen(request, facts.items, facts.decisions),
      owner_notice: await ownerNotice(store, facts, now_ms),
    };
  };
}

/** With the time by which an urgent request must be confirmed. */
export function shownRequest(request: ExtractionRequest): ShownRequest {
  const due_ms = request.is_urgent ? confirmationDue_ms(request.submitted_at_ms) : null;
  const state = request.state as RequestState;
  return { ...request, state, purpose: request.purpose as Purpose, confirmation_due_ms: due_ms };
}

/** In the order in which people look cameras up. */
function byCameraCode(items: readonly DecidedItem[]): readonly DecidedItem[] {
  return [...items].sort((a, b) => (a.camera.code < b.camera.code ? -1 : 1));
}
