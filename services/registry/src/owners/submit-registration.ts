import { CodedError, isAgreementPurpose, type Registration } from '@minhchung/domain';
import type { OwnerActDeps } from './deps.ts';
import { FORM_AGE_MS_MAX, FORM_AGE_MS_MIN, FORM_COUNT_MS } from './limits.ts';
import { sha256 } from './tokens.ts';
import { actOf } from './trail.ts';

/** What a stranger sends, its shape checked. */
export interface Submission
  extends Pick<
    Registration,
    | 'unit_id'
    | 'name'
    | 'phone'
    | 'email'
    | 'address'
    | 'position'
    | 'looks_at'
    | 'maker'
    | 'mode'
    | 'purposes'
    | 'hours'
  > {
  /** Left out: no sound. */
  readonly allows_audio?: boolean | undefined;
  /** Given out with the form. */
  readonly ticket: string;
  /** A field people do not see. */
  readonly website: string;
}

/**
 * Takes a registration in: it waits for a technician and counts as no camera. Sent twice it is taken once; a
 * program that fills in what people do not see, or answers faster than they can, hears the same as a person and
 * leaves nothing. Throws `FORM_TOO_OLD`, `UNKNOWN_UNIT`, `TOO_MANY_ATTEMPTS`, `REGISTRATIONS_FULL`: none of them
 * depends on who is registered.
 */
export function submitRegistration(deps: OwnerActDeps) {
  return async (submission: Submission, address: string): Promise<void> => {
    const now_ms = deps.time.now_ms();
    const shown_at_ms = deps.tokens.ticketTime(submission.ticket);
    const age_ms = shown_at_ms === null ? Number.NaN : now_ms - shown_at_ms;
    if (!(age_ms >= 0 && age_ms <= FORM_AGE_MS_MAX)) throw new CodedError('FORM_TOO_OLD');
    if (submission.website !== '' || age_ms < FORM_AGE_MS_MIN) return;
    await checkUnit(deps, submission.unit_id, now_ms);
    const origin = deps.tokens.originOf(address);
    await deps.store.transaction(async (tx) => {
      await demandFewer(deps, tx, origin, now_ms);
      await tx.registrations.countSubmission(origin, now_ms, now_ms - FORM_COUNT_MS);
      const registration = registrationOf(deps.newId(), submission, now_ms);
      if (!(await tx.registrations.add(registration, identityOf(submission)))) return;
      const subject = { kind: 'registration', id: registration.id, unit_id: registration.unit_id } as const;
      await tx.audit.append(actOf('registration.submit', now_ms, null, subject));
    });
  };
}

async function checkUnit({ store }: OwnerActDeps, unit_id: string, now_ms: number): Promise<void> {
  const unit = await store.units.byId(unit_id);
  const is_ward = unit !== null && unit.level === 'ward' && unit.valid_from_ms <= now_ms;
  if (!is_ward || (unit.valid_to_ms !== null && unit.valid_to_ms <= now_ms)) {
    throw new CodedError('UNKNOWN_UNIT', { unit: unit_id });
  }
}

async function demandFewer(
  { settings }: OwnerActDeps,
  tx: Parameters<Parameters<OwnerActDeps['store']['transaction']>[0]>[0],
  origin: string,
  now_ms: number,
): Promise<void> {
  const since_ms = now_ms - FORM_COUNT_MS;
  const { registrations_per_address_max, registrations_per_day_max } = settings.owners;
  if ((await tx.registrations.submissionsSince(since_ms, origin)) >= registrations_per_address_max) {
    throw new CodedError('TOO_MANY_ATTEMPTS', { retry_after_s: FORM_COUNT_MS / 1_000 });
  }
  if ((await tx.registrations.submissionsSince(since_ms)) >= registrations_per_day_max) {
    throw new CodedError('REGISTRATIONS_FULL');
  }
}

function registrationOf(id: string, submission: Submission, now_ms: number): Registration {
  const { ticket: _, website: __, ...said } = submission;
  const text = (value: string) => value.normalize('NFC').trim();
  const maybe = (value: string | null) => (value === null || text(value) === '' ? null : text(value));
  return {
    ...said,
    id,
    state: 'waiting',
    submitted_at_ms: now_ms,
    name: text(said.name),
    phone: text(said.phone),
    email: maybe(said.email)?.toLowerCase() ?? null,
    address: maybe(said.address),
    looks_at: text(said.looks_at),
    maker: maybe(said.maker),
    purposes: [...new Set(said.purposes)].filter(isAgreementPurpose),
    allows_audio: said.allows_audio ?? false,
    decided_at_ms: null,
    decided_by_person_id: null,
    decline_reason: null,
    camera_id: null,
  };
}

/** The same form sent again with the same content; the same form with something put right is another one. */
function identityOf({ website: _, ...submission }: Submission): string {
  return sha256(JSON.stringify(Object.entries(submission).sort(([a], [b]) => (a < b ? -1 : 1))));
}
