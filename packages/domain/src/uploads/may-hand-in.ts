import { CodedError } from '../errors.ts';

/** An item decided, with nothing to stand against footage for it. */
const OPEN_STATES: readonly string[] = ['approved', 'queued', 'running', 'waiting', 'failed'];
const UNDECIDED_STATES: readonly string[] = ['requested', 'awaiting_decision'];

/**
 * Why nobody may hand in footage for this item now, or null when somebody may. An urgent item runs before it is
 * decided, and so may be handed in for. What has its outcome takes nothing more: a package is never written again,
 * and footage that turns up later is a request of its own.
 */
export function refusalOfHandingIn(item: { readonly state: string }): CodedError | null {
  if (OPEN_STATES.includes(item.state)) return null;
  if (UNDECIDED_STATES.includes(item.state)) return new CodedError('UPLOAD_NOT_APPROVED');
  return new CodedError('UPLOAD_ITEM_ENDED', { state: item.state });
}
