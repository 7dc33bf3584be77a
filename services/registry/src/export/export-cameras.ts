import { type Actor, unitsFor } from '@minhchung/domain';
import { type CellValue, writeCsv, writeXlsx } from '@minhchung/tables';
import type { RegistryDeps } from '../deps.ts';
import { type ExportFilter, exportRows } from './export-rows.ts';

export type FileFormat = 'csv' | 'xlsx';

/** Name of the sheet of every workbook that is given out. */
const SHEET_NAME = 'Danh sách camera';

/** Rows as the bytes of a file. */
export function fileOf(
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
  format: FileFormat,
): AsyncIterable<Uint8Array> {
  return format === 'csv' ? writeCsv(rows) : writeXlsx(rows, { sheet_name: SHEET_NAME });
}

/**
 * The register as a stream of bytes, in the columns of the import. Who takes it out, and which part of it, is noted
 * in the trail before the first byte leaves. `filter.unit_ids`: where the actor may read cameras.
 */
export function exportCameras(deps: Pick<RegistryDeps, 'store' | 'time'>) {
  return async (
    actor: Actor,
    filter: ExportFilter,
    format: FileFormat,
  ): Promise<AsyncIterable<Uint8Array>> => {
    const { store, time } = deps;
    const phone_unit_ids = new Set<string>();
    for (const unit_id of unitsFor(actor, 'camera.manage')) {
      for (const id of await store.units.descendantIds(unit_id)) phone_unit_ids.add(id);
    }
    const { unit_ids, text = null, kind = null, state = null } = filter;
    await store.audit.append({
      at_ms: time.now_ms(),
      act: 'camera.export',
      account_id: actor.account_id,
      person_id: actor.person_id,
      unit_id: unit_ids.length === 1 ? unit_ids[0]! : null,
      subject_kind: 'register',
      subject_id: 'cameras',
      outcome: 'ok',
      details: { format, units: unit_ids.length, text, kind, state },
    });
    return fileOf(exportRows(store, filter, phone_unit_ids), format);
  };
}
