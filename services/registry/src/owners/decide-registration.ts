import {
  type Actor,
  type Agreement,
  type Camera,
  CodedError,
  type Owner,
  type Recorder,
  type Registration,
} from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import { checkRecorder } from '../editing/camera-ground.ts';
import { type Change, recordChanges } from '../editing/record-changes.ts';
import type { OwnerActDeps } from './deps.ts';
import { setEmailWithin } from './hand-over.ts';
import { actOf } from './trail.ts';

/** What a technician adds to a registration to make it a camera. What the owner agreed to is taken as it is. */
export interface Completion
  extends Pick<Camera, 'code' | 'site_id' | 'aim_point' | 'field_of_view_deg' | 'range_m' | 'source_token'> {
  /** Null: the owner's name. */
  readonly name: string | null;
  /** Null: where the owner put it. */
  readonly position: Camera['position'] | null;
  readonly network_code: string;
  /** A registered recorder the camera is behind; null: its own. */
  readonly recorder_code: string | null;
  /** An owner who is registered already; null: somebody new. */
  readonly owner_id: string | null;
  /** The address typed into the form becomes the registered owner's; a new owner's it is anyway. */
  readonly take_email?: boolean | undefined;
}

/** The registration of this id. Throws `UNKNOWN_REGISTRATION`. */
export function findRegistration(deps: Pick<OwnerActDeps, 'store'>) {
  return async (id: string): Promise<Registration> => {
    const registration = await deps.store.registrations.byId(id);
    if (registration === null) throw new CodedError('UNKNOWN_REGISTRATION', { registration: id });
    return registration;
  };
}

/** Declines a waiting registration. Throws `REGISTRATION_DECIDED`. */
export function declineRegistration(deps: OwnerActDeps) {
  return async (actor: Actor, { id, unit_id }: Registration, reason: string): Promise<void> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const decision = { state: 'declined', at_ms, person_id: actor.person_id, reason } as const;
      if (!(await tx.registrations.decide(id, decision))) await decidedAlready(tx, id);
      await tx.audit.append(
        actOf('registration.decline', at_ms, actor, { kind: 'registration', id, unit_id }, { reason }),
      );
    });
}

/**
 * Makes a waiting registration a household camera with its owner, agreement and, where needed, recorder, reached by
 * its owner only. Throws `REGISTRATION_DECIDED`, `REGISTRATION_NOT_PLACED`, `UNKNOWN_NETWORK`, `UNKNOWN_OWNER`,
 * `UNKNOWN_SITE`, `ALREADY_EXISTS`, and what stands against a camera behind the recorder named.
 */
export function confirmRegistration(deps: OwnerActDeps) {
  return async (actor: Actor, registration: Registration, completion: Completion): Promise<Camera> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const { id, unit_id } = registration;
      const owner = await ownerOf(deps, tx, registration, completion);
      const recorder = await recorderOf(deps, tx, registration, completion, at_ms);
      const camera = await cameraOf(deps, tx, registration, completion, {
        ...{ owner_id: owner.record.id, recorder_id: recorder.record.id, at_ms },
      });
      const agreement = agreementOf(deps, registration, camera.id, at_ms);
      if (owner.is_new) await tx.owners.create(owner.record);
      if (registration.email !== null && (owner.is_new || completion.take_email === true)) {
        await setEmailWithin(
          { tx, actor, at_ms },
          { owner_id: owner.record.id, unit_id },
          registration.email,
        );
      }
      if (recorder.is_new) {
        await tx.clocks.create({
          id: recorder.record.clock_id,
          name: recorder.record.name,
          kind: 'recorder',
        });
        await tx.recorders.create(recorder.record);
      }
      await tx.cameras.create(camera);
      await checkRecorder(tx, camera);
      await tx.agreements.create(agreement);
      const decision = {
        state: 'confirmed',
        at_ms,
        person_id: actor.person_id,
        camera_id: camera.id,
      } as const;
      if (!(await tx.registrations.decide(id, decision))) await decidedAlready(tx, id);
      await recordChanges({ tx, actor, at_ms }, changesOf(owner, recorder, camera, agreement));
      await tx.audit.append(
        actOf(
          'registration.confirm',
          at_ms,
          actor,
          { kind: 'registration', id, unit_id },
          { camera: camera.code },
        ),
      );
      return camera;
    });
}

interface Known<T> {
  readonly record: T;
  readonly is_new: boolean;
}

async function decidedAlready(tx: Repositories, id: string): Promise<never> {
  const state = (await tx.registrations.byId(id))?.state ?? '';
  throw new CodedError('REGISTRATION_DECIDED', { state });
}

async function ownerOf(
  deps: OwnerActDeps,
  tx: Repositories,
  { name, phone, address }: Registration,
  { owner_id }: Completion,
): Promise<Known<Owner>> {
  if (owner_id === null) return { record: { id: deps.newId(), name, phone, address }, is_new: true };
  const record = await tx.owners.byId(owner_id);
  if (record === null) throw new CodedError('UNKNOWN_OWNER', { owner: owner_id });
  return { record, is_new: false };
}

async function recorderOf(
  deps: OwnerActDeps,
  tx: Repositories,
  { unit_id, name }: Registration,
  { code, network_code, recorder_code }: Completion,
  at_ms: number,
): Promise<Known<Recorder>> {
  if (recorder_code !== null) {
    const record = await tx.recorders.byCode(recorder_code);
    if (record === null || record.unit_id !== unit_id) {
      throw new CodedError('NOT_FOUND', { what: 'recorder', id: recorder_code });
    }
    return { record, is_new: false };
  }
  const network = await tx.networks.byCode(network_code);
  if (network === null) throw new CodedError('UNKNOWN_NETWORK', { network: network_code });
  const record: Recorder = {
    ...{ id: deps.newId(), code, name, unit_id, network_id: network.id, kind: 'onvif', device_url: null },
    ...{ folder: null, clock_id: deps.newId(), created_at_ms: at_ms },
  };
  return { record, is_new: true };
}

async function cameraOf(
  deps: OwnerActDeps,
  tx: Repositories,
  registration: Registration,
  completion: Completion,
  ties: { readonly owner_id: string; readonly recorder_id: string; readonly at_ms: number },
): Promise<Camera> {
  const position = completion.position ?? registration.position;
  if (position === null) throw new CodedError('REGISTRATION_NOT_PLACED');
  const { code, site_id, aim_point, field_of_view_deg, range_m, source_token } = completion;
  if (site_id !== null && (await tx.sites.byId(site_id)) === null) {
    throw new CodedError('UNKNOWN_SITE', { site: site_id });
  }
  return {
    ...{ id: deps.newId(), code, name: (completion.name ?? registration.name).normalize('NFC') },
    ...{ unit_id: registration.unit_id, site_id, kind: 'household', owner_id: ties.owner_id },
    ...{ position, aim_point, field_of_view_deg, range_m, mounting: null, reach: 'owner_only' },
    ...{ recorder_id: ties.recorder_id, source_token, created_at_ms: ties.at_ms, retired_at_ms: null },
  };
}

function agreementOf(
  deps: OwnerActDeps,
  { mode, purposes, allows_audio, hours, submitted_at_ms }: Registration,
  camera_id: string,
  at_ms: number,
): Agreement {
  return {
    ...{ id: deps.newId(), camera_id, mode, purposes, allows_audio, hours },
    ...{ valid_from_ms: at_ms, valid_to_ms: null },
    // The owner said it when the form was sent, not when somebody got round to it.
    ...{ confirmed_at_ms: submitted_at_ms, notice: null, power_host: null, network_host: null },
    withdrawn_at_ms: null,
  };
}

function changesOf(
  owner: Known<Owner>,
  recorder: Known<Recorder>,
  camera: Camera,
  agreement: Agreement,
): Change[] {
  const { unit_id, code } = camera;
  const created = (
    subject_kind: Change['subject_kind'],
    after: { readonly id: string },
    details: Change['details'],
  ): Change => ({
    ...{ act: `${subject_kind}.create`, subject_kind, subject_id: after.id, unit_id, before: null, after },
    details,
  });
  return [
    ...(owner.is_new ? [created('owner', owner.record, {})] : []),
    ...(recorder.is_new ? [created('recorder', recorder.record, { code: recorder.record.code })] : []),
    created('camera', camera, { code }),
    created('agreement', agreement, { camera: code, mode: agreement.mode }),
  ];
}
