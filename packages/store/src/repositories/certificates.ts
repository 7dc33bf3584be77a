import { atomically } from '../query/atomically.ts';
import type { Db } from '../query/insert.ts';
import type { RecorderCertificateTable } from '../schema/probe.ts';

/** A certificate of a recorder as it is kept. */
export interface RecorderCertificate {
  readonly recorder_id: string;
  readonly fingerprint_sha256: string;
  readonly first_seen_ms: number;
  /** False: shown in place of the trusted one, refused, and waiting for a technician. */
  readonly is_trusted: boolean;
  readonly confirmed_by: string | null;
  readonly replaced_at_ms: number | null;
}

export interface CertificateRepository {
  /** The one certificate this recorder is trusted by; null: none was seen yet. */
  trusted(recorder_id: string): Promise<RecorderCertificate | null>;
  /** Every certificate it has shown, newest first. */
  ofRecorder(recorder_id: string): Promise<RecorderCertificate[]>;
  /**
   * Trusts a certificate from now on in place of any other. `confirmed_by`: the technician who compared it; null:
   * first use, or a public authority vouches for it.
   */
  trust(
    recorder_id: string,
    fingerprint_sha256: string,
    confirmed_by: string | null,
    at_ms: number,
  ): Promise<void>;
  /** Trusts the first certificate of a recorder; false when another one is trusted already. */
  trustFirst(recorder_id: string, fingerprint_sha256: string, at_ms: number): Promise<boolean>;
  /** Notes that another certificate was shown and refused. Repeating it changes nothing. */
  refused(recorder_id: string, fingerprint_sha256: string, at_ms: number): Promise<void>;
  /** Forgets what a recorder was trusted by: it has another address, and so may be another device. */
  forget(recorder_id: string, at_ms: number): Promise<void>;
}

export function certificateRepository(db: Db): CertificateRepository {
  const inForce = (tx: Db, recorder_id: string) =>
    tx
      .selectFrom('recorder_certificates')
      .selectAll()
      .where('recorder_id', '=', recorder_id)
      .where('is_trusted', '=', 1)
      .where('replaced_at_ms', 'is', null)
      .executeTakeFirst();
  return {
    async trusted(recorder_id) {
      const row = await inForce(db, recorder_id);
      return row === undefined ? null : toCertificate(row);
    },

    async ofRecorder(recorder_id) {
      const rows = await db
        .selectFrom('recorder_certificates')
        .selectAll()
        .where('recorder_id', '=', recorder_id)
        .orderBy('first_seen_ms', 'desc')
        .orderBy('fingerprint_sha256')
        .execute();
      return rows.map(toCertificate);
    },

    trust: (recorder_id, fingerprint_sha256, confirmed_by, at_ms) =>
      atomically(db, async (tx) => {
        const now = await inForce(tx, recorder_id);
        if (now?.fingerprint_sha256 === fingerprint_sha256) return;
        await replaceAll(tx, recorder_id, at_ms);
        const row = { is_trusted: 1, confirmed_by, replaced_at_ms: null };
        await tx
          .insertInto('recorder_certificates')
          .values({ recorder_id, fingerprint_sha256, first_seen_ms: at_ms, ...row })
          .onConflict((conflict) => conflict.columns(['recorder_id', 'fingerprint_sha256']).doUpdateSet(row))
          .execute();
      }),

    async trustFirst(recorder_id, fingerprint_sha256, at_ms) {
      // Of two processes that meet a new recorder at once, one sets what both then go by.
      await db
        .insertInto('recorder_certificates')
        .values({
          ...{ recorder_id, fingerprint_sha256, first_seen_ms: at_ms },
          ...{ is_trusted: 1, confirmed_by: null, replaced_at_ms: null },
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const now = await inForce(db, recorder_id);
      if (now !== undefined) return now.fingerprint_sha256 === fingerprint_sha256;
      // It was trusted, or refused, before the recorder was forgotten.
      await db
        .updateTable('recorder_certificates')
        .set({ is_trusted: 1, replaced_at_ms: null })
        .where('recorder_id', '=', recorder_id)
        .where('fingerprint_sha256', '=', fingerprint_sha256)
        .execute();
      return true;
    },

    async refused(recorder_id, fingerprint_sha256, at_ms) {
      await db
        .insertInto('recorder_certificates')
        .values({
          ...{ recorder_id, fingerprint_sha256, first_seen_ms: at_ms },
          ...{ is_trusted: 0, confirmed_by: null, replaced_at_ms: null },
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    forget: (recorder_id, at_ms) => replaceAll(db, recorder_id, at_ms),
  };
}

async function replaceAll(db: Db, recorder_id: string, at_ms: number): Promise<void> {
  await db
    .updateTable('recorder_certificates')
    .set({ replaced_at_ms: at_ms })
    .where('recorder_id', '=', recorder_id)
    .where('replaced_at_ms', 'is', null)
    .execute();
}

function toCertificate({ is_trusted, ...row }: RecorderCertificateTable): RecorderCertificate {
  return { ...row, is_trusted: is_trusted === 1 };
}
