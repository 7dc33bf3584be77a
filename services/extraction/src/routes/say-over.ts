import { type Camera, type Decision, type TimeSource, unitWithSay } from '@minhchung/domain';
import type { ItemRecord, Store } from '@minhchung/store';

/** The unit that has a say in an item besides the requesting one, and the decisions made so far. */
export async function sayOver(
  deps: { readonly store: Store; readonly time: TimeSource },
  item: ItemRecord,
  camera: Camera,
): Promise<{ readonly decisions: readonly Decision[]; readonly camera_unit_id: string }> {
  const decisions = await deps.store.decisions.ofRequest(item.request_id);
  const lineage = await deps.store.units.lineage([item.unit_id], deps.time.now_ms());
  const camera_unit_id = unitWithSay(
    { unit_id: item.unit_id, camera_unit_id: camera.unit_id },
    lineage,
    decisions.map((decision) => decision.unit_id),
  );
  return { decisions, camera_unit_id };
}
