import type { Position } from './network.ts';

export const REGISTRATION_STATES = ['waiting', 'confirmed', 'declined'] as const;
export type RegistrationState = (typeof REGISTRATION_STATES)[number];

/** What an owner typed into the public form. It is no camera, and counts as none, until a technician confirms it. */
export interface Registration {
  readonly id: string;
  readonly unit_id: string;
  readonly state: RegistrationState;
  readonly submitted_at_ms: number;
  readonly name: string;
  readonly phone: string;
  readonly email: string | null;
  readonly address: string | null;
  /** Null: the technician places it. */
  readonly position: Position | null;
  readonly looks_at: string;
  readonly maker: string | null;
  readonly mode: 'automatic' | 'ask_first';
  readonly purposes: readonly string[];
  readonly allows_audio: boolean;
  /** Minutes after midnight in Vietnam, half-open; null: any hour. */
  readonly hours: { readonly from_minute: number; readonly to_minute: number } | null;
  readonly decided_at_ms: number | null;
  readonly decided_by_person_id: string | null;
  readonly decline_reason: string | null;
  /** The camera it became. */
  readonly camera_id: string | null;
}

export const OWNER_LINK_KINDS = ['confirm_agreement', 'owner_page'] as const;
export type OwnerLinkKind = (typeof OWNER_LINK_KINDS)[number];

/** A link that lets an owner act once. The token in it is kept nowhere; its hash is. */
export interface OwnerLink {
  readonly id: string;
  readonly kind: OwnerLinkKind;
  readonly owner_id: string;
  /** The agreement to confirm; null for the owner's page. */
  readonly agreement_id: string | null;
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
  /** Used, or replaced by another one. */
  readonly ended_at_ms: number | null;
}

export const ATTESTATION_KINDS = ['visit', 'owner_confirmation', 'upload'] as const;
export type AttestationKind = (typeof ATTESTATION_KINDS)[number];

/** Somebody's word that a camera works, or does not: what stands in for polls where nobody can poll. */
export interface Attestation {
  readonly id: string;
  readonly camera_id: string;
  readonly kind: AttestationKind;
  readonly at_ms: number;
  readonly works: boolean;
  /** Who visited; null: the owner. */
  readonly person_id: string | null;
  readonly note: string | null;
}

/** What an owner said to one item whose agreement says "ask me first". */
export interface OwnerAnswer {
  readonly item_id: string;
  readonly owner_id: string;
  readonly verdict: 'accepted' | 'refused';
  readonly reason: string | null;
  readonly at_ms: number;
}
