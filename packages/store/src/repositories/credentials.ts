import { CodedError } from '@minhchung/domain';
import { pollAnew } from '../polls/schedule.ts';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import { changed, type Db } from '../query/insert.ts';
import { keyIdOf, type SecretBox } from '../secret-box.ts';
import { sealWithKeyInUse } from './sealing-key.ts';

/** What signs in at a device. Exists in memory only; the database holds it sealed. */
export interface DeviceCredentials {
  readonly username: string;
  readonly password: string;
}

/** The account of one of many recorders. */
export interface OpenedCredentials {
  readonly sealed_at_ms: number;
  /** `SECRET_UNREADABLE` in place of what could not be opened. */
  readonly credentials: DeviceCredentials | CodedError;
}

export interface CredentialRepository {
  /** Seals and stores, replacing what was there; the recorder is polled anew, a refusal of the old ones forgotten. */
  set(recorder_id: string, credentials: DeviceCredentials, box: SecretBox, at_ms: number): Promise<void>;
  /** Null when the recorder has none. Throws `SECRET_UNREADABLE`. */
  open(recorder_id: string, box: SecretBox): Promise<DeviceCredentials | null>;
  /** Of many recorders at once; those that have none are left out, those that cannot be opened say why. */
  openAll(recorder_ids: readonly string[], box: SecretBox): Promise<ReadonlyMap<string, OpenedCredentials>>;
  has(recorder_id: string): Promise<boolean>;
  /** True when there was something to destroy. */
  destroy(recorder_id: string): Promise<boolean>;
}

/** What the sealed text is bound to, beside the recorder. */
const PURPOSE = 'device-credentials';

export function credentialRepository(db: Db): CredentialRepository {
  return {
    set: (recorder_id, { username, password }, box, at_ms) =>
      atomically(db, async (tx) => {
        const sealed = await sealWithKeyInUse(tx, box, PURPOSE, recorder_id, { username, password });
        const row = { sealed, sealed_at_ms: at_ms, key_id: keyIdOf(sealed) };
        await tx
          .insertInto('recorder_credentials')
          .values({ recorder_id, ...row })
          .onConflict((conflict) => conflict.column('recorder_id').doUpdateSet(row))
          .execute();
        await pollAnew(tx, recorder_id);
      }),

    async open(recorder_id, box) {
      const row = await db
        .selectFrom('recorder_credentials')
        .select('sealed')
        .where('recorder_id', '=', recorder_id)
        .executeTakeFirst();
      if (row === undefined) return null;
      return JSON.parse(box.open(PURPOSE, recorder_id, row.sealed)) as DeviceCredentials;
    },

    async openAll(recorder_ids, box) {
      const rows = await inParts(recorder_ids, (part) =>
        db.selectFrom('recorder_credentials').selectAll().where('recorder_id', 'in', part).execute(),
      );
      return new Map(
        rows.map(({ recorder_id, sealed, sealed_at_ms }) => {
          const credentials = openOrSay(() => box.open(PURPOSE, recorder_id, sealed));
          return [recorder_id, { sealed_at_ms, credentials }];
        }),
      );
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

function openOrSay(open: () => string): DeviceCredentials | CodedError {
  try {
    return JSON.parse(open()) as DeviceCredentials;
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
}
