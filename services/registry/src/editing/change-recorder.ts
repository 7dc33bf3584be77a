import {
  type Actor,
  CodedError,
  type FolderLayout,
  type Recorder,
  sendsAccountElsewhere,
} from '@minhchung/domain';
import type { DeviceCredentials, Repositories } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';
import { checkedDeviceUrl, checkedPlaybackUrl, checkTypedAddress } from '../device-url.ts';
import { checkedFolderPath, checkedFolderPattern, checkedFolderZone, isBelowRoot } from '../folder-layout.ts';
import { mayKeepAccount } from '../owners-word.ts';
import { checkedPlayback, type EnteredPlayback, withFindingKept } from '../playback/checked-playback.ts';
import { accountSet } from '../set-credentials.ts';
import { checkDevice, checkUnit } from './camera-ground.ts';
import { editRecord, withFields } from './edit-record.ts';
import { type Change, type ChangeContext, recordChanges } from './record-changes.ts';

type RecorderDeps = Pick<RegistryDeps, 'store' | 'time' | 'newId' | 'settings' | 'secrets'>;

type Said<T> = { readonly [K in keyof T]?: T[K] | undefined };

export type NewRecorder = Pick<Recorder, 'code' | 'name' | 'unit_id' | 'network_id' | 'kind'> &
  Said<Pick<Recorder, 'device_url' | 'folder'>> & { readonly playback?: EnteredPlayback | null | undefined };

/** Fields to change; what is left out stays. */
export interface RecorderChange
  extends Said<Pick<Recorder, 'name' | 'unit_id' | 'network_id' | 'device_url' | 'folder'>> {
  readonly playback?: EnteredPlayback | undefined;
  /** Entered anew with another address; replaces what is stored. */
  readonly credentials?: DeviceCredentials | undefined;
  /** The device is another one now, and so is its clock. */
  readonly is_replaced?: boolean | undefined;
}

/** Registers a recorder with a clock of its own. Throws what stands against it, `ALREADY_EXISTS`. */
export function createRecorder(deps: RecorderDeps) {
  return async (actor: Actor, input: NewRecorder): Promise<Recorder> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const recorder: Recorder = {
        id: deps.newId(),
        code: input.code,
        name: input.name.normalize('NFC'),
        unit_id: input.unit_id,
        network_id: input.network_id,
        kind: input.kind,
        device_url: checkedUrl(input.kind, input.device_url) ?? null,
        folder: checkedFolder(deps, input.code, input.folder) ?? null,
        ...(input.playback == null ? {} : { playback: checkedPlayback(input.playback) }),
        clock_id: deps.newId(),
        created_at_ms: at_ms,
      };
      await checkRecord(tx, recorder, at_ms);
      await checkAddress(deps, tx, null, recorder);
      await tx.clocks.create({ id: recorder.clock_id, name: recorder.name, kind: 'recorder' });
      await tx.recorders.create(recorder);
      const subject = {
        subject_kind: 'recorder',
        subject_id: recorder.id,
        unit_id: recorder.unit_id,
      } as const;
      const details = { code: recorder.code };
      await recordChanges({ tx, actor, at_ms }, [
        { act: 'recorder.create', ...subject, before: null, after: recorder, details },
      ]);
      return recorder;
    });
}

/**
 * Changes a recorder. Throws `EditConflict`, `DEVICE_REGISTERED`, `ADDRESS_NOT_ALLOWED`, `FOLDER_NOT_ALLOWED`,
 * `ADDRESS_NEEDS_ACCOUNT`
 * where a stored account would be sent elsewhere, `CREDENTIALS_WITHOUT_AGREEMENT` where none may be kept.
 */
export function changeRecorder(deps: RecorderDeps) {
  return (actor: Actor, seen: Recorder, version: string, change: RecorderChange): Promise<Recorder> => {
    const { credentials = null, is_replaced = false, ...fields } = change;
    return editRecord(deps, {
      ...{ subject_kind: 'recorder', act: 'recorder.update', actor, seen, version },
      lock: (tx) => tx.recorders.lock(seen.id),
      async change(tx, before, at_ms) {
        const changed = withFields(before, {
          ...fields,
          name: fields.name?.normalize('NFC'),
          device_url: checkedUrl(before.kind, fields.device_url),
          folder: checkedFolder(deps, before.code, fields.folder),
          playback: fields.playback === undefined ? undefined : checkedPlayback(fields.playback),
          clock_id: is_replaced ? deps.newId() : undefined,
        });
        const after = withFindingKept(before, changed);
        await checkRecord(tx, after, at_ms);
        await checkAddress(deps, tx, before, after);
        await checkAccount(tx, before, after, credentials, at_ms);
        return after;
      },
      async write(context, after, before) {
        if (after.clock_id !== before.clock_id) {
          await context.tx.clocks.create({ id: after.clock_id, name: after.name, kind: 'recorder' });
        }
        await context.tx.recorders.update(after);
        if (after.device_url !== before.device_url) {
          // Another address may be another device, with a certificate of its own.
          await context.tx.certificates.forget(after.id, context.at_ms);
        }
        return credentials === null ? [] : [await sealed(deps, context, after, credentials)];
      },
      unitOf: ({ unit_id }) => unit_id,
      details: ({ code }) => ({ code }),
    });
  };
}

async function sealed(
  { secrets }: RecorderDeps,
  { tx, at_ms }: ChangeContext,
  recorder: Recorder,
  credentials: DeviceCredentials,
): Promise<Change> {
  await tx.credentials.set(recorder.id, credentials, secrets, at_ms);
  return accountSet(recorder);
}

async function checkAccount(
  tx: Repositories,
  before: Recorder,
  after: Recorder,
  credentials: DeviceCredentials | null,
  at_ms: number,
): Promise<void> {
  const recorder = before.code;
  if (credentials === null) {
    if (!sendsAccountElsewhere(before, after) || !(await tx.credentials.has(before.id))) return;
    throw new CodedError('ADDRESS_NEEDS_ACCOUNT', { recorder });
  }
  if (await mayKeepAccount(tx, await tx.cameras.ofRecorder(before.id), at_ms)) return;
  throw new CodedError('CREDENTIALS_WITHOUT_AGREEMENT', { recorder });
}

/** An address that is typed anew, or said to be in another network, must be one where devices may be. */
async function checkAddress(
  { settings }: RecorderDeps,
  tx: Repositories,
  before: Recorder | null,
  { device_url, network_id }: Recorder,
): Promise<void> {
  if (device_url === null) return;
  if (before?.device_url === device_url && before.network_id === network_id) return;
  const network = await tx.networks.byId(network_id);
  checkTypedAddress(device_url, [settings.devices.allowed_networks, network?.cidrs]);
}

async function checkRecord(tx: Repositories, recorder: Recorder, at_ms: number): Promise<void> {
  await checkUnit(tx, recorder.unit_id, at_ms);
  if ((await tx.networks.byId(recorder.network_id)) === null) {
    throw new CodedError('UNKNOWN_NETWORK', { network: recorder.network_id });
  }
  if ((recorder.kind === 'folder') !== (recorder.folder !== null)) {
    throw new CodedError('RECORDER_KIND_ADDRESS', { recorder: recorder.code });
  }
  if ((recorder.kind === 'playback_url') !== (recorder.playback != null)) {
    throw new CodedError('RECORDER_KIND_PLAYBACK', { recorder: recorder.code });
  }
  const cameras = await tx.cameras.ofRecorder(recorder.id);
  const polled = cameras.find(({ reach }) => reach !== 'owner_only');
  if (recorder.kind !== 'folder' && recorder.device_url === null && polled !== undefined) {
    throw new CodedError('CAMERA_WITHOUT_ADDRESS', { camera: polled.code, recorder: recorder.code });
  }
  await checkDevice(tx, recorder, cameras);
}

function checkedUrl(kind: Recorder['kind'], text: string | null | undefined): string | null | undefined {
  if (typeof text !== 'string') return text;
  return kind === 'playback_url' ? checkedPlaybackUrl(text) : checkedDeviceUrl(text);
}

function checkedFolder(
  { settings }: RecorderDeps,
  recorder: string,
  folder: FolderLayout | null | undefined,
): FolderLayout | null | undefined {
  if (folder == null) return folder;
  const path = checkedFolderPath(folder.path);
  if (!isBelowRoot(path, settings.registry.recording_roots)) {
    throw new CodedError('FOLDER_NOT_ALLOWED', { recorder });
  }
  const pattern = checkedFolderPattern(folder.pattern);
  return { path, pattern, zone: checkedFolderZone(pattern, folder.zone, folder.zone) };
}
