import type { Mailer } from '@minhchung/domain';
import { announceItems } from './announce-items.ts';
import { ageAttestations } from './attest.ts';
import { deliverLetters } from './deliver-letters.ts';
import type { OwnerActDeps } from './deps.ts';
import { sweepConfirmations } from './sweep-confirmations.ts';

/**
 * What has to happen for owners without anybody asking: words age, yearly links and questions go on their way,
 * letters are sent. Several processes may do it at once, and any may die in the middle.
 */
export function ownersUpkeep(deps: OwnerActDeps & { readonly mailer: Mailer }) {
  return async (signal?: AbortSignal): Promise<void> => {
    const now_ms = deps.time.now_ms();
    await ageAttestations(deps)(now_ms);
    await sweepConfirmations(deps)(now_ms);
    await announceItems(deps)(now_ms);
    await deliverLetters(deps)(signal);
  };
}
