import {
  type Case,
  CodedError,
  type Decision,
  type ExtractionRequest,
  type ItemState,
  type RequestState,
} from '@minhchung/domain';
import type { ItemRecord, PageRequest } from '@minhchung/store';
import type { ReportDeps } from './deps.ts';

/** One request of a case, as an auditor reads it. */
export interface HistoryRequest extends ExtractionRequest {
  readonly state: RequestState;
  readonly items: readonly (ItemRecord & { readonly state: ItemState; readonly camera_code: string })[];
  readonly decisions: readonly Decision[];
}

/** The case of this id. Throws `UNKNOWN_CASE`. */
export function findCase(deps: Pick<ReportDeps, 'store'>) {
  return async (case_id: string): Promise<Case> => {
    const record = await deps.store.cases.byId(case_id);
    if (record === null) throw new CodedError('UNKNOWN_CASE', { case: case_id });
    return record;
  };
}

/** The requests of a case, newest first, with items and decisions. */
export function readCaseHistory(deps: Pick<ReportDeps, 'store'>) {
  return async (
    case_id: string,
    page: PageRequest,
  ): Promise<{ readonly requests: readonly HistoryRequest[]; readonly next: string | null }> => {
    const { store } = deps;
    const found = await store.requests.list({ case_id }, page);
    const requests: HistoryRequest[] = [];
    for (const request of found.rows) {
      const items = await store.items.ofRequest(request.id);
      const cameras = await store.cameras.byIds(items.map((item) => item.camera_id));
      const codes = new Map(cameras.map((camera) => [camera.id, camera.code]));
      requests.push({
        ...request,
        state: request.state as RequestState,
        items: items.map((item) => ({
          ...item,
          state: item.state as ItemState,
          camera_code: codes.get(item.camera_id) ?? item.camera_id,
        })),
        decisions: await store.decisions.ofRequest(request.id),
      });
    }
    return { requests, next: found.next };
  };
}
