import { type Actor, CodedError, type Finding, type FindingNote, wordsOf } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';

const DAY_MS = 86_400_000;
/** What is put off for longer is forgotten. */
const SNOOZE_DAYS_MAX = 180;

type WorkDeps = Pick<RegistryDeps, 'store' | 'time' | 'newId'>;

/** An entry as it is shown, in plain words. */
export function shownFinding(finding: Finding) {
  return { ...finding, ...wordsOf(finding) };
}

/** The entry of this id, open or closed. Throws `UNKNOWN_FINDING`. */
export async function findFinding({ store }: Pick<WorkDeps, 'store'>, id: string): Promise<Finding> {
  const finding = await store.findings.byId(id);
  if (finding === null) throw new CodedError('UNKNOWN_FINDING', { finding: id });
  return finding;
}

/** What a technician does about an entry; the text says why. */
export interface WorkAct {
  readonly text: string;
  readonly assigned_person_id?: string | null | undefined;
  readonly snoozed_until_ms?: number | null | undefined;
}

/**
 * Notes, assigns, puts off. The entry itself stays open until the trouble is mended. Throws `UNKNOWN_FINDING` for a
 * closed one, `SNOOZE_TOO_LONG`, `NOT_FOUND` for an unknown person.
 */
export async function actOnFinding(
  deps: WorkDeps,
  actor: Actor,
  finding: Finding,
  act: WorkAct,
): Promise<void> {
  const at_ms = deps.time.now_ms();
  const { assigned_person_id, snoozed_until_ms, text } = act;
  const latest_ms = at_ms + SNOOZE_DAYS_MAX * DAY_MS;
  if (typeof snoozed_until_ms === 'number' && (snoozed_until_ms <= at_ms || snoozed_until_ms > latest_ms)) {
    throw new CodedError('SNOOZE_TOO_LONG', { days: SNOOZE_DAYS_MAX });
  }
  if (
    typeof assigned_person_id === 'string' &&
    (await deps.store.people.personById(assigned_person_id)) === null
  ) {
    throw new CodedError('NOT_FOUND', { what: 'person', id: assigned_person_id });
  }
  const done: FindingNote['act'][] = [];
  await deps.store.transaction(async (tx) => {
    done.length = 0;
    let is_open = finding.closed_at_ms === null;
    if (assigned_person_id !== undefined) {
      is_open &&= await tx.findings.assign(finding.id, assigned_person_id);
      done.push(assigned_person_id === null ? 'unassigned' : 'assigned');
    }
    if (snoozed_until_ms !== undefined) {
      is_open &&= await tx.findings.snooze(finding.id, snoozed_until_ms);
      done.push(snoozed_until_ms === null ? 'woken' : 'snoozed');
    }
    if (!is_open) throw new CodedError('UNKNOWN_FINDING', { finding: finding.id });
    if (done.length === 0) done.push('noted');
    for (const one of done) {
      const note = { finding_id: finding.id, at_ms, person_id: actor.person_id };
      await tx.findings.addNote({ ...note, act: one, text });
    }
    await tx.audit.append({
      ...{ at_ms, act: `finding.${done.at(-1)}`, account_id: actor.account_id, person_id: actor.person_id },
      ...{ unit_id: finding.unit_id, subject_kind: 'finding', subject_id: finding.id, outcome: 'ok' },
      details: { kind: finding.kind, text: text.slice(0, 300) },
    });
  });
}
