import { type Actor, unitsFor } from '@minhchung/domain';
import type { Store } from '@minhchung/store';
import { type ColumnName, isColumnName } from './columns.ts';
import type { RegisterFile } from './read-register.ts';

/** What the people of these units last took the columns under such headings for; null: nothing remembered. */
export function recall(store: Store, unit_ids: readonly string[]) {
  return async (fingerprint: string): Promise<readonly (ColumnName | null)[] | null> => {
    const known = await store.importMappings.newest(unit_ids, fingerprint);
    return known === null ? null : known.fields.map(stillKnown);
  };
}

/** Keeps what was decided for the units the actor is appointed at. Nothing is written when it is known already. */
export async function remember(store: Store, actor: Actor, file: RegisterFile, at_ms: number): Promise<void> {
  const { fingerprint, fields } = file;
  for (const unit_id of unitsFor(actor, 'camera.import')) {
    const known = await store.importMappings.newest([unit_id], fingerprint);
    if (JSON.stringify(known?.fields) === JSON.stringify(fields)) continue;
    await store.importMappings.remember({
      ...{ unit_id, fingerprint, fields },
      ...{ account_id: actor.account_id, remembered_at_ms: at_ms },
    });
  }
}

/** A column of the register may have been given up since. */
function stillKnown(field: string | null): ColumnName | null {
  return field !== null && isColumnName(field) ? field : null;
}
