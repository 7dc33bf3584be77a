import { type Actor, type Camera, CodedError, type OwnerLinkKind } from '@minhchung/domain';
import type { OutboxEntry, Page, PageRequest } from '@minhchung/store';
import { appendHistory, type ChangeContext } from '../editing/record-changes.ts';
import type { OwnerActDeps } from './deps.ts';
import { linkUrl, sendLink } from './links.ts';
import { actOf } from './trail.ts';

/** A link that waits for a technician to carry it. The link itself is not in here. */
export interface WaitingLink {
  readonly id: string;
  readonly kind: OutboxEntry['kind'];
  readonly unit_id: string;
  readonly owner_name: string;
  readonly owner_phone: string | null;
  readonly owner_address: string | null;
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
  /** Why it was not mailed; null: this deployment sends no mail. */
  readonly reason: string | null;
}

/** Links that technicians of these units have to carry, oldest first. */
export function listWaitingLinks(deps: Pick<OwnerActDeps, 'store'>) {
  return async (unit_ids: readonly string[], page: PageRequest): Promise<Page<WaitingLink>> => {
    const { rows, next } = await deps.store.outbox.listByHand(unit_ids, page);
    const shown: WaitingLink[] = [];
    for (const { id, kind, unit_id, owner_id, link_id, created_at_ms, last_reason } of rows) {
      const owner = await deps.store.owners.byId(owner_id);
      const link = await deps.store.ownerLinks.byId(link_id);
      shown.push({
        ...{ id, kind, unit_id, created_at_ms, reason: last_reason },
        owner_name: owner?.name ?? '',
        owner_phone: owner?.phone ?? null,
        owner_address: owner?.address ?? null,
        expires_at_ms: link?.expires_at_ms ?? 0,
      });
    }
    return { rows: shown, next };
  };
}

/** The entry of this id, if it waits to be carried. Throws `UNKNOWN_HANDOVER`. */
export function findWaitingLink(deps: Pick<OwnerActDeps, 'store'>) {
  return async (id: string): Promise<OutboxEntry> => {
    const entry = await deps.store.outbox.byId(id);
    if (entry === null || entry.state !== 'by_hand') throw new CodedError('UNKNOWN_HANDOVER', { link: id });
    return entry;
  };
}

/** Shows a link to the technician who carries it, once. `actor` null: at the command line. Throws `UNKNOWN_HANDOVER`. */
export function handOverLink(deps: OwnerActDeps) {
  return async (actor: Actor | null, { id, link_id, unit_id, kind }: OutboxEntry): Promise<string> => {
    await deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      if (!(await tx.outbox.handOver(id, at_ms))) throw new CodedError('UNKNOWN_HANDOVER', { link: id });
      const subject = { kind: 'owner_link', id: link_id, unit_id } as const;
      await tx.audit.append(actOf('owner_link.hand_over', at_ms, actor, subject, { letter: kind }));
    });
    return linkUrl(deps, link_id);
  };
}

/**
 * Makes a link for a camera's owner: mailed where there is an address, or left to be carried. Throws `UNKNOWN_OWNER`
 * for a camera without one, `AGREEMENT_MISSING` where there is nothing to confirm.
 */
export function createOwnerLink(deps: OwnerActDeps) {
  return async (
    actor: Actor,
    camera: Camera,
    wanted: { readonly kind: OwnerLinkKind; readonly by_hand: boolean },
  ): Promise<{ readonly id: string; readonly is_mailed: boolean; readonly expires_at_ms: number }> => {
    const { owner_id, unit_id } = camera;
    if (owner_id === null) throw new CodedError('UNKNOWN_OWNER', { owner: camera.code });
    return deps.store.transaction(async (tx) => {
      const now_ms = deps.time.now_ms();
      const [newest] = wanted.kind === 'owner_page' ? [] : await tx.agreements.ofCamera(camera.id);
      if (wanted.kind === 'confirm_agreement' && newest === undefined) {
        throw new CodedError('AGREEMENT_MISSING');
      }
      const dedupe_key = `technician:${deps.newId()}`;
      const about = { owner_id, unit_id, agreement_id: newest?.id ?? null, by_hand: wanted.by_hand };
      const sent = await sendLink(
        deps,
        tx,
        { kind: wanted.kind, letter: wanted.kind, dedupe_key, ...about },
        now_ms,
      );
      if (sent === null) throw new Error('two links of one new name');
      const subject = { kind: 'owner_link', id: sent.link.id, unit_id } as const;
      await tx.audit.append(
        actOf('owner_link.create', now_ms, actor, subject, { letter: wanted.kind, owner_id }),
      );
      const { id, state } = sent.entry;
      return { id, is_mailed: state === 'due', expires_at_ms: sent.link.expires_at_ms };
    });
  };
}

/** Sets or removes where a camera's owner is written to. Throws `UNKNOWN_OWNER`. */
export function setOwnerEmail(deps: OwnerActDeps) {
  return async (actor: Actor, camera: Camera, email: string | null): Promise<void> => {
    const { owner_id, unit_id } = camera;
    if (owner_id === null) throw new CodedError('UNKNOWN_OWNER', { owner: camera.code });
    await deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      await setEmailWithin({ tx, actor, at_ms }, { owner_id, unit_id }, email);
      const subject = { kind: 'owner', id: owner_id, unit_id } as const;
      await tx.audit.append(actOf('owner.set_email', at_ms, actor, subject, { is_set: email !== null }));
    });
  };
}

/** Sets or removes an address, with the history of the owner; the audit event is left to the caller. */
export async function setEmailWithin(
  context: ChangeContext,
  { owner_id, unit_id }: { readonly owner_id: string; readonly unit_id: string | null },
  email: string | null,
): Promise<void> {
  const { tx, at_ms } = context;
  const before = { email: await tx.ownerLinks.emailOf(owner_id) };
  const after = { email: email?.toLowerCase() ?? null };
  if (before.email === after.email) return;
  await tx.ownerLinks.setEmail(owner_id, after.email, at_ms);
  const about = { act: 'owner.set_email', subject_kind: 'owner', subject_id: owner_id } as const;
  await appendHistory(context, { ...about, unit_id, before, after });
}
