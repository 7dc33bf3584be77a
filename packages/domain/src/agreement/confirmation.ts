import { LIMITS } from '../limits.ts';
import type { Agreement } from '../vocabulary/network.ts';

/** When an owner is asked to confirm an agreement, counted from the last confirmation. */
export interface ConfirmationPolicy {
  readonly ask_after_ms: number;
  readonly remind_after_ms: number;
}

/** `ask`: a link is due. `remind`: it is due a second time. `overdue`: the agreement counts no longer. */
export interface ConfirmationDue {
  readonly ask: boolean;
  readonly remind: boolean;
  readonly overdue: boolean;
}

const NOT_DUE: ConfirmationDue = { ask: false, remind: false, overdue: false };

/**
 * What is due for one agreement. One that is withdrawn, over or still to begin is not asked about. An overdue one
 * still is: the owner's answer brings it back.
 */
export function confirmationDue(
  agreement: Pick<Agreement, 'confirmed_at_ms' | 'valid_from_ms' | 'valid_to_ms' | 'withdrawn_at_ms'>,
  now_ms: number,
  policy: ConfirmationPolicy,
): ConfirmationDue {
  const { confirmed_at_ms, valid_from_ms, valid_to_ms, withdrawn_at_ms } = agreement;
  const is_over = withdrawn_at_ms !== null || (valid_to_ms !== null && valid_to_ms <= now_ms);
  if (is_over || valid_from_ms > now_ms) return NOT_DUE;
  const age_ms = now_ms - confirmed_at_ms;
  return {
    ask: age_ms >= policy.ask_after_ms,
    remind: age_ms >= policy.remind_after_ms,
    overdue: age_ms > LIMITS.agreement_confirmation_max_ms,
  };
}
