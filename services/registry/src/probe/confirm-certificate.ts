import { type Actor, CodedError, type Recorder } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';
import { appendHistory, recordAudit } from '../editing/record-changes.ts';

/** Trusts a certificate the recorder has shown, in place of the one before. Throws `CERTIFICATE_UNKNOWN`. */
export function confirmCertificate(deps: Pick<RegistryDeps, 'store' | 'time'>) {
  return async (
    actor: Actor,
    recorder: Recorder,
    fingerprint_sha256: string,
    performed_by?: 'command',
  ): Promise<void> =>
    deps.store.transaction(async (tx) => {
      const shown = await tx.certificates.ofRecorder(recorder.id);
      if (!shown.some((one) => one.fingerprint_sha256 === fingerprint_sha256)) {
        throw new CodedError('CERTIFICATE_UNKNOWN', { recorder: recorder.code });
      }
      const at_ms = deps.time.now_ms();
      const trusted = shown.find(({ is_trusted, replaced_at_ms }) => is_trusted && replaced_at_ms === null);
      await tx.certificates.trust(recorder.id, fingerprint_sha256, actor.person_id, at_ms);
      const subject = {
        subject_kind: 'recorder',
        subject_id: recorder.id,
        unit_id: recorder.unit_id,
      } as const;
      await appendHistory(
        { tx, actor, at_ms },
        {
          ...{ act: 'recorder.confirm_certificate', ...subject },
          before: { certificate_sha256: trusted?.fingerprint_sha256 ?? null },
          after: { certificate_sha256: fingerprint_sha256 },
        },
      );
      await recordAudit(
        { tx, actor, at_ms },
        {
          ...{ act: 'recorder.confirm_certificate', subject_kind: 'recorder', subject_id: recorder.id },
          unit_id: recorder.unit_id,
          details: {
            ...{ code: recorder.code, fingerprint_sha256 },
            ...(performed_by === undefined ? {} : { performed_by }),
          },
        },
      );
    });
}
