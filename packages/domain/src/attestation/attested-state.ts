import type { CameraState } from '../vocabulary/network.ts';
import type { Attestation, AttestationKind } from '../vocabulary/owners.ts';

/** Why an attested camera has the state it has. */
export type AttestedReason =
  | 'attested_visit'
  | 'attested_owner'
  | 'attested_upload'
  | 'attestation_old'
  | 'never_attested';

/** The state of a camera that only its owner can reach. */
export interface AttestedState {
  readonly state: Extract<CameraState, 'online' | 'offline' | 'unknown'>;
  readonly reason: AttestedReason;
  /** Since when; null: never attested. */
  readonly from_ms: number | null;
  /** When it ages to unknown; null: it is unknown. */
  readonly ages_at_ms: number | null;
}

const REASONS: Readonly<Record<AttestationKind, AttestedReason>> = {
  visit: 'attested_visit',
  owner_confirmation: 'attested_owner',
  upload: 'attested_upload',
};

/**
 * The state at a moment, from what was attested until then. The newest word counts, whatever it says and whoever
 * says it; of one instant, the one recorded last. A word older than `valid_ms` tells nothing any more: a camera
 * that worked long ago is not known to work, and one that was broken long ago is not known to be broken.
 */
export function attestedState(
  attestations: readonly Attestation[],
  at_ms: number,
  valid_ms: number,
): AttestedState {
  const newest = newestBefore(attestations, at_ms);
  if (newest === null) return { state: 'unknown', reason: 'never_attested', from_ms: null, ages_at_ms: null };
  const ages_at_ms = newest.at_ms + valid_ms;
  if (at_ms >= ages_at_ms) {
    return { state: 'unknown', reason: 'attestation_old', from_ms: ages_at_ms, ages_at_ms: null };
  }
  const state = newest.works ? 'online' : 'offline';
  return { state, reason: REASONS[newest.kind], from_ms: newest.at_ms, ages_at_ms };
}

function newestBefore(attestations: readonly Attestation[], at_ms: number): Attestation | null {
  let newest: Attestation | null = null;
  for (const one of attestations) {
    if (one.at_ms > at_ms) continue;
    const is_newer = newest === null || one.at_ms > newest.at_ms;
    if (is_newer || (one.at_ms === newest!.at_ms && one.id > newest!.id)) newest = one;
  }
  return newest;
}
