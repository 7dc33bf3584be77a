import type { Upload } from '@minhchung/domain';
import type { IntakeActDeps } from '../deps.ts';
import { actOf } from '../trail.ts';

/** Notes that a file is whole, with the hash of what is on disk. Nothing happens when it was noted before. */
export function noteReceived(deps: Pick<IntakeActDeps, 'store' | 'time' | 'quarantine'>) {
  return async (
    upload: Pick<Upload, 'id' | 'item_id' | 'size_bytes' | 'account_id' | 'person_id'>,
  ): Promise<void> => {
    const { id, item_id, size_bytes, account_id, person_id } = upload;
    const sha256 = await deps.quarantine.sha256(id, size_bytes);
    const at_ms = deps.time.now_ms();
    await deps.store.transaction(async (tx) => {
      if (!(await tx.uploads.markReceived(id, { sha256, at_ms }))) return;
      const item = await tx.items.byId(item_id);
      const actor = account_id === null || person_id === null ? null : { account_id, person_id };
      const subject = { kind: 'upload', id, unit_id: item?.unit_id ?? '' } as const;
      await tx.audit.append(actOf('upload.receive', at_ms, actor, subject, { sha256, size_bytes }));
    });
  };
}
