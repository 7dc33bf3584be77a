import type { Actor, ExtractionRequest } from '@minhchung/domain';
import { act } from '../act.ts';
import type { SubmittedDraft } from './draft.ts';
import { type SubmitDeps, submitIn } from './submit-request.ts';

/** A package that somebody made alone and that lies in the archive as the first attempt at the item. */
export interface ImportedFootage {
  readonly item_id: string;
  readonly package_id: string;
  readonly manifest_sha256: string;
}

/**
 * Submits the request for footage that is already here: it is numbered, decided by a second person and counted like
 * any other. Once approved, the item's next attempt takes the package over instead of asking a recorder. Throws as
 * `submitRequest` does, and `ALREADY_EXISTS` for a package that was brought in before.
 */
export function submitImported(deps: SubmitDeps) {
  return async (actor: Actor, draft: SubmittedDraft, imported: ImportedFootage): Promise<ExtractionRequest> =>
    deps.store.transaction(async (tx) => {
      const now_ms = deps.time.now_ms();
      const request = await submitIn(deps, tx, actor, draft, (item) => ({
        ...item,
        id: imported.item_id,
        attempts: 1,
      }));
      await tx.importedPackages.add({
        ...imported,
        imported_at_ms: now_ms,
        account_id: actor.account_id,
      });
      const subject = { kind: 'item', id: imported.item_id, unit_id: request.unit_id } as const;
      await tx.audit.append(
        act('package.import', now_ms, actor, subject, {
          number: request.number,
          package_id: imported.package_id,
          manifest_sha256: imported.manifest_sha256,
        }),
      );
      return request;
    });
}
