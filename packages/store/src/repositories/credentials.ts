import { changed, type Db } from '../query/insert.ts';
import type { SecretBox } from '../secret-box.ts';

/** What signs in at a device. Exists in memory only; the database holds it sealed. */
export interface DeviceCredentials {
  readonly username: string;
  readonly password: string;
}

export interface CredentialRepository {
  /** Seals and stores, replacing what was there. */
  set(recorder_id: string, credentials: DeviceCredentials, box: SecretBox, at_ms: number): Promise<void>;
  /** Null when the recorder has none. Throws `SECRET_UNREADABLE`. */
  open(recorder_id: string, box: SecretBox): Promise<DeviceCredentials | null>;
  has(recorder_id: string): Promise<boolean>;
  /** True when there was something to destroy. */
  destroy(recorder_id: string): Promise<boolean>;
}

/** What the sealed text is bound to, beside the recorder. */
const PURPOSE = 'device-credentials';

export function credentialRepository(db: Db): CredentialRepository {
  return {
    async set(recorder_id, { username, password }, box, at_ms) {
      const sealed = box.seal(PURPOSE, recorder_id, JSON.stringify({ username, password }));
      const row = { sealed, sealed_at_ms: at_ms };
      await db
        .insertInto('recorder_credentials')
        .values({ recorder_id, ...row })
        .onConflict((conflict) => conflict.column('recorder_id').doUpdateSet(row))
        .execute();
    },

    async open(recorder_id, box) {
      const row = await db
        .selectFrom('recorder_credentials')
        .select('sealed')
        .where('recorder_id', '=', recorder_id)
        .executeTakeFirst();
      if (row === undefined) return null;
      return JSON.parse(box.open(PURPOSE, recorder_id, row.sealed)) as DeviceCredentials;
    },

    async has(recorder_id) {
      const row = await db
        .selectFrom('recorder_credentials')
        .select('recorder_id')
        .where('recorder_id', '=', recorder_id)
        .executeTakeFirst();
      return row !== undefined;
    },

    async destroy(recorder_id) {
      const gone = db.deleteFrom('recorder_credentials').where('recorder_id', '=', recorder_id);
      return changed(await gone.executeTakeFirst());
    },
  };
}
