import { ROLES, type Role } from '../vocabulary/people.ts';

/**
 * Who may do what, as an auditor can read it: action → roles. A role counts only at the unit it is held at and
 * at the units below. Decisions and looks at footage have further rules of their own (`decide.ts`, `footage.ts`).
 */
export const POLICY_TABLE = {
  /** Cameras near an incident, in any ward: what exists and what it still holds, not the owner's address. */
  'camera.search': ['officer', 'approver', 'technician'],
  'camera.read': ['officer', 'approver', 'technician', 'auditor'],
  'camera.manage': ['technician'],
  'camera.import': ['technician'],
  'camera.probe': ['technician'],
  'agreement.manage': ['technician'],
  /** Who changed what of the register, with what it was before: owners' names and numbers among it. */
  'register.history': ['technician', 'auditor'],
  /** Entering the account of a household's device for one item of a lawful order. */
  'order.enter_account': ['technician'],
  /** Letting go of what a household held of a device: by nobody who registers cameras or sees footage. */
  'household_device.release': ['administrator'],
  /** What owners typed into the public form: seen and decided by the technicians of the ward. */
  'registration.manage': ['technician'],
  /** Links that let an owner act: made, and handed over where there is no mail. */
  'owner_link.manage': ['technician'],
  /** A visit that found a camera working, or not. */
  'attestation.create': ['technician'],
  'poll.read': ['officer', 'approver', 'technician', 'auditor'],
  'poll.run': ['technician'],

  'tip.create': ['officer'],
  'incident.read': ['officer', 'approver', 'auditor'],
  'incident.create': ['officer'],
  'incident.clarify': ['officer', 'approver'],
  'case.read': ['officer', 'approver', 'auditor'],
  'case.create': ['officer'],
  'case.close': ['officer', 'approver'],
  'hold.manage': ['approver'],

  'request.read': ['officer', 'approver', 'auditor'],
  'request.create': ['officer'],
  'request.cancel': ['officer'],
  'request.decide': ['approver'],
  /** Trying a failed item again after the cause was removed; shows no footage. */
  'item.retry': ['officer', 'technician'],
  /** Ending an item that stopped as not obtained; shows no footage. */
  'item.give_up': ['officer'],
  /** Letting an owner hand in footage for an item, and handing in at the desk what was brought or collected. */
  'upload.link': ['officer', 'technician'],
  'upload.create': ['officer', 'technician'],
  'clip.view': ['officer', 'approver'],
  'package.download': ['officer', 'approver'],
  'handover.create': ['officer', 'approver'],

  'report.read': ['officer', 'approver', 'auditor'],
  'report.export': ['auditor'],
  'audit.read': ['auditor'],

  'account.manage': ['administrator'],
  'unit.read': ['officer', 'approver', 'technician', 'auditor', 'administrator'],
  'unit.manage': ['administrator'],
  'setting.manage': ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Action = keyof typeof POLICY_TABLE;

export const ACTIONS = Object.keys(POLICY_TABLE) as Action[];

/** Actions that show footage. Auditors, technicians and administrators see facts about it only. */
export const FOOTAGE_ACTIONS = ['clip.view', 'package.download', 'handover.create'] as const;

/** Roles that may do an action somewhere. */
export function rolesFor(action: Action): readonly Role[] {
  return POLICY_TABLE[action];
}

/** Actions of one role, for a page that explains it. */
export function actionsOf(role: Role): Action[] {
  return ACTIONS.filter((action) => rolesFor(action).includes(role));
}

/** True for a text that names a role. */
export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
