import { type Actor, CodedError, consentFor, mayTellOwner, refusalOfHandingIn } from '@minhchung/domain';
import type { Repositories, StoredUploadLink } from '@minhchung/store';
import type { IntakeDeps } from '../deps.ts';
import { actOf } from '../trail.ts';
import { sha256 } from './sessions.ts';

/** Where owners hand in footage. */
export const HAND_IN_PATH = '/gui-hinh';

type LinkDeps = Pick<IntakeDeps, 'store' | 'time' | 'newId' | 'settings' | 'tokens'>;

/**
 * Makes a link by which the owner of an item's camera hands in footage, once: mailed where the owner has an address,
 * else left to be carried. An earlier link for the item ends. Throws the refusals of handing in and of the agreement,
 * `UPLOAD_NO_OWNER`, and `UPLOAD_OWNER_NOT_TOLD` while telling the owner is put off.
 */
export function makeLink(deps: LinkDeps) {
  return async (actor: Actor, item_id: string, by_hand: boolean): Promise<StoredUploadLink> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const { owner_id, unit_id } = await checkedOwner(tx, item_id, at_ms);
      await tx.uploadLinks.endOfItem(item_id, at_ms);
      const id = deps.newId();
      const has_address = (await tx.ownerLinks.emailOf(owner_id)) !== null;
      const link: StoredUploadLink = {
        ...{ id, item_id, owner_id, unit_id, made_by_person_id: actor.person_id, created_at_ms: at_ms },
        ...{ token_sha256: sha256(deps.tokens.linkToken(id)), session_sha256: null },
        expires_at_ms: at_ms + deps.settings.intake.link_hours * 3_600_000,
        ...{ opened_at_ms: null, ended_at_ms: null, mail_attempts: 0, mail_not_before_ms: at_ms },
        mail_state: has_address && !by_hand ? 'due' : 'by_hand',
        mail_reason: has_address ? null : 'no mail address',
      };
      await tx.uploadLinks.create(link);
      const subject = { kind: 'upload_link', id, unit_id } as const;
      await tx.audit.append(actOf('upload_link.create', at_ms, actor, subject, { item_id, owner_id }));
      return link;
    });
}

/** Shows a link to whoever carries it to the owner, once. Throws `UNKNOWN_HANDOVER`. */
export function handOverLink(deps: LinkDeps) {
  return async (actor: Actor, link: StoredUploadLink): Promise<string> => {
    await deps.store.transaction(async (tx) => {
      if (!(await tx.uploadLinks.handOver(link.id)))
        throw new CodedError('UNKNOWN_HANDOVER', { link: link.id });
      const subject = { kind: 'upload_link', id: link.id, unit_id: link.unit_id } as const;
      await tx.audit.append(actOf('upload_link.hand_over', deps.time.now_ms(), actor, subject));
    });
    return linkUrl(deps, link.id);
  };
}

/** The address a person opens. */
export function linkUrl(
  { settings, tokens }: Pick<LinkDeps, 'settings' | 'tokens'>,
  link_id: string,
): string {
  const { public_origin, port } = settings.api;
  return `${public_origin ?? `http://localhost:${port}`}${HAND_IN_PATH}/${tokens.linkToken(link_id)}`;
}

async function checkedOwner(
  tx: Repositories,
  item_id: string,
  now_ms: number,
): Promise<{ readonly owner_id: string; readonly unit_id: string }> {
  const item = await tx.items.byId(item_id);
  const request = item === null ? null : await tx.requests.lock(item.request_id);
  const camera = item === null ? null : await tx.cameras.byId(item.camera_id);
  if (item === null || request === null || camera === null) {
    throw new CodedError('NOT_FOUND', { what: 'item', id: item_id });
  }
  const refusal = refusalOfHandingIn(item);
  if (refusal !== null) throw refusal;
  if (camera.owner_id === null) throw new CodedError('UPLOAD_NO_OWNER', { camera: camera.code });
  if (!mayTellOwner(await tx.noticeDelays.ofRequest(request.id), now_ms)) {
    throw new CodedError('UPLOAD_OWNER_NOT_TOLD');
  }
  const has_lawful_order = request.legal_basis === 'lawful_order';
  const wish = { span: request.wanted, purpose: request.purpose, has_lawful_order };
  const consent = consentFor(camera, await tx.agreements.ofCamera(camera.id), wish, now_ms);
  if (consent.kind === 'deny') throw new CodedError(consent.code, consent.details);
  return { owner_id: camera.owner_id, unit_id: request.unit_id };
}
