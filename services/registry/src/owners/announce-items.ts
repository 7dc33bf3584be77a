import type { OwnerActDeps } from './deps.ts';
import { UPKEEP_ROWS } from './limits.ts';
import { sendLink } from './links.ts';
import { actOf } from './trail.ts';

/** Tells owners, once an item, that somebody waits for their answer. Returns how many links went on their way. */
export function announceItems(deps: OwnerActDeps) {
  return async (now_ms: number): Promise<number> => {
    let links = 0;
    for (const { item_id, owner_id, unit_id } of await deps.store.ownersWord.unannounced(UPKEEP_ROWS)) {
      const wanted = {
        kind: 'owner_page',
        letter: 'item_to_answer',
        dedupe_key: `item:${item_id}`,
        ...{ owner_id, unit_id, agreement_id: null },
      } as const;
      await deps.store.transaction(async (tx) => {
        const sent = await sendLink(deps, tx, wanted, now_ms);
        if (sent === null) return;
        links += 1;
        const subject = { kind: 'owner_link', id: sent.link.id, unit_id } as const;
        await tx.audit.append(
          actOf('owner_link.create', now_ms, null, subject, { letter: wanted.letter, item_id }),
        );
      });
    }
    return links;
  };
}
