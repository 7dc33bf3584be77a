import { type Camera, type Decision, type ExtractionRequest, unitWithSay } from '@minhchung/domain';
import type { ItemRecord, Repositories } from '@minhchung/store';

/** An item with the unit whose approver has a say in it. */
export interface DecidedItem {
  readonly record: ItemRecord;
  readonly camera: Camera;
  /** The camera's unit when the item was submitted; a part of it when it was split since (`unitWithSay`). */
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
  now_ms: number,
): Promise<DecisionFacts> {
  const records = await repositories.items.ofRequest(request.id);
  const cameras = await repositories.cameras.byIds(records.map((item) => item.camera_id));
  const by_id = new Map(cameras.map((camera) => [camera.id, camera]));
  const decisions = await repositories.decisions.ofRequest(request.id);
  const decided = decisions.map((decision) => decision.unit_id);
  const lineage = await repositories.units.lineage(
    records.map((record) => record.unit_id),
    now_ms,
  );
  const items = records.map((record) => {
    const camera = by_id.get(record.camera_id)!;
    const { unit_id } = record;
    const camera_unit_id = unitWithSay({ unit_id, camera_unit_id: camera.unit_id }, lineage, decided);
    return { record, camera, camera_unit_id };
  });
  return { request, items, decisions };
}
