import {
  approvedSpan,
  type Camera,
  type Decision,
  type DeviceAddress,
  type ExtractionAssignment,
  type ExtractionRequest,
  type Lease,
  type Recorder,
  type Span,
  unitWithSay,
} from '@minhchung/domain';
import type { ItemRecord } from '../repositories/items.ts';
import type { SecretBox } from '../secret-box.ts';
import type { Repositories } from '../store.ts';

/** Everything the worker that holds the lease needs to know, with the secret of this one device. */
export async function assignmentOf(
  tx: Repositories,
  lease: Lease,
  secrets: SecretBox,
  now_ms: number,
): Promise<ExtractionAssignment> {
  const item = known(await tx.items.byId(lease.item_id), 'item');
  const request = known(await tx.requests.byId(item.request_id), 'request');
  const camera = known(await tx.cameras.byId(item.camera_id), 'camera');
  const recorder = known(await tx.recorders.byId(camera.recorder_id), 'recorder');
  const decisions = await decisionsOf(tx, request.id);
  const imported = await tx.importedPackages.byItem(item.id);
  const uploads = (await tx.uploads.ofItem(item.id)).filter((upload) => upload.released_at_ms !== null);
  return {
    lease,
    camera,
    camera_unit: known(await tx.units.byId(camera.unit_id), 'unit'),
    recorder,
    clock: known(await tx.clocks.byId(recorder.clock_id), 'clock'),
    address: await addressOf(tx, item.id, recorder, secrets),
    clock_offsets: await tx.clockOffsets.historyOf(recorder.clock_id),
    display_clock: await displayClockOf(tx, camera.id),
    request,
    request_unit: known(await tx.units.byId(request.unit_id), 'unit'),
    requester: known(await tx.people.personById(request.requester_person_id), 'person'),
    decisions,
    case: known(await tx.cases.byId(request.case_id), 'case'),
    approved: await approvedOf(tx, request, item, camera, decisions, now_ms),
    attempts_forgiven: item.attempts_forgiven,
    overwrite_at_ms: item.overwrite_at_ms,
    agreements: await tx.agreements.ofCamera(camera.id),
    owner_accepted: (await tx.ownersWord.answerTo(item.id))?.verdict === 'accepted',
    order: (await tx.orders.ofRequest(request.id)).at(-1) ?? null,
    approval: await approvalOf(tx, decisions),
    ...(uploads.length > 0 && { uploads }),
    ...(imported !== null && { imported: { manifest_sha256: imported.manifest_sha256 } }),
  };
}

/** What every unit with a say in the item approved; of an urgent request that nobody decided yet, all it wants. */
async function approvedOf(
  tx: Repositories,
  request: ExtractionRequest,
  item: ItemRecord,
  camera: Camera,
  decisions: readonly Decision[],
  now_ms: number,
): Promise<Span> {
  const lineage = await tx.units.lineage([item.unit_id], now_ms);
  const decided = decisions.map(({ unit_id }) => unit_id);
  const camera_unit_id = unitWithSay(
    { unit_id: item.unit_id, camera_unit_id: camera.unit_id },
    lineage,
    decided,
  );
  const approved = approvedSpan(request.wanted, decisions, [request.unit_id, camera_unit_id]);
  if (approved === null) throw new Error(`nothing of item ${item.id} is approved, though it was queued`);
  return approved;
}

async function addressOf(
  tx: Repositories,
  item_id: string,
  recorder: Recorder,
  secrets: SecretBox,
): Promise<DeviceAddress | null> {
  if (recorder.kind === 'folder' || recorder.device_url === null) return null;
  // Without an account of the recorder, the one that was entered for this very item of a lawful order.
  const credentials =
    (await tx.credentials.open(recorder.id, secrets)) ?? (await tx.itemCredentials.open(item_id, secrets));
  const network = known(await tx.networks.byId(recorder.network_id), 'network');
  return {
    device_url: recorder.device_url,
    recorder_id: recorder.id,
    network_cidrs: network.cidrs,
    username: credentials?.username ?? null,
    password: credentials?.password ?? null,
  };
}

async function displayClockOf(
  tx: Repositories,
  camera_id: string,
): Promise<ExtractionAssignment['display_clock']> {
  const clock = await tx.clockSights.ofCamera(camera_id);
  return clock === null ? null : { clock, offsets: await tx.clockOffsets.historyOf(clock.id) };
}

async function decisionsOf(tx: Repositories, request_id: string) {
  const decisions = await tx.decisions.ofRequest(request_id);
  return await Promise.all(
    decisions.map(async (decision) => ({
      ...decision,
      person: known(await tx.people.personById(decision.person_id), 'person'),
      unit: known(await tx.units.byId(decision.unit_id), 'unit'),
    })),
  );
}

/** The audit event of the newest approval: it has the decision's request, account and time. */
async function approvalOf(
  tx: Repositories,
  decisions: readonly Decision[],
): Promise<ExtractionAssignment['approval']> {
  const approval = decisions.findLast(({ verdict }) => verdict === 'approved');
  if (approval === undefined) return null;
  const { request_id, account_id, decided_at_ms } = approval;
  const events = await tx.audit.list(
    {
      subject_kind: 'request',
      subject_id: request_id,
      account_id,
      span: { start_ms: decided_at_ms, end_ms: decided_at_ms + 1 },
    },
    { limit: 1, after: null },
  );
  const event = events.rows[0];
  return event === undefined ? null : { audit_event_id: event.id, leaf_sha256: event.leaf_sha256 };
}

/** Foreign keys see to it that these exist. */
function known<T>(value: T | null, what: string): T {
  if (value === null) throw new Error(`the ${what} of a claimed item is missing`);
  return value;
}
