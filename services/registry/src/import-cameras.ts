import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Actor, CodedError, isCoded } from '@minhchung/domain';
import type { AuditEvent } from '@minhchung/store';
import type { CellValue } from '@minhchung/tables';
import type { RegistryDeps } from './deps.ts';
import { applyGroups, applyTogether } from './import/apply.ts';
import { errorRows } from './import/error-file.ts';
import type { WishedMapping } from './import/mapping.ts';
import { noPlaces, type PlanContext } from './import/plan-context.ts';
import { type GroupPlan, planGroup } from './import/plan-group.ts';
import { type RegisterFile, readRegister } from './import/read-register.ts';
import { recall, remember } from './import/remembered-mappings.ts';
import { type ImportReport, type RowsChoice, reportOf } from './import/report.ts';
import { GROUPS_PER_TRANSACTION } from './limits.ts';

type ImportDeps = Pick<RegistryDeps, 'store' | 'time' | 'secrets' | 'newId' | 'settings'>;

/** What is imported, and how. */
export interface ImportInput {
  readonly mode: ImportReport['mode'];
  readonly bytes: Uint8Array;
  /** Where the actor may register. */
  readonly unit_ids: readonly string[];
  /** Default: `good_rows`. */
  readonly rows_choice?: RowsChoice | undefined;
  /** Name of the sheet; default: the one whose headings fit best. */
  readonly sheet?: string | undefined;
  readonly mapping?: WishedMapping | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ImportOutcome {
  readonly report: ImportReport;
  /** The rows to hand back with what is wrong in each; the first are the headings. */
  errorRows(): Iterable<readonly CellValue[]>;
}

/**
 * Imports a register of cameras, recorders, owners and agreements, or says what importing it would do.
 *
 * A bad row is reported and does not stop the good ones, unless `all_or_nothing` was chosen. A recorder and its
 * cameras are written together, in one transaction with their audit events. Importing the same file again changes
 * nothing. Throws what `readRegister` throws, and `IMPORT_OVERTAKEN`.
 */
export function importCameras(deps: ImportDeps) {
  const run = runImport(deps);
  return async (actor: Actor, input: ImportInput): Promise<ImportReport> => (await run(actor, input)).report;
}

/** The same, with the rows to hand back. */
export function runImport(deps: ImportDeps) {
  return async (actor: Actor, input: ImportInput): Promise<ImportOutcome> => {
    const { mode, rows_choice = 'good_rows', unit_ids, mapping } = input;
    const file = await readRegister(input.bytes, {
      ...{ sheet: input.sheet, mapping, signal: input.signal },
      remembered: recall(deps.store, unit_ids),
    });
    const context: PlanContext = {
      repositories: deps.store,
      secrets: deps.secrets,
      now_ms: deps.time.now_ms(),
      newId: deps.newId,
      unit_ids: new Set(unit_ids),
      recording_roots: deps.settings.registry.recording_roots,
      allowed_networks: deps.settings.devices.allowed_networks,
      places: noPlaces(),
      owners: new Map(),
    };
    const outcome = (report: ImportReport): ImportOutcome => ({
      report,
      errorRows: () => errorRows(file, report),
    });
    const preview = async () =>
      reportOf({
        mode,
        rows_choice,
        file,
        plans: await planAll(context, file, input.signal),
        is_applied: false,
      });
    if (mode === 'preview' || file.file_problems.length > 0) return outcome(await preview());
    if (rows_choice === 'all_or_nothing') {
      const planned = await preview();
      if (planned.rejected > 0) return outcome(planned);
    }
    const plans = await apply(deps, actor, context, file, rows_choice);
    const report = reportOf({ mode, rows_choice, file, plans, is_applied: true });
    if (mapping !== undefined) await remember(deps.store, actor, file, context.now_ms);
    await deps.store.audit.append(importEvent(actor, context.now_ms, report));
    return outcome(report);
  };
}

async function apply(
  deps: ImportDeps,
  actor: Actor,
  context: PlanContext,
  file: RegisterFile,
  rows_choice: RowsChoice,
): Promise<readonly GroupPlan[]> {
  // Planning has met owners that were never written.
  const fresh = { ...context, places: noPlaces(), owners: new Map() };
  if (rows_choice === 'good_rows') return applyGroups(deps, actor, fresh, file.groups);
  try {
    return await applyTogether(deps, actor, fresh, file.groups);
  } catch (error) {
    if (!isCoded(error, 'ALREADY_EXISTS')) throw error;
    throw new CodedError('IMPORT_OVERTAKEN', error.details, { cause: error });
  }
}

async function planAll(
  context: PlanContext,
  { groups }: RegisterFile,
  signal: AbortSignal | undefined,
): Promise<GroupPlan[]> {
  const plans: GroupPlan[] = [];
  for (const [index, group] of groups.entries()) {
    if (index % GROUPS_PER_TRANSACTION === 0) {
      await nextTurn();
      signal?.throwIfAborted();
    }
    plans.push(await planGroup(context, group));
  }
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
