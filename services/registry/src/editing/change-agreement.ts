import {
  type Actor,
  AGREEMENT_TERMS,
  type Agreement,
  type Camera,
  CodedError,
  renewalRefusal,
} from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';
import { checkOwnerExists } from './camera-ground.ts';
import { editRecord, lockSeen, withFields } from './edit-record.ts';
import { type Change, recordChanges } from './record-changes.ts';

type AgreementDeps = Pick<RegistryDeps, 'store' | 'time' | 'newId'>;
type Said<T> = { readonly [K in keyof T]?: T[K] | undefined };
type Entered = Omit<Agreement, 'id' | 'camera_id' | 'confirmed_at_ms' | 'withdrawn_at_ms'>;

export type NewAgreement = Pick<Agreement, 'mode' | 'purposes'> &
  Said<Entered> & {
    /** Another owner than the registered one, whose word this is. */
    readonly owner_id?: string | undefined;
  };

/** Fields to change; what is left out stays. */
export type AgreementChange = Said<Omit<Entered, 'valid_from_ms'>>;

/**
 * Records a new agreement for a camera; those before it stay as they were made. Throws `CAMERA_RETIRED`,
 * `AGREEMENT_WITHDRAWN` when it does not begin after the withdrawal of the newest, `AGREEMENT_TERM_INVALID`.
 */
export function addAgreement(deps: AgreementDeps) {
  return async (actor: Actor, camera_id: string, input: NewAgreement): Promise<Agreement> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const camera = await tx.cameras.lock(camera_id);
      if (camera === null) throw new CodedError('UNKNOWN_CAMERA', { camera: camera_id });
      if (camera.retired_at_ms !== null) throw new CodedError('CAMERA_RETIRED', { camera: camera.code });
      const agreement = checked(newAgreement(deps, camera_id, input, at_ms), at_ms);
      const refusal = renewalRefusal(await tx.agreements.ofCamera(camera_id), agreement.valid_from_ms);
      if (refusal !== null) throw refusal;
      const moved = await withOwner(tx, camera, input.owner_id);
      await tx.agreements.create(agreement);
      await recordChanges({ tx, actor, at_ms }, [created(camera, agreement), ...moved]);
      return agreement;
    });
}

/**
 * Changes an agreement: notice and hosts in place; other terms make a new agreement that begins now, for what an owner
 * once allowed is not rewritten. Answers the agreement that holds then. Throws `EditConflict`, `AGREEMENT_WITHDRAWN`,
 * `AGREEMENT_EXPIRED`, `AGREEMENT_TERM_INVALID`.
 */
export function changeAgreement(deps: AgreementDeps) {
  return (
    actor: Actor,
    camera: Camera,
    seen: Agreement,
    version: string,
    fields: AgreementChange,
  ): Promise<Agreement> => {
    const wanted = withFields(seen, fields);
    const edit = editOf(actor, camera, seen, version);
    if (AGREEMENT_TERMS.some((term) => !isSame(seen[term], wanted[term]))) {
      return succeed(deps, actor, camera, edit, fields);
    }
    return editRecord(deps, {
      ...edit,
      act: 'agreement.update',
      async change(_tx, before, at_ms) {
        checkInForce(before, at_ms);
        return checked(withFields(before, fields), at_ms);
      },
      async write({ tx }, after) {
        await tx.agreements.update(after);
        return [];
      },
    });
  };
}

/** The owner's next word, beside the one before it. */
function succeed(
  deps: AgreementDeps,
  actor: Actor,
  camera: Camera,
  edit: ReturnType<typeof editOf>,
  fields: AgreementChange,
): Promise<Agreement> {
  return deps.store.transaction(async (tx) => {
    const before = await lockSeen(tx, edit);
    const at_ms = deps.time.now_ms();
    checkInForce(before, at_ms);
    const begins_ms = Math.max(before.valid_from_ms, at_ms);
    const term = { id: deps.newId(), valid_from_ms: begins_ms, confirmed_at_ms: at_ms };
    const after = checked({ ...withFields(before, fields), ...term }, at_ms);
    await tx.agreements.create(after);
    const change = created(camera, after);
    const details = { ...change.details, replaces: before.id };
    await recordChanges({ tx, actor, at_ms }, [{ ...change, before, details }]);
    return after;
  });
}

/** Records that the owner confirmed an agreement. Throws `EditConflict`, `AGREEMENT_WITHDRAWN`, `AGREEMENT_EXPIRED`. */
export function confirmAgreement(deps: AgreementDeps) {
  return (
    actor: Actor,
    camera: Camera,
    seen: Agreement,
    version: string,
    confirmed_at_ms: number | undefined,
  ): Promise<Agreement> =>
    editRecord(deps, {
      ...editOf(actor, camera, seen, version),
      act: 'agreement.confirm',
      async change(_tx, before, at_ms) {
        checkInForce(before, at_ms);
        const at = confirmed_at_ms ?? at_ms;
        if (at < before.valid_from_ms) throw new CodedError('AGREEMENT_TERM_INVALID');
        return checked({ ...before, confirmed_at_ms: Math.max(at, before.confirmed_at_ms) }, at_ms);
      },
      async write({ tx }, after) {
        await tx.agreements.update(after);
        return [];
      },
    });
}

function editOf(actor: Actor, camera: Camera, seen: Agreement, version: string) {
  return {
    ...({ subject_kind: 'agreement', actor, seen, version } as const),
    lock: (tx: Repositories) => tx.agreements.lock(seen.id),
    unitOf: () => camera.unit_id,
    details: () => ({ camera: camera.code }),
  };
}

function created(camera: Camera, agreement: Agreement): Change {
  return {
    ...{ act: 'agreement.create', subject_kind: 'agreement', subject_id: agreement.id },
    ...{ unit_id: camera.unit_id, before: null, after: agreement },
    details: { camera: camera.code, mode: agreement.mode },
  };
}

/** The owner whose word the agreement is becomes the camera's. */
async function withOwner(tx: Repositories, camera: Camera, owner_id: string | undefined): Promise<Change[]> {
  if (owner_id === undefined || owner_id === camera.owner_id) return [];
  await checkOwnerExists(tx, owner_id);
  const after = { ...camera, owner_id };
  await tx.cameras.update(after);
  const subject = { subject_kind: 'camera', subject_id: camera.id, unit_id: camera.unit_id } as const;
  const details = { code: camera.code, changes: ['owner_id'] };
  return [{ act: 'camera.update', ...subject, before: camera, after, details }];
}

function newAgreement(deps: AgreementDeps, camera_id: string, input: NewAgreement, at_ms: number): Agreement {
  const valid_from_ms = input.valid_from_ms ?? at_ms;
  return {
    id: deps.newId(),
    camera_id,
    mode: input.mode,
    purposes: input.purposes,
    allows_audio: input.allows_audio ?? false,
    hours: input.hours ?? null,
    valid_from_ms,
    valid_to_ms: input.valid_to_ms ?? null,
    // The owner confirmed it when it was signed: on its first day, unless that is still to come.
    confirmed_at_ms: Math.min(valid_from_ms, at_ms),
    notice: input.notice ?? null,
    power_host: input.power_host ?? null,
    network_host: input.network_host ?? null,
    withdrawn_at_ms: null,
  };
}

function checkInForce(agreement: Agreement, at_ms: number): void {
  if (agreement.withdrawn_at_ms !== null) throw new CodedError('AGREEMENT_WITHDRAWN');
  if (agreement.valid_to_ms !== null && agreement.valid_to_ms <= at_ms)
    throw new CodedError('AGREEMENT_EXPIRED');
}

function checked(agreement: Agreement, at_ms: number): Agreement {
  const { valid_from_ms, valid_to_ms, confirmed_at_ms, notice } = agreement;
  const is_sound =
    (valid_to_ms === null || valid_to_ms > valid_from_ms) &&
    confirmed_at_ms <= at_ms &&
    (notice === null || notice.given_at_ms <= at_ms);
  if (!is_sound) throw new CodedError('AGREEMENT_TERM_INVALID');
  return agreement;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
