import { type DeviceSeen, type Recorder, staleFinding } from '@minhchung/domain';
import type { ChangedFields } from './repositories/changes.ts';
import type { Repositories } from './store.ts';

/**
 * Holds what was seen of a device against the finding its playback is taken by, and marks that stale where it no
 * longer counts, in the recorder's history and in the trail. Call it within a transaction, before other events of the
 * trail. `at_ms`: now. True: it was marked.
 */
export async function noteDeviceSeen(
  tx: Repositories,
  seen_recorder: Pick<Recorder, 'id' | 'playback'>,
  seen: DeviceSeen,
  at_ms: number,
): Promise<boolean> {
  const known = seen_recorder.playback?.finding ?? null;
  if (known === null || staleFinding(known, seen, at_ms) === null) return false;
  const before = await tx.recorders.lock(seen_recorder.id);
  const finding = before?.playback?.finding ?? null;
  const stale = finding === null ? null : staleFinding(finding, seen, at_ms);
  if (before === null || before.playback == null || stale === null) return false;
  const after = { ...before, playback: { ...before.playback, finding: stale } };
  await tx.recorders.update(after);
  const subject = { subject_kind: 'recorder', subject_id: before.id, unit_id: before.unit_id } as const;
  const act = 'recorder.finding_stale';
  await tx.changes.append({
    ...{ at_ms, actor: null, act, ...subject },
    before: { playback: before.playback } as unknown as ChangedFields,
    after: { playback: after.playback } as unknown as ChangedFields,
  });
  await tx.audit.append({
    ...{ at_ms, act, account_id: null, person_id: null, ...subject, outcome: 'ok' },
    details: { code: before.code, reason: stale.stale?.reason ?? '' },
  });
  return true;
}
