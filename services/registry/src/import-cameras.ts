import { type Actor, isCoded } from '@minhchung/domain';
import type { AuditEvent } from '@minhchung/store';
import type { RegistryDeps } from './deps.ts';
import type { RecorderGroup } from './import/groups.ts';
import { noPlaces, type PlanContext } from './import/plan-context.ts';
import { type GroupPlan, planGroup, refusedGroup } from './import/plan-group.ts';
import { readRegister } from './import/read-register.ts';
import { headerReport, type ImportReport, reportOf } from './import/report.ts';
import { writeGroup } from './import/write-group.ts';
import { GROUPS_PER_TRANSACTION } from './limits.ts';

/**
 * Imports a register of cameras, recorders, owners and agreements, or says what importing it would do.
 *
 * A bad row is reported and never stops the good ones. A recorder and its cameras are written together, in
 * one transaction with their audit events. Importing the same file again changes nothing. `unit_ids`: where the actor may
 * register. Throws `CSV_EMPTY`, `CSV_NOT_UTF8`, `CSV_QUOTE_BROKEN`, `CSV_TOO_MANY_ROWS`.
 */
export function importCameras(deps: Pick<RegistryDeps, 'store' | 'time' | 'secrets' | 'newId' | 'settings'>) {
  return async (
    actor: Actor,
    input: {
      readonly mode: ImportReport['mode'];
      readonly bytes: Uint8Array;
      readonly unit_ids: readonly string[];
    },
  ): Promise<ImportReport> => {
    const file = readRegister(input.bytes);
    if (file.file_problems.length > 0) return headerReport(input.mode, file.file_problems, file.notices);
    const context: PlanContext = {
      repositories: deps.store,
      secrets: deps.secrets,
      now_ms: deps.time.now_ms(),
      newId: deps.newId,
      unit_ids: new Set(input.unit_ids),
      recording_roots: deps.settings.registry.recording_roots,
      places: noPlaces(),
      owners: new Map(),
    };
    const plans =
      input.mode === 'apply'
        ? await applyAll(deps, actor, context, file.groups)
        : await planAll(context, file.groups);
    const { notices, problems, codes } = file;
    const report = reportOf({ mode: input.mode, notices, plans, problems, codes });
    if (report.is_applied) await deps.store.audit.append(importEvent(actor, context.now_ms, report));
    return report;
  };
}

async function planAll(context: PlanContext, groups: readonly RecorderGroup[]): Promise<GroupPlan[]> {
  const plans: GroupPlan[] = [];
  for (const group of groups) plans.push(await planGroup(context, group));
  return plans;
}

function importEvent(actor: Actor, at_ms: number, report: ImportReport): AuditEvent {
  const { rows_total, created, changed, unchanged, rejected } = report;
  return {
    at_ms,
    act: 'camera.import',
    account_id: actor.account_id,
    person_id: actor.person_id,
    unit_id: null,
    subject_kind: 'register',
    subject_id: 'cameras',
    outcome: 'ok',
    details: { rows_total, created, changed, unchanged, rejected },
  };
}

/** Applies groups a batch at a time; where the database refuses a batch, each of its groups by itself. */
async function applyAll(
  deps: Pick<RegistryDeps, 'store'>,
  actor: Actor,
  context: PlanContext,
  groups: readonly RecorderGroup[],
): Promise<GroupPlan[]> {
  const plans: GroupPlan[] = [];
  for (let start = 0; start < groups.length; start += GROUPS_PER_TRANSACTION) {
    const batch = groups.slice(start, start + GROUPS_PER_TRANSACTION);
    const together = await applyBatch(deps, actor, context, batch);
    if (together !== null) plans.push(...together);
    else {
      for (const group of batch) {
        const alone = await applyBatch(deps, actor, context, [group]);
        plans.push(...(alone ?? [refusedGroup(group)]));
      }
    }
  }
  return plans;
}

/** One transaction; null when somebody else has meanwhile registered one of these. */
async function applyBatch(
  deps: Pick<RegistryDeps, 'store'>,
  actor: Actor,
  context: PlanContext,
  batch: readonly RecorderGroup[],
): Promise<readonly GroupPlan[] | null> {
  // The transaction may run twice, so owners it makes are remembered only once it is over.
  let owners = context.owners;
  try {
    const plans = await deps.store.transaction(async (tx) => {
      owners = new Map(context.owners);
      const planned: GroupPlan[] = [];
      for (const group of batch) {
        const plan = await planGroup({ ...context, repositories: tx, owners }, group);
        await writeGroup({ tx, secrets: context.secrets, actor, now_ms: context.now_ms }, plan);
        planned.push(plan);
      }
      return planned;
    });
    for (const [key, owner] of owners) context.owners.set(key, owner);
    return plans;
  } catch (error) {
    if (isCoded(error, 'ALREADY_EXISTS')) return null;
    throw error;
  }
}
