import { CodedError } from '../errors.ts';

export const REQUEST_STATES = [
  'draft',
  'submitted',
  'partly_decided',
  'approved',
  'urgent_unconfirmed',
  'refused',
  'cancelled',
  'unconfirmed',
  'closed',
] as const;
/**
 * Where a request stands. `partly_decided`: one unit has decided, another has not. `urgent_unconfirmed`: running
 * before anybody decided, for 24 hours at most. `unconfirmed`: nobody confirmed it in time; that stays for ever.
 * `closed`: everything approved has its outcome.
 */
export type RequestState = (typeof REQUEST_STATES)[number];

export const REQUEST_FINAL_STATES = ['refused', 'cancelled', 'unconfirmed', 'closed'] as const;

/**
 * What happens to a request. The three `decide_…` events sum up the decisions of all units asked (see
 * `requestEventAfterDecisions`): some open, all in and something approved, all in and nothing approved.
 */
export const REQUEST_EVENTS = [
  'submit',
  'submit_urgent',
  'decide_partly',
  'decide_approved',
  'decide_refused',
  'confirmation_expired',
  'cancel',
  'close',
] as const;
export type RequestEvent = (typeof REQUEST_EVENTS)[number];

/**
 * State × event → next state; what is not in the table is refused.
 * An urgent request cannot be cancelled: it would be a way to look at footage and leave no unconfirmed request.
 */
export const REQUEST_TRANSITIONS: Readonly<
  Record<RequestState, Readonly<Partial<Record<RequestEvent, RequestState>>>>
> = {
  draft: { submit: 'submitted', submit_urgent: 'urgent_unconfirmed', cancel: 'cancelled' },
  submitted: {
    decide_partly: 'partly_decided',
    decide_approved: 'approved',
    decide_refused: 'refused',
    cancel: 'cancelled',
  },
  partly_decided: {
    decide_partly: 'partly_decided',
    decide_approved: 'approved',
    decide_refused: 'refused',
    cancel: 'cancelled',
  },
  approved: { close: 'closed', cancel: 'cancelled' },
  urgent_unconfirmed: {
    decide_partly: 'urgent_unconfirmed',
    decide_approved: 'approved',
    decide_refused: 'refused',
    confirmation_expired: 'unconfirmed',
  },
  refused: {},
  cancelled: {},
  unconfirmed: {},
  closed: {},
};

/** The next state, or `STATE_CONFLICT`. */
export function requestTransition(state: RequestState, event: RequestEvent): RequestState | CodedError {
  return REQUEST_TRANSITIONS[state][event] ?? new CodedError('STATE_CONFLICT', { state, event });
}

/** True when nothing can happen to the request any more. */
export function isRequestFinal(state: RequestState): boolean {
  return (REQUEST_FINAL_STATES as readonly RequestState[]).includes(state);
}
