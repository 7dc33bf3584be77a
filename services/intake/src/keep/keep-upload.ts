import { createHash } from 'node:crypto';
import { type ArchiveStore, CodedError, isCoded, type Upload } from '@minhchung/domain';
import type { IntakeActDeps } from '../deps.ts';
import { actOf } from '../trail.ts';
import { inspectFile } from './inspect-file.ts';
import { discardIntake, intakeKey } from './intake-key.ts';

type KeepDeps = IntakeActDeps;

/**
 * Takes a whole file over: into the archive, hashed once more on the way; looked at; noted as kept, with a sign of
 * life of its camera; then removed from the quarantine. Each step may be the last before a crash: the next run finds
 * what the archive has, and goes on. A file whose bytes are no longer those received is removed and said so.
 */
export function keepUpload(deps: KeepDeps) {
  return async (upload: Upload, signal?: AbortSignal): Promise<void> => {
    const archive_key = intakeKey(upload);
    const sha256 = await archiveOnce(deps, upload, archive_key, signal);
    if (sha256 !== upload.sha256) return discardChanged(deps, upload);
    const item = await deps.store.items.byId(upload.item_id);
    const request = item === null ? null : await deps.store.requests.byId(item.request_id);
    const camera = item === null ? null : await deps.store.cameras.byId(item.camera_id);
    if (request === null || camera === null) throw new Error(`upload ${upload.id} has no item`);
    const at_ms = deps.time.now_ms();
    const { file_name, declared } = upload;
    const path = deps.archive.localPath(archive_key) ?? deps.quarantine.path(upload.id);
    const { unknown_offset_margin_ms } = deps.settings.extraction;
    const about = { path, file_name, declared, wanted: request.wanted, unknown_offset_margin_ms };
    const check = await inspectFile(deps.reader, about, at_ms);
    await deps.store.transaction(async (tx) => {
      if (!(await tx.uploads.markKept(upload.id, { archive_key, check, at_ms }))) return;
      const shows_life = check.is_readable && !check.findings.includes('outside_span');
      const seen_at_ms = Math.min(at_ms, declared.start_ms);
      const events = shows_life ? await deps.attestUpload(tx, camera, seen_at_ms) : [];
      const subject = { kind: 'upload', id: upload.id, unit_id: request.unit_id } as const;
      const details = {
        ...{
          request: request.number,
          camera: camera.code,
          way: upload.way,
          sha256,
          size_bytes: upload.size_bytes,
        },
        ...{
          media_type: check.media_type,
          is_readable: check.is_readable,
          findings: check.findings.join(' '),
        },
      };
      for (const event of events) await tx.audit.append(event);
      await tx.audit.append(actOf('upload.keep', at_ms, null, subject, details));
    });
    // Taken back or called off while it was looked at: whoever did that may not have seen it in the archive.
    if ((await deps.store.uploads.byId(upload.id))?.state === 'removed') await discardIntake(deps, upload);
    await deps.quarantine.remove(upload.id);
  };
}

/** The hash of what the archive has under the key; written from the quarantine where it has nothing yet. */
async function archiveOnce(
  { archive, quarantine }: KeepDeps,
  upload: Upload,
  key: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  if ((await archive.stat(key)) !== null) return hashOf(archive, key);
  try {
    const writer = await archive.create(key, signal === undefined ? {} : { signal });
    try {
      for await (const chunk of quarantine.read(upload.id)) await writer.write(chunk);
    } catch (error) {
      await writer.abort();
      throw error;
    }
    return (await writer.commit()).sha256;
  } catch (error) {
    if (!isCoded(error, 'ARCHIVE_EXISTS')) throw error;
    return hashOf(archive, key);
  }
}

async function hashOf(archive: ArchiveStore, key: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of archive.read(key)) hash.update(chunk);
  return hash.digest('hex');
}

async function discardChanged(deps: KeepDeps, upload: Upload): Promise<void> {
  const { code } = new CodedError('UPLOAD_CHANGED', { upload: upload.id });
  deps.logger.error({ upload_id: upload.id, code }, 'a received file is not what was hashed');
  await discardIntake(deps, upload);
  const at_ms = deps.time.now_ms();
  await deps.store.transaction(async (tx) => {
    if (!(await tx.uploads.remove(upload.id, at_ms))) return;
    const item = await tx.items.byId(upload.item_id);
    const subject = { kind: 'upload', id: upload.id, unit_id: item?.unit_id ?? '' } as const;
    await tx.audit.append({ ...actOf('upload.changed', at_ms, null, subject), outcome: 'failed' });
  });
  await deps.quarantine.remove(upload.id);
}
