import { type Agreement, type Camera, CodedError, isCoded } from '@minhchung/domain';
import type { Repositories, StoredOwnerLink } from '@minhchung/store';
import { appendHistory, type ChangeContext } from '../editing/record-changes.ts';
import { withdrawWithin } from '../withdraw-agreement.ts';
import { attestWithin } from './attest.ts';
import type { OwnerActDeps } from './deps.ts';
import { openLink } from './links.ts';
import { actOf } from './trail.ts';

/** What an owner answers once a year. */
export const CONFIRMATION_ANSWERS = ['works', 'broken', 'withdraw'] as const;
export type ConfirmationAnswer = (typeof CONFIRMATION_ANSWERS)[number];

/** What a link for the yearly confirmation is about. */
export interface AskedConfirmation {
  readonly link: StoredOwnerLink;
  readonly agreement: Agreement;
  readonly camera: Camera;
}

/** What stands behind a link for the yearly confirmation. Throws `OWNER_LINK_INVALID`. Changes nothing. */
export function readConfirmation(deps: OwnerActDeps) {
  return (token: string): Promise<AskedConfirmation> => confirmationOf(deps, deps.store, token);
}

/**
 * The owner's yearly word: the camera works, or does not (both confirm the agreement), or the owner withdraws. Uses
 * the link up, and every other one for the same agreement. Throws `OWNER_LINK_INVALID`.
 */
export function answerConfirmation(deps: OwnerActDeps) {
  return async (token: string, answer: ConfirmationAnswer): Promise<void> =>
    deps.store.transaction(async (tx) => {
      const asked = await confirmationOf(deps, tx, token);
      const at_ms = deps.time.now_ms();
      const context = { tx, actor: null, at_ms };
      if (answer === 'withdraw') {
        await withdrawing(context, asked);
        return;
      }
      await useUp(tx, asked, at_ms);
      await confirming(deps, context, asked, answer === 'works');
    });
}

async function confirmationOf(
  deps: OwnerActDeps,
  repositories: Repositories,
  token: string,
): Promise<AskedConfirmation> {
  const link = await openLink(deps, repositories, token);
  const agreement = link.agreement_id === null ? null : await repositories.agreements.byId(link.agreement_id);
  const camera = agreement === null ? null : await repositories.cameras.byId(agreement.camera_id);
  if (agreement === null || camera === null || agreement.withdrawn_at_ms !== null) {
    throw new CodedError('OWNER_LINK_INVALID');
  }
  // Sold, moved, taken down: the word of who was asked is no longer about this camera.
  if (camera.owner_id !== link.owner_id || camera.retired_at_ms !== null) {
    throw new CodedError('OWNER_LINK_INVALID');
  }
  return { link, agreement, camera };
}

/** Of two answers at once one counts. */
async function useUp(tx: Repositories, { link, agreement }: AskedConfirmation, at_ms: number): Promise<void> {
  if (!(await tx.ownerLinks.end(link.id, at_ms))) throw new CodedError('OWNER_LINK_INVALID');
  await tx.ownerLinks.endOfAgreement(agreement.id, at_ms);
}

async function withdrawing(context: ChangeContext, asked: AskedConfirmation): Promise<void> {
  const details = { reason: 'owner, by link', owner_id: asked.link.owner_id, link_id: asked.link.id };
  try {
    await withdrawWithin(context, asked.camera, details);
  } catch (error) {
    if (isCoded(error, 'AGREEMENT_WITHDRAWN')) throw new CodedError('OWNER_LINK_INVALID');
    throw error;
  }
  await useUp(context.tx, asked, context.at_ms);
}

async function confirming(
  deps: OwnerActDeps,
  context: ChangeContext,
  { link, agreement, camera }: AskedConfirmation,
  works: boolean,
): Promise<void> {
  const { tx, at_ms } = context;
  if (!(await tx.ownersWord.confirm(agreement.id, at_ms))) throw new CodedError('OWNER_LINK_INVALID');
  const about = { act: 'agreement.confirm', unit_id: camera.unit_id } as const;
  const before = { confirmed_at_ms: agreement.confirmed_at_ms };
  const subject = { subject_kind: 'agreement', subject_id: agreement.id } as const;
  await appendHistory(context, { ...about, ...subject, before, after: { confirmed_at_ms: at_ms } });
  const events = await attestWithin(deps, context, camera, { kind: 'owner_confirmation', works, note: null });
  const closing = { kind: 'agreement_unconfirmed', subject_kind: 'camera', subject_id: camera.id } as const;
  await tx.findings.close(closing, at_ms, 'owner');
  await tx.audit.append(
    actOf(
      'agreement.confirm',
      at_ms,
      null,
      { kind: 'agreement', id: agreement.id, unit_id: camera.unit_id },
      { camera: camera.code, works, owner_id: link.owner_id, link_id: link.id },
    ),
  );
  for (const event of events) await tx.audit.append(event);
}
