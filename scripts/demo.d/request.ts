import { setTimeout as sleep } from 'node:timers/promises';
import {
  createCase,
  createIncident,
  decideRequest,
  findCameras,
  previewRequest,
  type ResultOf,
  readRequest,
  submitRequest,
} from '@minhchung/contract';
import { isItemFinal } from '@minhchung/domain';
import type { Staff } from './staff.ts';
import { CROSSROADS, type WardTimes } from './ward-plan.ts';

export type RequestDetails = ResultOf<typeof readRequest>;
export type FoundCamera = ResultOf<typeof findCameras>['cameras'][number];

/** What the officer and the approver did. */
export interface Asked {
  readonly case_number: string;
  readonly found: readonly FoundCamera[];
  readonly request: RequestDetails;
}

const EXTRACTION_DEADLINE_MS = 180_000;
const POLL_MS = 300;

/** The officer files what happened, finds cameras and asks; a second person approves. */
export async function askForFootage(staff: Staff, times: WardTimes): Promise<Asked> {
  const { client } = staff.officer;
  const incident = await client.call(createIncident, {
    body: {
      unit_id: staff.unit_id,
      category: 'cướp giật',
      summary: 'Hai người đi xe máy giật túi xách của người đi bộ tại ngã tư Lê Lợi.',
      position: CROSSROADS,
      span: times.wanted,
    },
  });
  const opened = await client.call(createCase, {
    body: {
      unit_id: staff.unit_id,
      number: '0147/HS-CAHT',
      title: 'Cướp giật tài sản tại ngã tư Lê Lợi',
      incident_ids: [incident.id],
    },
  });
  const { cameras: found } = await client.call(findCameras, {
    body: { incident_id: incident.id, radius_m: 200 },
  });
  const draft = {
    unit_id: staff.unit_id,
    case_id: opened.id,
    wanted: times.wanted,
    camera_ids: found.map(({ camera }) => camera.id),
    purpose: 'incident',
    reason: 'Xác định hướng đi của hai đối tượng ngay sau khi giật túi xách.',
    legal_basis: 'criminal_procedure',
    legal_reference: 'Điều 88, 99 Bộ luật Tố tụng hình sự',
  };
  const preview = await client.call(previewRequest, { body: draft });
  if (preview.problems.length > 0) throw new Error(JSON.stringify(preview.problems, null, 1));
  const submitted = await client.call(submitRequest, { body: draft });
  const request = await staff.approver.client.call(decideRequest, {
    params: { request_id: submitted.request.id },
    body: { verdict: 'approved', reason: 'Đúng hồ sơ, đúng thời gian và phạm vi cần thiết.' },
  });
  return { case_number: opened.number, found, request };
}

/**
 * Looks on until every item has its outcome, or waits for a source that cannot be reached. `onChange` hears of
 * every change of state.
 */
export async function awaitOutcomes(
  staff: Staff,
  request_id: string,
  onChange: (item: RequestDetails['items'][number]) => void,
): Promise<RequestDetails> {
  const seen = new Map<string, string>();
  const give_up_ms = Date.now() + EXTRACTION_DEADLINE_MS;
  for (;;) {
    const details = await staff.officer.client.call(readRequest, { params: { request_id } });
    for (const item of details.items) {
      const sign = `${item.state}/${item.reason?.code ?? ''}`;
      if (seen.get(item.id) !== sign) onChange(item);
      seen.set(item.id, sign);
    }
    const settled = ({ state }: { readonly state: RequestDetails['items'][number]['state'] }) =>
      isItemFinal(state) || state === 'waiting' || state === 'failed';
    if (details.items.every(settled)) return details;
    if (Date.now() > give_up_ms) throw new Error('the extraction did not end in time; see service.log');
    await sleep(POLL_MS);
  }
}
