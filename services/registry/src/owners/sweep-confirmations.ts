import { confirmationDue, LIMITS } from '@minhchung/domain';
import type { UnconfirmedAgreement } from '@minhchung/store';
import type { OwnerActDeps } from './deps.ts';
import { UPKEEP_ROWS } from './limits.ts';
import { sendLink } from './links.ts';
import { actOf } from './trail.ts';

const DAY_MS = 86_400_000;

/** What one round of the yearly confirmation did. */
export interface ConfirmationRound {
  readonly links: number;
  readonly overdue: number;
}

/**
 * Puts the yearly links on their way: one when it is due and one to remind, however often this runs, and opens a
 * finding for every agreement that nobody confirmed in time.
 */
export function sweepConfirmations(deps: OwnerActDeps) {
  return async (now_ms: number): Promise<ConfirmationRound> => {
    const { confirm_after_days, remind_after_days } = deps.settings.owners;
    const policy = { ask_after_ms: confirm_after_days * DAY_MS, remind_after_ms: remind_after_days * DAY_MS };
    let links = 0;
    let overdue = 0;
    let after: string | null = null;
    do {
      const page = { limit: UPKEEP_ROWS, after };
      const found = await deps.store.ownersWord.unconfirmedSince(now_ms - policy.ask_after_ms, now_ms, page);
      for (const agreement of found.rows) {
        const due = confirmationDue(agreement, now_ms, policy);
        if (due.ask && (await ask(deps, agreement, 'confirm_agreement', now_ms))) links += 1;
        else if (due.remind && (await ask(deps, agreement, 'confirm_reminder', now_ms))) links += 1;
        if (!due.overdue) continue;
        overdue += 1;
        await openFinding(deps, agreement, now_ms);
      }
      after = found.next;
    } while (after !== null);
    return { links, overdue };
  };
}

async function ask(
  deps: OwnerActDeps,
  agreement: UnconfirmedAgreement,
  letter: 'confirm_agreement' | 'confirm_reminder',
  now_ms: number,
): Promise<boolean> {
  const { id, owner_id, unit_id, confirmed_at_ms } = agreement;
  const dedupe_key = `${letter}:${id}:${confirmed_at_ms}`;
  // Most of what is due was asked for yesterday already: no transaction for that.
  if (await deps.store.outbox.has(dedupe_key)) return false;
  return deps.store.transaction(async (tx) => {
    const wanted = {
      kind: 'confirm_agreement',
      letter,
      dedupe_key,
      owner_id,
      unit_id,
      agreement_id: id,
    } as const;
    const sent = await sendLink(deps, tx, wanted, now_ms);
    if (sent === null) return false;
    const subject = { kind: 'owner_link', id: sent.link.id, unit_id } as const;
    await tx.audit.append(actOf('owner_link.create', now_ms, null, subject, { letter, agreement_id: id }));
    return true;
  });
}

async function openFinding(
  { store }: OwnerActDeps,
  { camera_id, unit_id, confirmed_at_ms }: UnconfirmedAgreement,
  now_ms: number,
): Promise<void> {
  const camera = await store.cameras.byId(camera_id);
  if (camera === null) return;
  const subject = { kind: 'agreement_unconfirmed', subject_kind: 'camera', subject_id: camera_id } as const;
  const place = { camera_id, recorder_id: camera.recorder_id, unit_id };
  const since_ms = confirmed_at_ms + LIMITS.agreement_confirmation_max_ms;
  await store.findings.open({ ...subject, ...place, since_ms, details: { confirmed_at_ms } }, now_ms);
}
