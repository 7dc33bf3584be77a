/** A human with a unique badge or identity number; owns accounts, so that "two persons" means two humans. */
export interface Person {
  readonly id: string;
  readonly badge_number: string;
  readonly full_name: string;
  readonly created_at_ms: number;
}

/** A way for one person to sign in. A person may have several; rules about persons compare `person_id`. */
export interface Account {
  readonly id: string;
  readonly person_id: string;
  readonly login: string;
  readonly status: 'active' | 'closed';
  readonly created_at_ms: number;
}

/** What an account may act as. `owner` (camera owner) acts by link and has its own issue. */
export const ROLES = ['officer', 'approver', 'technician', 'auditor', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** A role held at a unit; at a province it covers the wards below it. */
export interface Appointment {
  readonly role: Role;
  readonly unit_id: string;
}

/** Who is acting: what policy and the audit trail need to know about a signed-in account. */
export interface Actor {
  readonly account_id: string;
  readonly person_id: string;
  readonly appointments: readonly Appointment[];
}

/** Province or ward/commune, with validity dates and successors: wards merged in 2025, old counts stay true. */
export interface Unit {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly level: 'province' | 'ward';
  readonly parent_id: string | null;
  readonly valid_from_ms: number;
  readonly valid_to_ms: number | null;
  readonly successor_ids: readonly string[];
}
