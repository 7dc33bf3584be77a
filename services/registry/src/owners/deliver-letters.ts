import type { Mailer } from '@minhchung/domain';
import type { OutboxEntry, OutboxOutcome } from '@minhchung/store';
import type { OwnerActDeps } from './deps.ts';
import { letterOf } from './letters.ts';
import { LETTER_LEASE_MS, LETTER_PAUSE_MS_MAX, LETTERS_PER_ROUND } from './limits.ts';
import { linkUrl } from './links.ts';
import { actOf } from './trail.ts';

/** What is needed to send what lies in the outbox. */
export interface DeliveryDeps extends OwnerActDeps {
  readonly mailer: Mailer;
}

/**
 * Sends the letters that are due; returns how many a server took over. A letter is held while it is sent: whoever
 * dies between sending and writing that down leaves it to be sent again, the same, with the same Message-ID, by
 * which receivers drop the second copy. What cannot be delivered is left to the technicians: nothing is lost.
 */
export function deliverLetters(deps: DeliveryDeps) {
  return async (signal?: AbortSignal): Promise<number> => {
    await deps.store.outbox.dropEnded(deps.time.now_ms());
    let sent = 0;
    for (let n = 0; n < LETTERS_PER_ROUND && signal?.aborted !== true; n += 1) {
      const now_ms = deps.time.now_ms();
      const entry = await deps.store.outbox.claim(now_ms, now_ms + LETTER_LEASE_MS);
      if (entry === null) break;
      const outcome = await deliver(deps, entry, signal);
      if (outcome.state === 'sent') sent += 1;
      await write(deps, entry, outcome);
    }
    return sent;
  };
}

async function deliver(
  deps: DeliveryDeps,
  entry: OutboxEntry,
  signal: AbortSignal | undefined,
): Promise<OutboxOutcome> {
  const { store, mailer, settings } = deps;
  const link = await store.ownerLinks.byId(entry.link_id);
  const to = await store.ownerLinks.emailOf(entry.owner_id);
  const owner = await store.owners.byId(entry.owner_id);
  const unit = await store.units.byId(entry.unit_id);
  const now_ms = deps.time.now_ms();
  if (link === null || link.ended_at_ms !== null || link.expires_at_ms <= now_ms) {
    return { state: 'dropped', at_ms: now_ms };
  }
  if (entry.kind === 'item_to_answer' && !(await store.ownersWord.tellsOfWaiting(entry.id, now_ms))) {
    return { state: 'dropped', at_ms: now_ms };
  }
  if (to === null) return { state: 'by_hand', reason: 'no mail address' };
  const camera = await cameraOf(deps, link.agreement_id);
  const names = { owner_name: owner?.name ?? '', unit_name: unit?.name ?? '' };
  const letter = letterOf({ entry, link, ...names, camera, url: linkUrl(deps, link.id) }, to);
  const outcome = await mailer.send(letter, signal);
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', at_ms: deps.time.now_ms() };
    case 'by_hand':
      return { state: 'by_hand', reason: null };
    case 'refused':
      return { state: 'by_hand', reason: outcome.reason };
    case 'later': {
      if (entry.attempts >= settings.mail.attempts_max) return { state: 'by_hand', reason: outcome.reason };
      const pause_ms = settings.mail.retry_delay_ms * 2 ** (entry.attempts - 1);
      const not_before_ms = deps.time.now_ms() + Math.min(pause_ms, LETTER_PAUSE_MS_MAX);
      return { state: 'due', not_before_ms, reason: outcome.reason };
    }
  }
}

async function cameraOf({ store }: DeliveryDeps, agreement_id: string | null) {
  const agreement = agreement_id === null ? null : await store.agreements.byId(agreement_id);
  return agreement === null ? null : store.cameras.byId(agreement.camera_id);
}

async function write(deps: DeliveryDeps, entry: OutboxEntry, outcome: OutboxOutcome): Promise<void> {
  await deps.store.transaction(async (tx) => {
    // Somebody else holds the letter by now: theirs is the last word.
    if (!(await tx.outbox.finish(entry.id, entry.attempts, outcome))) return;
    if (outcome.state === 'dropped') await tx.ownersWord.forgetAnnouncement(entry.id);
    if (outcome.state === 'due' || outcome.state === 'dropped') return;
    const subject = { kind: 'owner_link', id: entry.link_id, unit_id: entry.unit_id } as const;
    const act = outcome.state === 'sent' ? 'owner_link.send' : 'owner_link.leave_to_technician';
    await tx.audit.append(actOf(act, deps.time.now_ms(), null, subject, { letter: entry.kind }));
  });
}
