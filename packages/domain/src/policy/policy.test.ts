import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Appointment, ROLES, type Role } from '../vocabulary/people.ts';
import { ACTIONS, actionsOf, FOOTAGE_ACTIONS, rolesFor } from './actions.ts';
import { mayDecide, type RequestToDecide } from './decide.ts';
import { maySeeFootage, type RequestOfFootage } from './footage.ts';
import { mayAt, maySomewhere, unitAncestors, unitsFor } from './permission.ts';
import { demand } from './verdict.ts';

const ancestors = unitAncestors([
  { id: 'province', parent_id: null },
  { id: 'ward-1', parent_id: 'province' },
  { id: 'ward-2', parent_id: 'province' },
  { id: 'other-province', parent_id: null },
]);

function person(person_id: string, ...appointments: Appointment[]) {
  return { person_id, appointments };
}

const at = (role: Role, unit_id: string): Appointment => ({ role, unit_id });
const officer = person('an', at('officer', 'ward-1'));
const approver = person('binh', at('approver', 'ward-1'));
const chief = person('chi', at('approver', 'province'));

describe('the table', () => {
  it('gives footage to officers and approvers only', () => {
    for (const action of FOOTAGE_ACTIONS) expect(rolesFor(action)).toEqual(['officer', 'approver']);
    for (const role of ['technician', 'auditor', 'administrator'] as const) {
      expect(
        actionsOf(role).filter((action) => (FOOTAGE_ACTIONS as readonly string[]).includes(action)),
      ).toEqual([]);
    }
  });
  it('lets only approvers decide, and only officers ask', () => {
    expect(rolesFor('request.decide')).toEqual(['approver']);
    expect(rolesFor('request.create')).toEqual(['officer']);
  });
});

describe('permission', () => {
  it('counts at the unit of the appointment and below it, nowhere else', () => {
    expect(mayAt(officer, 'case.create', 'ward-1', ancestors)).toEqual({ allow: true });
    expect(mayAt(officer, 'case.create', 'ward-2', ancestors)).toMatchObject({ code: 'FORBIDDEN_UNIT' });
    expect(mayAt(officer, 'case.create', 'province', ancestors)).toMatchObject({ code: 'FORBIDDEN_UNIT' });
    expect(mayAt(chief, 'request.decide', 'ward-2', ancestors)).toEqual({ allow: true });
    expect(mayAt(chief, 'request.decide', 'other-province', ancestors)).toMatchObject({
      code: 'FORBIDDEN_UNIT',
    });
  });
  it('says in both languages which roles may', () => {
    const verdict = mayAt(officer, 'account.manage', 'ward-1', ancestors);
    expect(verdict).toMatchObject({ allow: false, code: 'FORBIDDEN', details: { roles: 'administrator' } });
    if (!verdict.allow) expect([verdict.reason.vi, verdict.reason.en].join()).toContain('administrator');
    expect(() => demand(verdict)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });
  it('lists the units of a list, each once', () => {
    const both = person('x', at('officer', 'ward-1'), at('approver', 'ward-1'), at('auditor', 'province'));
    expect(unitsFor(both, 'request.read')).toEqual(['ward-1', 'province']);
    expect(unitsFor(both, 'audit.read')).toEqual(['province']);
  });
  it('never exceeds what one of the roles held at or above the unit may do', () => {
    const units = ['province', 'ward-1', 'ward-2', 'other-province'] as const;
    const appointment = fc.record({ role: fc.constantFrom(...ROLES), unit_id: fc.constantFrom(...units) });
    const anyAction = fc.constantFrom(...ACTIONS);
    fc.assert(
      fc.property(
        fc.array(appointment),
        anyAction,
        fc.constantFrom(...units),
        (appointments, action, unit) => {
          const expected = appointments.some(
            (held) =>
              rolesFor(action).includes(held.role) &&
              (held.unit_id === unit || (held.unit_id === 'province' && unit.startsWith('ward'))),
          );
          expect(mayAt({ appointments }, action, unit, ancestors).allow).toBe(expected);
          if (expected) expect(maySomewhere({ appointments }, action)).toEqual({ allow: true });
        },
      ),
    );
  });
  it('survives a broken unit tree', () => {
    const ring = unitAncestors([
      { id: 'a', parent_id: 'b' },
      { id: 'b', parent_id: 'a' },
    ]);
    expect(ring('a')).toEqual(['b', 'a']);
    expect(ring('unknown')).toEqual([]);
  });
});

describe('deciding', () => {
  const request: RequestToDecide = { unit_id: 'ward-1', requester_person_id: 'an', state: 'submitted' };
  const items = [{ camera_unit_id: 'ward-1' }, { camera_unit_id: 'ward-2' }];
  it('is for a second person', () => {
    expect(mayDecide(approver, request, items, [], 'ward-1', ancestors)).toEqual({ allow: true });
  });
  it('is refused to the requester, also through another account with the right role', () => {
    const second_account = person('an', at('approver', 'province'));
    expect(mayDecide(second_account, request, items, [], 'ward-1', ancestors)).toMatchObject({
      code: 'SAME_PERSON',
    });
    expect(mayDecide(second_account, request, items, [], 'ward-2', ancestors)).toMatchObject({
      code: 'SAME_PERSON',
    });
  });
  it("is for the approver of that unit: one ward's approver does not decide for another", () => {
    const verdict = mayDecide(approver, request, items, [], 'ward-2', ancestors);
    expect(verdict).toMatchObject({ code: 'FORBIDDEN_UNIT' });
    expect(mayDecide(chief, request, items, [], 'ward-2', ancestors)).toEqual({ allow: true });
  });
  it('happens once per unit, and only where the request touches the unit', () => {
    const made = [{ unit_id: 'ward-1', verdict: 'approved' }] as const;
    expect(mayDecide(chief, request, items, made, 'ward-1', ancestors)).toMatchObject({
      code: 'ALREADY_DECIDED',
    });
    const own = items.slice(0, 1);
    expect(mayDecide(chief, request, own, [], 'ward-2', ancestors)).toMatchObject({
      code: 'NO_DECISION_NEEDED',
    });
  });
  it.each(['draft', 'cancelled', 'unconfirmed', 'closed'] as const)(
    'is too early or too late when %s',
    (state) => {
      const verdict = mayDecide(approver, { ...request, state }, items, [], 'ward-1', ancestors);
      expect(verdict).toMatchObject({ code: 'STATE_CONFLICT' });
    },
  );
});

describe('seeing footage', () => {
  const now = 1_000_000_000;
  const request: RequestOfFootage = {
    unit_id: 'ward-1',
    requester_person_id: 'an',
    state: 'approved',
    submitted_at_ms: now - 1000,
  };
  const urgent: RequestOfFootage = { ...request, state: 'urgent_unconfirmed' };
  const item = { camera_unit_id: 'ward-2' };
  const approved = [
    { unit_id: 'ward-1', verdict: 'approved' },
    { unit_id: 'ward-2', verdict: 'approved' },
  ] as const;
  const neighbour = person('dung', at('approver', 'ward-2'));
  const colleague = person('em', at('officer', 'ward-1'));

  it('is for the officers and approvers concerned, after approval', () => {
    for (const actor of [officer, colleague, approver, neighbour, chief]) {
      expect(maySeeFootage(actor, 'package.download', request, item, approved, ancestors, now).allow).toBe(
        true,
      );
    }
    const stranger = person('g', at('officer', 'ward-2'));
    const verdict = maySeeFootage(stranger, 'clip.view', request, item, approved, ancestors, now);
    expect(verdict).toMatchObject({ code: 'FORBIDDEN_UNIT' });
  });
  it.each(['auditor', 'technician', 'administrator'] as const)(
    'is not for a %s, even of the province',
    (role) => {
      const actor = person('h', at(role, 'province'));
      const verdict = maySeeFootage(actor, 'clip.view', request, item, approved, ancestors, now);
      expect(verdict).toMatchObject({ code: 'FOOTAGE_NOT_FOR_ROLE' });
    },
  );
  it('waits for the other ward', () => {
    const verdict = maySeeFootage(officer, 'clip.view', request, item, approved.slice(0, 1), ancestors, now);
    expect(verdict).toMatchObject({ code: 'OTHER_UNIT_UNDECIDED', details: { unit: 'ward-2' } });
  });
  it('before approval is for the urgent requester and those who confirm, to view and nothing more', () => {
    const see = (actor: typeof officer, action: 'clip.view' | 'package.download') =>
      maySeeFootage(actor, action, urgent, item, [], ancestors, now).allow;
    expect([see(officer, 'clip.view'), see(approver, 'clip.view'), see(colleague, 'clip.view')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([see(officer, 'package.download'), see(approver, 'package.download')]).toEqual([false, false]);
  });
  it('of an urgent item ends when one unit refuses, also while the other has still to decide', () => {
    const refused = [{ unit_id: 'ward-2', verdict: 'refused' }] as const;
    for (const actor of [officer, approver]) {
      const verdict = maySeeFootage(actor, 'clip.view', urgent, item, refused, ancestors, now);
      expect(verdict).toMatchObject({ code: 'NOT_APPROVED' });
    }
  });
  it('ends after 24 hours without confirmation, also before the request was closed', () => {
    const old = { ...urgent, submitted_at_ms: now - 86_400_000 };
    const verdict = maySeeFootage(officer, 'clip.view', old, item, [], ancestors, now);
    expect(verdict).toMatchObject({ code: 'URGENT_NOT_CONFIRMED' });
    const closed: RequestOfFootage = { ...old, state: 'unconfirmed' };
    expect(maySeeFootage(officer, 'clip.view', closed, item, [], ancestors, now)).toMatchObject({
      code: 'URGENT_NOT_CONFIRMED',
    });
  });
  it.each(['draft', 'refused', 'cancelled'] as const)('is refused when the request is %s', (state) => {
    const verdict = maySeeFootage(
      officer,
      'clip.view',
      { ...request, state },
      item,
      approved,
      ancestors,
      now,
    );
    expect(verdict).toMatchObject({ code: 'NOT_APPROVED' });
  });
});
