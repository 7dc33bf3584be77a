import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DecisionOfUnit,
  decisionsNeeded,
  decisionsOpen,
  itemStateAfterDecisions,
  itemUndecided,
  itemVerdict,
  requestEventAfterDecisions,
} from './decisions.ts';

const request = { unit_id: 'ward-1' };
const own = { camera_unit_id: 'ward-1' };
const foreign = { camera_unit_id: 'ward-2' };

const yes = (unit_id: string): DecisionOfUnit => ({ unit_id, verdict: 'approved' });
const no = (unit_id: string): DecisionOfUnit => ({ unit_id, verdict: 'refused' });

describe('decisions', () => {
  it("need the requesting unit first, and every other ward's whose camera is asked for", () => {
    expect(decisionsNeeded(request, [foreign, own, foreign])).toEqual(['ward-1', 'ward-2']);
    expect(decisionsNeeded(request, [foreign])).toEqual(['ward-1', 'ward-2']);
    expect(decisionsOpen(request, [own, foreign], [yes('ward-1')])).toEqual(['ward-2']);
  });
  it("do not let another ward's camera run without that ward", () => {
    expect(itemVerdict(request, own, [yes('ward-1')])).toBe('approved');
    expect(itemVerdict(request, foreign, [yes('ward-1')])).toBe('open');
    expect(itemUndecided(request, foreign, [yes('ward-1')])).toMatchObject({ code: 'OTHER_UNIT_UNDECIDED' });
    expect(itemUndecided(request, foreign, [yes('ward-1'), yes('ward-2')])).toBeNull();
  });
  it('of the other ward alone are not enough', () => {
    expect(itemVerdict(request, foreign, [yes('ward-2')])).toBe('open');
    expect(itemUndecided(request, foreign, [yes('ward-2')])).toMatchObject({ code: 'NOT_APPROVED' });
  });
  it('refuse an item as soon as one unit refuses', () => {
    expect(itemVerdict(request, foreign, [no('ward-2')])).toBe('refused');
    expect(itemVerdict(request, foreign, [no('ward-1'), yes('ward-2')])).toBe('refused');
  });
  it('move items that wait, stop urgent ones when refused, and leave the rest alone', () => {
    const after = (state: Parameters<typeof itemStateAfterDecisions>[0], decision: DecisionOfUnit) =>
      itemStateAfterDecisions(state, request, own, [decision]);
    expect(after('awaiting_decision', yes('ward-1'))).toBe('approved');
    expect(after('awaiting_decision', no('ward-1'))).toBe('refused');
    expect(after('running', yes('ward-1'))).toBe('running');
    expect(after('running', no('ward-1'))).toBe('refused');
    expect(after('archived', no('ward-1'))).toBe('archived');
    expect(itemStateAfterDecisions('awaiting_decision', request, foreign, [yes('ward-1')])).toBe(
      'awaiting_decision',
    );
  });
  it('sum up to one event of the request', () => {
    const event = (...decisions: DecisionOfUnit[]) =>
      requestEventAfterDecisions(request, [own, foreign], decisions);
    expect(event()).toBeNull();
    expect(event(yes('elsewhere'))).toBeNull();
    expect(event(yes('ward-1'))).toBe('decide_partly');
    expect(event(yes('ward-1'), yes('ward-2'))).toBe('decide_approved');
    expect(event(yes('ward-1'), no('ward-2'))).toBe('decide_approved');
    expect(event(no('ward-1'))).toBe('decide_refused');
  });
  it('are complete exactly when no item is open', () => {
    const units = ['ward-1', 'ward-2', 'ward-3'];
    const items = fc.array(
      fc.constantFrom(...units).map((camera_unit_id) => ({ camera_unit_id })),
      { minLength: 1 },
    );
    const verdicts = fc.uniqueArray(
      fc.record({ unit_id: fc.constantFrom(...units), verdict: fc.constantFrom('approved', 'refused') }),
      { selector: (decision) => decision.unit_id },
    );
    fc.assert(
      fc.property(items, verdicts, (asked, decisions) => {
        const made = decisions as DecisionOfUnit[];
        const open = asked.filter((item) => itemVerdict(request, item, made) === 'open');
        if (decisionsOpen(request, asked, made).length === 0) expect(open).toEqual([]);
        const event = requestEventAfterDecisions(request, asked, made);
        if (event === 'decide_approved' || event === 'decide_refused') expect(open).toEqual([]);
        const approved = asked.filter((item) => itemVerdict(request, item, made) === 'approved');
        if (event === 'decide_refused') expect(approved).toEqual([]);
        if (event === 'decide_approved') expect(approved.length).toBeGreaterThan(0);
      }),
    );
  });
});
