import type { CertificatePins, TimeSource } from '@minhchung/domain';
import type { Store } from '@minhchung/store';

/** Certificates of recorders, remembered in the database: all processes go by the same ones. */
export function certificatePins(store: Pick<Store, 'certificates'>, time: TimeSource): CertificatePins {
  const { certificates } = store;
  return {
    async accepts(recorder_id, { fingerprint_sha256, is_vouched_for }) {
      const trusted = await certificates.trusted(recorder_id);
      if (trusted?.fingerprint_sha256 === fingerprint_sha256) return true;
      const at_ms = time.now_ms();
      if (is_vouched_for) {
        await certificates.trust(recorder_id, fingerprint_sha256, null, at_ms);
        return true;
      }
      if (trusted === null && (await certificates.trustFirst(recorder_id, fingerprint_sha256, at_ms)))
        return true;
      await certificates.refused(recorder_id, fingerprint_sha256, at_ms);
      return false;
    },
  };
}
