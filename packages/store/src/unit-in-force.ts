import { type CodedError, unitEndedProblem } from '@minhchung/domain';
import type { Repositories } from './store.ts';

/** What stands against putting something new at this unit now (`unitEndedProblem`); null also for no unit at all. */
export async function problemOfUnitEnd(
  { units }: Pick<Repositories, 'units'>,
  unit_id: string,
  now_ms: number,
): Promise<CodedError | null> {
  const unit = await units.byId(unit_id);
  if (unit === null || unit.valid_to_ms === null || unit.valid_to_ms > now_ms) return null;
  const lineage = await units.lineage([unit_id], now_ms);
  const stand_ins = [];
  for (const id of lineage.standIns(unit_id)) {
    const stand_in = await units.byId(id);
    if (stand_in !== null) stand_ins.push(stand_in);
  }
  return unitEndedProblem(unit, stand_ins, now_ms);
}

/** Throws `UNIT_NO_LONGER` or `UNIT_WITHOUT_SUCCESSOR` where nothing new may begin at the unit. */
export async function demandUnitInForce(
  repositories: Pick<Repositories, 'units'>,
  unit_id: string,
  now_ms: number,
): Promise<void> {
  const problem = await problemOfUnitEnd(repositories, unit_id, now_ms);
  if (problem !== null) throw problem;
}
