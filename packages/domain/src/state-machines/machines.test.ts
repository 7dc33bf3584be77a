import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../errors.ts';
import {
  ITEM_EVENT_OF_RESULT,
  ITEM_EVENTS,
  ITEM_STATES,
  ITEM_TRANSITIONS,
  isItemDelivered,
  isItemFinal,
  itemTransition,
} from './item-machine.ts';
import {
  isRequestFinal,
  REQUEST_EVENTS,
  REQUEST_STATES,
  REQUEST_TRANSITIONS,
  requestTransition,
} from './request-machine.ts';
import { isConfirmationOverdue } from './urgency.ts';

type Table = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

/** States reachable from `start`, itself included. */
function reachable(table: Table, start: string): Set<string> {
  const seen = new Set([start]);
  const open = [start];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const next of Object.values(table[state]!)) {
      if (next !== undefined && !seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  return seen;
}

describe.each([
  {
    name: 'request',
    table: REQUEST_TRANSITIONS as Table,
    start: 'draft',
    isFinal: isRequestFinal as (s: string) => boolean,
  },
  {
    name: 'item',
    table: ITEM_TRANSITIONS as Table,
    start: 'requested',
    isFinal: isItemFinal as (s: string) => boolean,
  },
])('the $name machine', ({ table, start, isFinal }) => {
  it('reaches every state from its start', () => {
    expect(reachable(table, start)).toEqual(new Set(Object.keys(table)));
  });
  it('leaves no final state', () => {
    for (const state of Object.keys(table).filter(isFinal)) expect(table[state]).toEqual({});
  });
  it('can end from every state', () => {
    for (const state of Object.keys(table)) {
      expect([...reachable(table, state)].some(isFinal), state).toBe(true);
    }
  });
});

describe('transitions', () => {
  it('never leave a final request or item, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...REQUEST_EVENTS)),
        fc.constantFrom(...REQUEST_STATES),
        (events, from) => {
          let state = from;
          for (const event of events) {
            const next = requestTransition(state, event);
            if (isRequestFinal(state)) expect(next).toBeInstanceOf(CodedError);
            if (!(next instanceof CodedError)) state = next;
          }
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...ITEM_EVENTS)),
        fc.constantFrom(...ITEM_STATES),
        (events, from) => {
          let state = from;
          for (const event of events) {
            const next = itemTransition(state, event);
            if (isItemFinal(state)) expect(next).toBeInstanceOf(CodedError);
            if (!(next instanceof CodedError)) state = next;
          }
        },
      ),
    );
  });
  it('say which event was refused in which state', () => {
    const refused = itemTransition('archived', 'cancel');
    expect(refused).toMatchObject({
      code: 'STATE_CONFLICT',
      details: { state: 'archived', event: 'cancel' },
    });
  });
  it('do not let an urgent request be cancelled before somebody looked at it', () => {
    expect(requestTransition('urgent_unconfirmed', 'cancel')).toMatchObject({ code: 'STATE_CONFLICT' });
  });
  it('never run an item that nobody decided on, unless it is urgent', () => {
    const { submit_urgent: _urgent, ...ordinary } = ITEM_TRANSITIONS.requested;
    const table: Table = {
      ...ITEM_TRANSITIONS,
      requested: ordinary,
      awaiting_decision: { refuse: 'refused' },
    };
    expect(reachable(table, 'requested')).not.toContain('running');
  });
  it('take every result of a worker from a running item', () => {
    for (const [result, event] of Object.entries(ITEM_EVENT_OF_RESULT)) {
      const next = itemTransition('running', event);
      expect(next).toBe(result === 'retry' ? 'queued' : result);
    }
  });
  it('count archived and partial items as delivered, and no others', () => {
    expect(ITEM_STATES.filter(isItemDelivered)).toEqual(['archived', 'partial']);
  });
});

describe('urgent confirmation', () => {
  it('is overdue after exactly 24 hours', () => {
    expect(isConfirmationOverdue(1000, 1000 + 86_400_000 - 1)).toBe(false);
    expect(isConfirmationOverdue(1000, 1000 + 86_400_000)).toBe(true);
  });
});
