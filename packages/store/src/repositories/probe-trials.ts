import { atomically } from '../query/atomically.ts';
import type { Db } from '../query/insert.ts';
import { lockTable } from '../query/lock-row.ts';
import { newId } from '../query/new-id.ts';

/** A trial that is to begin. */
export interface NewTrial {
  readonly account_id: string;
  /** Host and port of the device (`deviceKey`), or another name of what only one may do at a time. */
  readonly device_key: string;
  readonly started_at_ms: number;
  /** When it is over even if nobody says so. */
  readonly lease_until_ms: number;
}

/** How many trials one account may begin at or after an instant. */
export interface TrialLimit {
  readonly max: number;
  readonly since_ms: number;
  /** Trials begun before then are forgotten. */
  readonly keep_since_ms: number;
}

export type TrialBeginning =
  | { readonly id: string }
  | { readonly refusal: 'account_busy' | 'device_busy' | 'too_often' };

export interface ProbeTrialRepository {
  /** Begins a trial unless its account tries a device, the device is being tried, or there were too many. */
  begin(trial: NewTrial, limit: TrialLimit): Promise<TrialBeginning>;
  /** Ends a trial. `refused_account`: sealed digest of the account the device refused, or null. */
  end(id: string, at_ms: number, refused_account: string | null): Promise<void>;
  /** What a device refused in trials begun at or after an instant, oldest first. */
  refusals(
    device_key: string,
    since_ms: number,
  ): Promise<{ readonly at_ms: number; readonly refused_account: string }[]>;
}

export function probeTrialRepository(db: Db): ProbeTrialRepository {
  return {
    begin: (trial, limit) =>
      atomically(db, async (tx) => {
        // Of two processes asked at once by one account, the second sees the trial of the first.
        await lockTable(tx, 'probe_trials');
        await tx.deleteFrom('probe_trials').where('started_at_ms', '<', limit.keep_since_ms).execute();
        const { account_id, device_key, started_at_ms } = trial;
        const running = await tx
          .selectFrom('probe_trials')
          .select('account_id')
          .where('ended_at_ms', 'is', null)
          .where('lease_until_ms', '>', started_at_ms)
          .where((eb) => eb.or([eb('account_id', '=', account_id), eb('device_key', '=', device_key)]))
          .execute();
        if (running.some((one) => one.account_id === account_id)) return { refusal: 'account_busy' };
        if (running.length > 0) return { refusal: 'device_busy' };
        const { count } = await tx
          .selectFrom('probe_trials')
          .select((eb) => eb.fn.countAll().as('count'))
          .where('account_id', '=', account_id)
          .where('started_at_ms', '>=', limit.since_ms)
          .executeTakeFirstOrThrow();
        if (Number(count) >= limit.max) return { refusal: 'too_often' };
        const id = newId(started_at_ms);
        await tx
          .insertInto('probe_trials')
          .values({ ...trial, id, ended_at_ms: null, refused_account: null })
          .execute();
        return { id };
      }),

    async end(id, at_ms, refused_account) {
      await db
        .updateTable('probe_trials')
        .set({ ended_at_ms: at_ms, refused_account })
        .where('id', '=', id)
        .execute();
    },

    async refusals(device_key, since_ms) {
      const rows = await db
        .selectFrom('probe_trials')
        .select(['started_at_ms', 'refused_account'])
        .where('device_key', '=', device_key)
        .where('started_at_ms', '>=', since_ms)
        .where('refused_account', 'is not', null)
        .orderBy('started_at_ms')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({ at_ms: row.started_at_ms, refused_account: row.refused_account! }));
    },
  };
}
