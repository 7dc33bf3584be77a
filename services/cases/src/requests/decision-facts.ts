import type { Camera, Decision, ExtractionRequest } from '@minhchung/domain';
import type { ItemRecord, Repositories } from '@minhchung/store';

/** An item with the unit whose approver has a say in it. */
export interface DecidedItem {
  readonly record: ItemRecord;
  readonly camera: Camera;
  readonly camera_unit_id: string;
}

/** A request with everything a decision depends on. */
export interface DecisionFacts {
  readonly request: ExtractionRequest;
  readonly items: readonly DecidedItem[];
  readonly decisions: readonly Decision[];
}

/** Gathers what a decision on the request depends on. */
export async function decisionFacts(
  repositories: Repositories,
  request: ExtractionRequest,
): Promise<DecisionFacts> {
  const records = await repositories.items.ofRequest(request.id);
  const cameras = await repositories.cameras.byIds(records.map((item) => item.camera_id));
  const by_id = new Map(cameras.map((camera) => [camera.id, camera]));
  const items = records.map((record) => {
    const camera = by_id.get(record.camera_id)!;
    return { record, camera, camera_unit_id: camera.unit_id };
  });
  return { request, items, decisions: await repositories.decisions.ofRequest(request.id) };
}
