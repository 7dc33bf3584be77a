import { CodedError } from '../errors.ts';
import { formatVietnam } from '../time/vietnam-time.ts';
import type { Unit } from '../vocabulary/people.ts';
import { isUnitValidAt } from './succession.ts';

/** Units a rule has to see besides the one in question. */
export interface UnitsAround {
  /** Every unit that has or had the same code; the unit itself may be among them. */
  readonly same_code: readonly Unit[];
  readonly parent: Unit | null;
  readonly successors: readonly Unit[];
  /** Units that name this one as a successor. */
  readonly predecessors: readonly Unit[];
}

/**
 * What is wrong with a unit as it is to be, or null: `UNIT_VALIDITY_REVERSED`, `UNIT_LEVEL` (a ward below nothing, a
 * province below something), `UNIT_PARENT_ENDED`, `UNIT_CODE_TAKEN` (the code of another unit at an overlapping time),
 * `UNIT_SUCCESSOR_NOT_VALID` (a successor that does not exist when the unit ends; also the unit itself as a
 * successor of another), `UNIT_SUCCESSOR_LEVEL`.
 */
export function unitProblem(unit: Unit, around: UnitsAround): CodedError | null {
  const { same_code, parent, successors, predecessors } = around;
  if (unit.valid_to_ms !== null && unit.valid_to_ms <= unit.valid_from_ms) {
    return new CodedError('UNIT_VALIDITY_REVERSED', { unit: unit.code });
  }
  if ((unit.level === 'ward') !== (parent?.level === 'province'))
    return new CodedError('UNIT_LEVEL', { unit: unit.code });
  if (parent !== null && parent.valid_to_ms !== null && parent.valid_to_ms <= unit.valid_from_ms) {
    const ended = formatVietnam(parent.valid_to_ms);
    return new CodedError('UNIT_PARENT_ENDED', { unit: unit.code, parent: parent.code, ended });
  }
  const other = same_code.find((one) => one.id !== unit.id && overlap(one, unit));
  if (other !== undefined) {
    const from = formatVietnam(other.valid_from_ms);
    const to = other.valid_to_ms === null ? '…' : formatVietnam(other.valid_to_ms);
    return new CodedError('UNIT_CODE_TAKEN', { code: unit.code, name: other.name, from, to });
  }
  return (
    successionProblem(unit, successors) ??
    predecessors.map((one) => successionProblem(one, [unit])).find((problem) => problem !== null) ??
    null
  );
}

/** A successor exists when the unit ends, and is of its level. */
function successionProblem(unit: Unit, successors: readonly Unit[]): CodedError | null {
  for (const successor of successors) {
    const names = { unit: unit.code, successor: successor.code };
    if (
      unit.valid_to_ms === null ||
      successor.id === unit.id ||
      !isUnitValidAt(successor, unit.valid_to_ms)
    ) {
      const at = unit.valid_to_ms === null ? '…' : formatVietnam(unit.valid_to_ms);
      return new CodedError('UNIT_SUCCESSOR_NOT_VALID', { ...names, at });
    }
    if (successor.level !== unit.level) return new CodedError('UNIT_SUCCESSOR_LEVEL', names);
  }
  return null;
}

function overlap(a: Unit, b: Unit): boolean {
  const begins_before = (one: Unit, other: Unit) =>
    other.valid_to_ms === null || one.valid_from_ms < other.valid_to_ms;
  return begins_before(a, b) && begins_before(b, a);
}
