import type { Registration, RegistrationState } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { among, equal } from '../query/conditions.ts';
import { changed, type Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { newId } from '../query/new-id.ts';
import type { RegistrationTable } from '../schema/owners.ts';

export interface RegistrationFilter {
  readonly unit_ids: readonly string[];
  readonly state?: RegistrationState;
}

/** How a waiting registration ended. */
export type RegistrationDecision =
  | {
      readonly state: 'confirmed';
      readonly at_ms: number;
      readonly person_id: string;
      readonly camera_id: string;
    }
  | {
      readonly state: 'declined';
      readonly at_ms: number;
      readonly person_id: string;
      readonly reason: string;
    };

export interface RegistrationRepository {
  /** False when the same submission is there already: nothing is added. */
  add(registration: Registration, submission_sha256: string): Promise<boolean>;
  byId(id: string): Promise<Registration | null>;
  /** Oldest first: who came first is served first. */
  list(filter: RegistrationFilter, page: PageRequest): Promise<Page<Registration>>;
  /** Compare and set: false when it is not waiting (any more). */
  decide(id: string, decision: RegistrationDecision): Promise<boolean>;
  /** Submissions of a form since then; `origin` undefined: of everybody. */
  submissionsSince(since_ms: number, origin?: string): Promise<number>;
  /** Counts a submission and forgets those before `forget_before_ms`. */
  countSubmission(origin: string, at_ms: number, forget_before_ms: number): Promise<void>;
}

export function registrationRepository(db: Db): RegistrationRepository {
  return {
    async add(registration, submission_sha256) {
      const result = await db
        .insertInto('registrations')
        .values({ ...toRow(registration), submission_sha256 })
        .onConflict((conflict) => conflict.column('submission_sha256').doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows !== 0n;
    },

    async byId(id) {
      const row = await db.selectFrom('registrations').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toRegistration(row);
    },

    async list({ unit_ids, state }, page) {
      const keys = keyset(page, ['registrations.id'], 'asc');
      const rows = await db
        .selectFrom('registrations')
        .selectAll()
        .where(among('registrations.unit_id', unit_ids))
        .where(equal('registrations.state', state))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.id], toRegistration);
    },

    async decide(id, decision) {
      const update = db.updateTable('registrations').set({
        state: decision.state,
        decided_at_ms: decision.at_ms,
        decided_by_person_id: decision.person_id,
        camera_id: decision.state === 'confirmed' ? decision.camera_id : null,
        decline_reason: decision.state === 'declined' ? decision.reason : null,
      });
      return changed(await update.where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst());
    },

    async submissionsSince(since_ms, origin) {
      const { count } = await db
        .selectFrom('form_submissions')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('at_ms', '>', since_ms)
        .where(equal('form_submissions.origin', origin))
        .executeTakeFirstOrThrow();
      return count;
    },

    async countSubmission(origin, at_ms, forget_before_ms) {
      await db.deleteFrom('form_submissions').where('at_ms', '<', forget_before_ms).execute();
      await db
        .insertInto('form_submissions')
        .values({ id: newId(at_ms), origin, at_ms })
        .execute();
    },
  };
}

function toRow({
  position,
  purposes,
  hours,
  ...registration
}: Registration): Omit<RegistrationTable, 'submission_sha256'> {
  return {
    ...registration,
    latitude_deg: position?.latitude_deg ?? null,
    longitude_deg: position?.longitude_deg ?? null,
    purposes: JSON.stringify(purposes),
    allows_audio: registration.allows_audio ? 1 : 0,
    from_minute: hours?.from_minute ?? null,
    to_minute: hours?.to_minute ?? null,
  };
}

function toRegistration(row: RegistrationTable): Registration {
  const {
    latitude_deg,
    longitude_deg,
    from_minute,
    to_minute,
    purposes,
    submission_sha256: _,
    ...rest
  } = row;
  return {
    ...rest,
    position: latitude_deg !== null && longitude_deg !== null ? { latitude_deg, longitude_deg } : null,
    purposes: JSON.parse(purposes) as string[],
    allows_audio: rest.allows_audio === 1,
    hours: from_minute !== null && to_minute !== null ? { from_minute, to_minute } : null,
  };
}
