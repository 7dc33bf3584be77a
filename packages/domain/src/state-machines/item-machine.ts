import { CodedError } from '../errors.ts';

export const ITEM_STATES = [
  'requested',
  'awaiting_decision',
  'approved',
  'queued',
  'running',
  'waiting',
  'failed',
  'archived',
  'partial',
  'no_footage',
  'not_obtained',
  'refused',
  'cancelled',
] as const;
/**
 * Where an item stands. `requested`: in a draft. `approved`: decided, but something else is still to come (the
 * owner's consent). `queued`: a worker may take it. `waiting`: the source cannot be reached and may still hold
 * the footage. `failed`: stopped with something for a person to do; may be tried again until it is given up.
 */
export type ItemState = (typeof ITEM_STATES)[number];

export const ITEM_FINAL_STATES = [
  'archived',
  'partial',
  'no_footage',
  'not_obtained',
  'refused',
  'cancelled',
] as const;

/** Items that were delivered: what the yearly line counts. */
export const ITEM_DELIVERED_STATES = ['archived', 'partial'] as const;

export const ITEM_EVENTS = [
  'submit',
  'submit_urgent',
  'approve',
  'refuse',
  'queue',
  'claim',
  'retry',
  'wait',
  'fail',
  'archive',
  'archive_partly',
  'find_nothing',
  'give_up',
  'cancel',
] as const;
export type ItemEvent = (typeof ITEM_EVENTS)[number];

/**
 * State × event → next state; what is not in the table is refused.
 * Refusal reaches items that are under way because urgent ones run before they are decided. A claim of a running
 * item is another worker taking over after the lease was lost.
 */
export const ITEM_TRANSITIONS: Readonly<Record<ItemState, Readonly<Partial<Record<ItemEvent, ItemState>>>>> =
  {
    requested: { submit: 'awaiting_decision', submit_urgent: 'queued', cancel: 'cancelled' },
    awaiting_decision: { approve: 'approved', refuse: 'refused', cancel: 'cancelled' },
    approved: { queue: 'queued', refuse: 'refused', give_up: 'not_obtained', cancel: 'cancelled' },
    queued: { claim: 'running', refuse: 'refused', give_up: 'not_obtained', cancel: 'cancelled' },
    running: {
      claim: 'running',
      retry: 'queued',
      wait: 'waiting',
      fail: 'failed',
      archive: 'archived',
      archive_partly: 'partial',
      find_nothing: 'no_footage',
      give_up: 'not_obtained',
      refuse: 'refused',
      cancel: 'cancelled',
    },
    waiting: {
      claim: 'running',
      queue: 'queued',
      refuse: 'refused',
      give_up: 'not_obtained',
      cancel: 'cancelled',
    },
    failed: { queue: 'queued', refuse: 'refused', give_up: 'not_obtained', cancel: 'cancelled' },
    archived: {},
    partial: {},
    no_footage: {},
    not_obtained: {},
    refused: {},
    cancelled: {},
  };

/** The next state, or `STATE_CONFLICT`. */
export function itemTransition(state: ItemState, event: ItemEvent): ItemState | CodedError {
  return ITEM_TRANSITIONS[state][event] ?? new CodedError('STATE_CONFLICT', { state, event });
}

/** States from which an item can be cancelled: all that have no outcome yet. */
export const ITEM_CANCELLABLE_STATES = ITEM_STATES.filter(
  (state) => itemTransition(state, 'cancel') === 'cancelled',
);

/** True when nothing can happen to the item any more. */
export function isItemFinal(state: ItemState): boolean {
  return (ITEM_FINAL_STATES as readonly ItemState[]).includes(state);
}

/** True when the item counts as delivered. */
export function isItemDelivered(state: ItemState): boolean {
  return (ITEM_DELIVERED_STATES as readonly ItemState[]).includes(state);
}

/** Which event a worker's result is, for a running item. */
export const ITEM_EVENT_OF_RESULT = {
  archived: 'archive',
  partial: 'archive_partly',
  no_footage: 'find_nothing',
  not_obtained: 'give_up',
  failed: 'fail',
  waiting: 'wait',
  retry: 'retry',
} as const satisfies Readonly<Record<string, ItemEvent>>;
