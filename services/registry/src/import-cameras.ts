import { type Actor, isCoded } from '@minhchung/domain';
import type { AuditEvent } from '@minhchung/store';
import type { RegistryDeps } from './deps.ts';
import type { RecorderGroup } from './import/groups.ts';
import type { PlanContext } from './import/plan-context.ts';
import { type GroupPlan, planGroup, refusedGroup } from './import/plan-group.ts';
import { readRegister } from './import/read-register.ts';
import { headerReport, type ImportReport, reportOf } from './import/report.ts';
import { writeGroup } from './import/write-group.ts';

/**
 * Imports a register of cameras, recorders, owners and agreements, or says what importing it would do.
 *
 * A bad row is reported and never stops the good ones. A recorder and its cameras are written in one transaction
 * with their audit events. Importing the same file again changes nothing. `unit_ids`: where the actor may
 * register. Throws `CSV_EMPTY`, `CSV_NOT_UTF8`, `CSV_QUOTE_BROKEN`, `CSV_TOO_MANY_ROWS`.
 */
export function importCameras(deps: Pick<RegistryDeps, 'store' | 'time' | 'secrets' | 'newId'>) {
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
      owners: new Map(),
    };
    const plans: GroupPlan[] = [];
    for (const group of file.groups) {
      plans.push(
        input.mode === 'apply' ? await apply(deps, actor, context, group) : await planGroup(context, group),
      );
    }
    const { notices, problems, codes } = file;
    const report = reportOf({ mode: input.mode, notices, plans, problems, codes });
    if (report.is_applied) await deps.store.audit.append(importEvent(actor, context.now_ms, report));
    return report;
  };
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

async function apply(
  deps: Pick<RegistryDeps, 'store'>,
  actor: Actor,
  context: PlanContext,
  group: RecorderGroup,
): Promise<GroupPlan> {
  // The transaction may run twice, so owners it makes are remembered only once it is over.
  let owners = context.owners;
  try {
    const plan = await deps.store.transaction(async (tx) => {
      owners = new Map(context.owners);
      const planned = await planGroup({ ...context, repositories: tx, owners }, group);
      await writeGroup({ tx, secrets: context.secrets, actor, now_ms: context.now_ms }, planned);
      return planned;
    });
    for (const [key, owner] of owners) context.owners.set(key, owner);
    return plan;
  } catch (error) {
    if (isCoded(error, 'ALREADY_EXISTS')) return refusedGroup(group);
    throw error;
  }
}
