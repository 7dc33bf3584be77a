import type { Repositories, UnansweredItem } from '@minhchung/store';
import type { OwnerActDeps } from './deps.ts';
import { ITEM_LETTER_PAUSE_MS, UPKEEP_ROWS } from './limits.ts';
import { sendLink } from './links.ts';
import { actOf } from './trail.ts';

/**
 * Tells owners that somebody waits for their answer: one letter an owner, however many items wait, and none while
 * an earlier one still opens the page on which they all stand. Returns how many links went on their way.
 */
export function announceItems(deps: OwnerActDeps) {
  return async (now_ms: number): Promise<number> => {
    let links = 0;
    const owners = new Map<string, UnansweredItem[]>();
    for (const item of await deps.store.ownersWord.unannounced(now_ms, UPKEEP_ROWS)) {
      owners.set(item.owner_id, [...(owners.get(item.owner_id) ?? []), item]);
    }
    for (const items of owners.values()) {
      try {
        if (await deps.store.transaction((tx) => announce(deps, tx, items, now_ms))) links += 1;
      } catch (error) {
        if (!(error instanceof ToldAlready)) throw error;
      }
    }
    return links;
  };
}

/** True when a letter was made for these items of one owner. */
async function announce(
  deps: OwnerActDeps,
  tx: Repositories,
  items: readonly UnansweredItem[],
  now_ms: number,
): Promise<boolean> {
  const { owner_id, unit_id } = items[0]!;
  const open = await tx.ownersWord.openItemLetter(owner_id, now_ms - ITEM_LETTER_PAUSE_MS, now_ms);
  if (open !== null) {
    for (const one of items) await tx.ownersWord.announce(one.item_id, open);
    return false;
  }
  const about = { owner_id, unit_id, agreement_id: null };
  const wanted = {
    kind: 'owner_page',
    letter: 'item_to_answer',
    dedupe_key: `items:${deps.newId()}`,
  } as const;
  const sent = await sendLink(deps, tx, { ...wanted, ...about }, now_ms);
  if (sent === null) return false;
  for (const { item_id } of items) {
    if (!(await tx.ownersWord.announce(item_id, sent.entry.id))) throw new ToldAlready();
  }
  const subject = { kind: 'owner_link', id: sent.link.id, unit_id } as const;
  const item_ids = items.map((one) => one.item_id);
  await tx.audit.append(
    actOf('owner_link.create', now_ms, null, subject, { letter: wanted.letter, item_ids }),
  );
  return true;
}

/** Another process told of the same items at the same time: its letter is the one. */
class ToldAlready extends Error {}
