import { CodedError } from '../errors.ts';
import { formatVietnam } from '../time/vietnam-time.ts';
import type { Unit } from '../vocabulary/people.ts';

/**
 * What stands against putting something new at a unit now: nothing new begins at a unit that has ended, for it would
 * be counted under a map that is past. Null: the unit exists. Else `UNIT_NO_LONGER`, which names the units it went
 * into as they are now, or `UNIT_WITHOUT_SUCCESSOR` where nobody said which. A unit that begins later may be prepared.
 *
 * `stand_ins`: the units that stand for it now (`Lineage.standIns`).
 */
export function unitEndedProblem(unit: Unit, stand_ins: readonly Unit[], now_ms: number): CodedError | null {
  const { valid_to_ms } = unit;
  if (valid_to_ms === null || valid_to_ms > now_ms) return null;
  const details = { unit: `${unit.name} (${unit.code})`, ended: formatVietnam(valid_to_ms) };
  if (stand_ins.length === 0) return new CodedError('UNIT_WITHOUT_SUCCESSOR', details);
  const successors = stand_ins.map(({ name, code }) => `${name} (${code})`).sort();
  return new CodedError('UNIT_NO_LONGER', { ...details, successors: successors.join(', ') });
}
