import { type Actor, type Attestation, attestedState, type Camera, CodedError } from '@minhchung/domain';
import type { AuditEvent, Repositories } from '@minhchung/store';
import type { ChangeContext } from '../editing/record-changes.ts';
import type { OwnerActDeps } from './deps.ts';
import { UPKEEP_ROWS, VISIT_AGE_MS_MAX } from './limits.ts';
import { actOf } from './trail.ts';

const DAY_MS = 86_400_000;

/** A word as it is given. */
export interface Word extends Pick<Attestation, 'kind' | 'works' | 'note'> {
  /** When it was so; default: now. */
  readonly at_ms?: number | undefined;
}

/**
 * Records what a technician found on a visit. Throws `ATTESTATION_NOT_YET` for a visit in the future, before the
 * camera was registered, or too long ago to be told now.
 */
export function recordVisit(deps: OwnerActDeps) {
  return async (actor: Actor, camera: Camera, visit: Omit<Word, 'kind'>): Promise<void> => {
    const now_ms = deps.time.now_ms();
    const at_ms = visit.at_ms ?? now_ms;
    if (at_ms > now_ms || at_ms < camera.created_at_ms || at_ms < now_ms - VISIT_AGE_MS_MAX) {
      throw new CodedError('ATTESTATION_NOT_YET');
    }
    await deps.store.transaction(async (tx) => {
      const word = { ...visit, kind: 'visit', at_ms } as const;
      for (const event of await attestWithin(deps, { tx, actor, at_ms: now_ms }, camera, word)) {
        await tx.audit.append(event);
      }
    });
  };
}

/**
 * Writes a word down and, where only the owner reaches the camera, the state that follows from it, as polls do for
 * others: so that lists, filters and reports know one kind of state. Returns the audit events, to be appended last.
 */
export async function attestWithin(
  deps: Pick<OwnerActDeps, 'newId' | 'settings'>,
  { tx, actor, at_ms }: ChangeContext,
  camera: Camera,
  word: Word,
): Promise<AuditEvent[]> {
  const attestation: Attestation = {
    ...{ id: deps.newId(), camera_id: camera.id, kind: word.kind, at_ms: word.at_ms ?? at_ms },
    ...{ works: word.works, person_id: actor?.person_id ?? null, note: word.note },
  };
  await tx.attestations.add(attestation);
  const subject = { kind: 'camera', id: camera.id, unit_id: camera.unit_id } as const;
  const details = { code: camera.code, kind: word.kind, works: word.works, visited_at_ms: attestation.at_ms };
  const events = [actOf('camera.attest', at_ms, actor, subject, details)];
  const changed = await writeAttestedState(deps, tx, camera, at_ms);
  return changed === null ? events : [...events, changed];
}

/**
 * Brings the state of an `owner_only` camera to what its attestations say now; what was polled before only its owner
 * could reach it tells nothing any more. Returns the event of a change, or null.
 */
export async function writeAttestedState(
  { settings }: Pick<OwnerActDeps, 'settings'>,
  tx: Repositories,
  camera: Camera,
  at_ms: number,
): Promise<AuditEvent | null> {
  if (camera.reach !== 'owner_only') return null;
  const newest = await tx.attestations.newest([camera.id], at_ms);
  const found = attestedState(newest, at_ms, settings.owners.attestation_days * DAY_MS);
  const [current] = await tx.observations.current([camera.id]);
  // Never observed counts as unknown without being written down.
  if (current === undefined && found.from_ms === null) return null;
  const since_ms = Math.max(found.from_ms ?? at_ms, (current?.until_ms ?? -1) + 1);
  if (since_ms > at_ms) return null;
  const is_same = current?.state === found.state && current.reason === found.reason;
  if (is_same && (found.from_ms === null || current.from_ms >= found.from_ms)) return null;
  const { changed } = await tx.observations.record(camera.id, found.state, found.reason, since_ms);
  if (!changed) return null;
  const subject = { kind: 'camera', id: camera.id, unit_id: camera.unit_id } as const;
  return actOf('camera.state_changed', at_ms, null, subject, { state: found.state, reason: found.reason });
}

/** Lets words that are too old age to unknown. Returns how many cameras changed. */
export function ageAttestations(deps: Pick<OwnerActDeps, 'store' | 'settings'>) {
  return async (now_ms: number): Promise<number> => {
    const aged_before_ms = now_ms - deps.settings.owners.attestation_days * DAY_MS;
    let count = 0;
    for (;;) {
      const ids = await deps.store.attestations.outlived(aged_before_ms, UPKEEP_ROWS);
      const changes = await deps.store.transaction(async (tx) => {
        const events: AuditEvent[] = [];
        for (const camera of await tx.cameras.byIds(ids)) {
          const event = await writeAttestedState(deps, tx, camera, now_ms);
          if (event !== null) events.push(event);
        }
        for (const event of events) await tx.audit.append(event);
        return events.length;
      });
      count += changes;
      if (changes === 0 || ids.length < UPKEEP_ROWS) return count;
    }
  };
}
