import {
  type Actor,
  CodedError,
  type DeclaredTime,
  judgeUpload,
  type Upload,
  type UploadCheck,
} from '@minhchung/domain';
import type { IntakeActDeps } from '../deps.ts';
import { wantedByDeclaredClock } from '../keep/inspect-file.ts';
import { actOf } from '../trail.ts';

/**
 * A person says again when a file begins: while the item has no outcome. What the file showed is judged anew; an item
 * that failed because of its files runs again. Throws `UPLOAD_UNKNOWN`, `UPLOAD_ITEM_ENDED`, `UPLOAD_CLOCK_DIFFERS`.
 */
export function redeclareUpload(deps: Pick<IntakeActDeps, 'store' | 'time' | 'settings'>) {
  return async (actor: Actor, item_id: string, upload_id: string, declared: DeclaredTime): Promise<Upload> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const seen = await tx.items.byId(item_id);
      const request = seen === null ? null : await tx.requests.lock(seen.request_id);
      const item = request === null ? null : await tx.items.byId(item_id);
      const uploads = await tx.uploads.ofItem(item_id);
      const upload = uploads.find(({ id }) => id === upload_id);
      if (item === null || request === null || upload === undefined) throw new CodedError('UPLOAD_UNKNOWN');
      if (!['approved', 'queued', 'waiting', 'failed'].includes(item.state)) {
        throw new CodedError('UPLOAD_ITEM_ENDED', { state: item.state });
      }
      if (uploads.some((other) => other.id !== upload_id && other.declared.clock !== declared.clock)) {
        throw new CodedError('UPLOAD_CLOCK_DIFFERS');
      }
      const { unknown_offset_margin_ms } = deps.settings.extraction;
      const about = { declared, wanted: request.wanted, unknown_offset_margin_ms };
      const check = upload.check === null ? null : judgedAnew(upload.check, about);
      if (!(await tx.uploads.redeclare(upload_id, declared, check, at_ms)))
        throw new CodedError('UPLOAD_UNKNOWN');
      // What failed for another reason is not tried again by naming a time.
      const is_the_reason =
        item.reason?.code.startsWith('UPLOAD_') === true && upload.released_at_ms !== null;
      if (is_the_reason) await tx.items.setState(item_id, ['failed'], 'queued', { reason: null, at_ms });
      const subject = { kind: 'upload', id: upload_id, unit_id: request.unit_id } as const;
      const details = {
        ...{ item_id, was_start_ms: upload.declared.start_ms, start_ms: declared.start_ms },
        ...{ was_clock: upload.declared.clock, clock: declared.clock },
      };
      await tx.audit.append(actOf('upload.declare', at_ms, actor, subject, details));
      return { ...upload, declared, check, updated_at_ms: at_ms };
    });
}

/** What was seen of the file stays; what was compared with the declaration is compared with the new one. */
function judgedAnew(check: UploadCheck, about: Parameters<typeof wantedByDeclaredClock>[0]): UploadCheck {
  const { duration_ms, file_created_ms } = check;
  if (duration_ms === null) return check;
  const of_content = check.findings.filter((one) => one === 'name_differs');
  const judged = judgeUpload(about.declared, { duration_ms, file_created_ms }, wantedByDeclaredClock(about));
  return { ...check, findings: [...of_content, ...judged] };
}
