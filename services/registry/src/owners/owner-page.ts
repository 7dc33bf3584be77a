import {
  type Agreement,
  type Camera,
  CodedError,
  type ItemReason,
  type LegalBasis,
  mayTellOwner,
  type Observation,
  type Owner,
  type Span,
} from '@minhchung/domain';
import type { ItemRecord, ProbeStill } from '@minhchung/store';
import { withdrawWithin } from '../withdraw-agreement.ts';
import { waitsForOwner } from './answer-item.ts';
import type { OwnerActDeps } from './deps.ts';
import { OWNER_CAMERAS_MAX, OWNER_ITEMS_MAX, OWNER_LOOKS_MAX } from './limits.ts';
import { openLink } from './links.ts';
import { newSessionToken, sha256 } from './tokens.ts';
import { actOf } from './trail.ts';

/** A request that touched an owner's camera, as its owner may see it: no case, no person. */
export interface OwnersItem {
  readonly id: string;
  readonly camera_code: string;
  readonly unit_name: string;
  readonly wanted: Span;
  /** Sound was asked for too. */
  readonly wants_audio: boolean;
  readonly purpose: string;
  readonly legal_basis: LegalBasis;
  readonly submitted_at_ms: number;
  readonly state: string;
  readonly reason: ItemReason | null;
  /** It waits for this owner's answer. */
  readonly waits_for_owner: boolean;
}

/** One look at a still picture of an owner's camera: the picture is kept nowhere. */
export interface OwnersLook {
  readonly camera_code: string;
  readonly at_ms: number;
  readonly allowed_by: ProbeStill['allowed_by'];
}

/** What an owner's page shows. */
export interface OwnersPage {
  readonly owner: Owner;
  readonly cameras: readonly {
    readonly camera: Camera;
    readonly observation: Observation | null;
    /** The newest one, in force or not. */
    readonly agreement: Agreement | null;
  }[];
  readonly items: readonly OwnersItem[];
  /** Newest first. */
  readonly looks: readonly OwnersLook[];
}

/** Uses a link up and opens the owner's page: returns the session's token. Throws `OWNER_LINK_INVALID`. */
export function openOwnerSession(deps: OwnerActDeps) {
  return async (link_token: string): Promise<{ readonly token: string; readonly expires_at_ms: number }> =>
    deps.store.transaction(async (tx) => {
      const link = await openLink(deps, tx, link_token);
      const now_ms = deps.time.now_ms();
      if (link.kind !== 'owner_page' || !(await tx.ownerLinks.end(link.id, now_ms))) {
        throw new CodedError('OWNER_LINK_INVALID');
      }
      const token = newSessionToken();
      const expires_at_ms = now_ms + deps.settings.owners.session_minutes * 60_000;
      const session = { token_sha256: sha256(token), owner_id: link.owner_id, created_at_ms: now_ms };
      await tx.ownerLinks.deleteExpiredSessions(now_ms);
      await tx.ownerLinks.openSession({ ...session, expires_at_ms });
      const subject = { kind: 'owner_link', id: link.id, unit_id: null } as const;
      await tx.audit.append(actOf('owner_link.use', now_ms, null, subject, { owner_id: link.owner_id }));
      return { token, expires_at_ms };
    });
}

/** Who holds this session's token. Throws `OWNER_NOT_SIGNED_IN`. */
export function ownerOfSession(deps: Pick<OwnerActDeps, 'store' | 'time'>) {
  return async (token: string | null): Promise<string> => {
    const session =
      token === null ? null : await deps.store.ownerLinks.findSession(sha256(token), deps.time.now_ms());
    if (session === null) throw new CodedError('OWNER_NOT_SIGNED_IN');
    return session.owner_id;
  };
}

/** Everything an owner is shown. Requests are shown once they are decided, and not while telling is delayed. */
export function readOwnersPage(deps: Pick<OwnerActDeps, 'store' | 'time'>) {
  return async (owner_id: string): Promise<OwnersPage> => {
    const { store } = deps;
    const owner = await store.owners.byId(owner_id);
    if (owner === null) throw new CodedError('OWNER_NOT_SIGNED_IN');
    const cameras = (await camerasOf(deps, owner_id)).slice(0, OWNER_CAMERAS_MAX);
    const states = await store.observations.current(cameras.map(({ id }) => id));
    const shown = [];
    const items: OwnersItem[] = [];
    const looks: OwnersLook[] = [];
    for (const camera of cameras) {
      const [agreement = null] = await store.agreements.ofCamera(camera.id);
      shown.push({
        camera,
        agreement,
        observation: states.find((one) => one.camera_id === camera.id) ?? null,
      });
      items.push(...(await itemsOf(deps, camera)));
      looks.push(...(await looksAt(deps, camera)));
    }
    looks.sort((a, b) => b.at_ms - a.at_ms);
    items.sort((a, b) => b.submitted_at_ms - a.submitted_at_ms);
    return {
      owner,
      cameras: shown,
      items: items.slice(0, OWNER_ITEMS_MAX),
      looks: looks.slice(0, OWNER_LOOKS_MAX),
    };
  };
}

/** The owner withdraws one camera. Throws `UNKNOWN_CAMERA` for anybody else's, and as `withdrawWithin`. */
export function withdrawByOwner(deps: OwnerActDeps) {
  return async (owner_id: string, camera_id: string, reason: string): Promise<void> => {
    const camera = await ownersCamera(deps, owner_id, camera_id);
    await deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      await withdrawWithin({ tx, actor: null, at_ms }, camera, { reason: reason || 'owner', owner_id });
    });
  };
}

/** A camera in use of this owner. Throws `UNKNOWN_CAMERA` for anybody else's. */
export async function ownersCamera(
  deps: Pick<OwnerActDeps, 'store'>,
  owner_id: string,
  camera_id: string,
): Promise<Camera> {
  const camera = (await camerasOf(deps, owner_id)).find(({ id }) => id === camera_id);
  if (camera === undefined) throw new CodedError('UNKNOWN_CAMERA', { camera: camera_id });
  return camera;
}

async function camerasOf({ store }: Pick<OwnerActDeps, 'store'>, owner_id: string): Promise<Camera[]> {
  const cameras = await store.cameras.ofOwner(owner_id);
  return cameras.filter(({ retired_at_ms }) => retired_at_ms === null);
}

async function looksAt({ store }: Pick<OwnerActDeps, 'store'>, camera: Camera): Promise<OwnersLook[]> {
  const { rows } = await store.probeStills.ofCamera(camera.id, { limit: OWNER_LOOKS_MAX, after: null });
  return rows.map(({ at_ms, allowed_by }) => ({ camera_code: camera.code, at_ms, allowed_by }));
}

async function itemsOf(
  { store, time }: Pick<OwnerActDeps, 'store' | 'time'>,
  camera: Camera,
): Promise<OwnersItem[]> {
  const page = { limit: OWNER_ITEMS_MAX, after: null };
  const { rows } = await store.items.list({ camera_id: camera.id }, page);
  const items: OwnersItem[] = [];
  for (const item of rows) {
    const request = await store.requests.byId(item.request_id);
    if (request === null || !isDecided(item, request.state)) continue;
    if (!mayTellOwner(await store.noticeDelays.ofRequest(request.id), time.now_ms())) continue;
    const unit = await store.units.byId(request.unit_id);
    const { wanted, wants_audio, purpose, legal_basis, submitted_at_ms } = request;
    items.push({
      ...{ id: item.id, camera_code: camera.code, unit_name: unit?.name ?? '', wanted, purpose, legal_basis },
      wants_audio,
      ...{ submitted_at_ms, state: item.state, reason: item.reason },
      waits_for_owner: waitsForOwner(item, request),
    });
  }
  return items;
}

/** Urgent items run before anybody decided: they are shown when somebody has, or when the time for it is over. */
function isDecided(item: ItemRecord, request_state: string): boolean {
  return item.approved_at_ms !== null || item.state === 'refused' || request_state === 'unconfirmed';
}
