import { type Boundary, boundaryText, CodedError, readBoundary } from '@minhchung/domain';
import type { AuditEvent, Repositories, UnitBoundary } from '@minhchung/store';
import { findUnit, recordUnitChange, type UnitDeps, type UnitEditor } from './unit-act.ts';

/** Draws the boundary of a unit, anew if it had one; earlier drawings are kept. Throws `UNKNOWN_UNIT`. */
export function drawBoundary(deps: Pick<UnitDeps, 'store'>) {
  return (by: UnitEditor, unit_id: string, boundary: Boundary): Promise<UnitBoundary> =>
    deps.store.transaction(async (tx) => {
      await findUnit(tx, unit_id);
      const event = await writeBoundary(tx, by, unit_id, boundary);
      if (event !== null) await tx.audit.append(event);
      return (await tx.boundaries.ofUnit(unit_id))!;
    });
}

/** The same within a larger change; null when it is the drawing that counts already. */
export async function writeBoundary(
  tx: Repositories,
  by: UnitEditor,
  unit_id: string,
  boundary: Boundary,
): Promise<AuditEvent | null> {
  const before = await tx.boundaries.ofUnit(unit_id);
  const drawing = { geometry: boundaryText(boundary), vertices: boundary.vertices };
  const after = await tx.boundaries.set(unit_id, drawing, by.now_ms);
  if (after === null) return null;
  // The history names the drawings; they are too large to repeat, and are kept anyway.
  return recordUnitChange(tx, by, 'unit.boundary', unit_id, factsOf(before), factsOf(after));
}

function factsOf(drawing: UnitBoundary | null) {
  return drawing === null
    ? { boundary_sha256: null, vertices: null }
    : { boundary_sha256: drawing.sha256, vertices: drawing.vertices };
}

/** The boundary in a file: a geometry, or a Feature with one. Throws `BOUNDARY_NOT_GEOJSON`, and as `readBoundary`. */
export function boundaryOfFile(bytes: Uint8Array): Boundary {
  const value = jsonOf(bytes);
  const is_feature =
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'Feature';
  return readBoundary(is_feature && 'geometry' in value ? value.geometry : value);
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new CodedError('BOUNDARY_NOT_GEOJSON', { reason: 'no JSON in UTF-8' }, { cause: error });
  }
}
