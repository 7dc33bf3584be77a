import { LIMITS } from '../limits.ts';

/** Until when an urgent request must be confirmed by a second person. */
export function confirmationDue_ms(submitted_at_ms: number): number {
  return submitted_at_ms + LIMITS.urgent_confirmation_ms;
}

/** True when nobody confirmed in time; the event `confirmation_expired` is then due. */
export function isConfirmationOverdue(submitted_at_ms: number, now_ms: number): boolean {
  return now_ms >= confirmationDue_ms(submitted_at_ms);
}
