import type { Actor } from '@minhchung/domain';
import type { AuditEvent, Repositories, SecretBox } from '@minhchung/store';
import { destroyGroundless } from '../editing/camera-ground.ts';
import { appendHistories, type Change } from '../editing/record-changes.ts';
import type { CameraPlan } from './plan-camera.ts';
import type { GroupPlan } from './plan-group.ts';
import type { RecorderPlan } from './plan-recorder.ts';

export interface Writing {
  readonly tx: Repositories;
  readonly secrets: SecretBox;
  readonly actor: Actor;
  readonly now_ms: number;
  readonly told: Told;
}

/** What is to be told of groups that were written: all at once at the end, in few statements. */
export interface Told {
  readonly changes: Omit<Change, 'details'>[];
  readonly events: AuditEvent[];
}

/** Writes what was planned, and adds what is to be told of it. Call it in a transaction. */
export async function writeGroup(writing: Writing, plan: GroupPlan): Promise<void> {
  if (plan.recorder === null) return;
  const { events } = writing.told;
  events.push(...(await writeRecorder(writing, plan.recorder)));
  for (const camera of plan.cameras) events.push(...(await writeCamera(writing, camera)));
}

/** Tells the history, then the audit trail, whose head stays locked from there on. */
export async function tellAll({ tx, actor, now_ms, told }: Writing): Promise<void> {
  await appendHistories({ tx, actor, at_ms: now_ms }, told.changes);
  await tx.audit.appendMany(told.events);
}

async function writeRecorder(writing: Writing, plan: RecorderPlan): Promise<AuditEvent[]> {
  const { tx, secrets, now_ms } = writing;
  const { before, after } = plan;
  const subject = { subject_kind: 'recorder', subject_id: after.id, unit_id: after.unit_id } as const;
  const events: AuditEvent[] = [];
  const fields = plan.changes.filter((column) => column !== 'password');
  if (before === null) {
    await tx.clocks.create(plan.clock!);
    await tx.recorders.create(after);
    tell(writing, 'recorder.create', subject, null, after);
    events.push(eventOf(writing, 'recorder.create', subject, { code: after.code }));
  } else if (fields.length > 0) {
    await tx.recorders.update(after);
    // Another address may be another device, with a certificate of its own.
    if (after.device_url !== before.device_url) await tx.certificates.forget(after.id, now_ms);
    tell(writing, 'recorder.update', subject, before, after);
    events.push(eventOf(writing, 'recorder.update', subject, { code: after.code, changes: fields }));
  }
  if (plan.credentials !== null) {
    await tx.credentials.set(after.id, plan.credentials, secrets, now_ms);
    tell(writing, 'recorder.set_credentials', subject, {}, {});
    events.push(eventOf(writing, 'recorder.set_credentials', subject, { code: after.code }));
  }
  return events;
}

async function writeCamera(writing: Writing, plan: CameraPlan): Promise<AuditEvent[]> {
  const { tx, now_ms } = writing;
  const { before, after } = plan;
  const subject = { subject_kind: 'camera', subject_id: after.id, unit_id: after.unit_id } as const;
  const events: AuditEvent[] = [];
  if (plan.new_owner !== null) {
    await tx.owners.create(plan.new_owner);
    const owner = { subject_kind: 'owner', subject_id: plan.new_owner.id, unit_id: null } as const;
    tell(writing, 'owner.create', owner, null, plan.new_owner);
  }
  const fields = plan.changes.filter((column) => column !== 'agreement_mode');
  if (before === null) {
    await tx.cameras.create(after);
    tell(writing, 'camera.create', subject, null, after);
    events.push(eventOf(writing, 'camera.create', subject, { code: after.code }));
  } else if (fields.length > 0) {
    await tx.cameras.update(after);
    if (after.recorder_id !== before.recorder_id) await destroyGroundless(tx, before.recorder_id, now_ms);
    tell(writing, 'camera.update', subject, before, after);
    events.push(eventOf(writing, 'camera.update', subject, { code: after.code, changes: fields }));
  }
  if (plan.new_agreement !== null) {
    await tx.agreements.create(plan.new_agreement);
    const agreement = {
      subject_kind: 'agreement',
      subject_id: plan.new_agreement.id,
      unit_id: after.unit_id,
    } as const;
    tell(writing, 'agreement.create', agreement, null, plan.new_agreement);
    const details = { camera: after.code, mode: plan.new_agreement.mode };
    events.push(eventOf(writing, 'agreement.create', agreement, details));
  }
  return events;
}

/** Who changed what through a file, for the thing's own history. */
function tell(
  { told }: Writing,
  act: string,
  subject: Pick<Change, 'subject_kind' | 'subject_id' | 'unit_id'>,
  before: object | null,
  after: object,
): void {
  told.changes.push({ act, ...subject, before, after });
}

function eventOf(
  writing: Writing,
  act: string,
  subject: Pick<AuditEvent, 'subject_kind' | 'subject_id' | 'unit_id'>,
  details: AuditEvent['details'],
): AuditEvent {
  const { account_id, person_id } = writing.actor;
  return { at_ms: writing.now_ms, act, account_id, person_id, ...subject, outcome: 'ok', details };
}
