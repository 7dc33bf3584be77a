import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Actor, CodedError, isCoded } from '@minhchung/domain';
import type { Repositories, Store } from '@minhchung/store';
import { GROUPS_PER_TRANSACTION } from '../limits.ts';
import type { RecorderGroup } from './groups.ts';
import type { PlanContext } from './plan-context.ts';
import { type GroupPlan, planGroup, refusedGroup } from './plan-group.ts';
import { tellAll, writeGroup } from './write-group.ts';

interface Deps {
  readonly store: Store;
}

/** Applies groups a batch at a time; where the database refuses a batch, each of its groups by itself. */
export async function applyGroups(
  deps: Deps,
  actor: Actor,
  context: PlanContext,
  groups: readonly RecorderGroup[],
): Promise<GroupPlan[]> {
  const plans: GroupPlan[] = [];
  for (let start = 0; start < groups.length; start += GROUPS_PER_TRANSACTION) {
    const batch = groups.slice(start, start + GROUPS_PER_TRANSACTION);
    const together = await applyUnlessTaken(deps, actor, context, batch);
    if (together !== null) plans.push(...together);
    else {
      for (const group of batch) {
        const alone = await applyUnlessTaken(deps, actor, context, [group]);
        plans.push(...(alone ?? [refusedGroup(group)]));
      }
    }
    await nextTurn();
  }
  return plans;
}

/**
 * Applies all groups or none, in one transaction. Throws `ALREADY_EXISTS` when somebody else has meanwhile registered
 * one of these, and `IMPORT_OVERTAKEN` when a row has become wrong since it was looked at.
 */
export async function applyTogether(
  deps: Deps,
  actor: Actor,
  context: PlanContext,
  groups: readonly RecorderGroup[],
): Promise<readonly GroupPlan[]> {
  return deps.store.transaction(async (tx) => {
    const plans = await writeAll(tx, actor, { ...context, owners: new Map(context.owners) }, groups);
    const wrong = plans.find(({ problems }) => problems.length > 0)?.problems[0];
    if (wrong === undefined) return plans;
    throw new CodedError('IMPORT_OVERTAKEN', { kind: 'dòng / row', name: wrong.line });
  });
}

/** One transaction; null when somebody else has meanwhile registered one of these. */
async function applyUnlessTaken(
  deps: Deps,
  actor: Actor,
  context: PlanContext,
  batch: readonly RecorderGroup[],
): Promise<readonly GroupPlan[] | null> {
  // The transaction may run twice, so owners it makes are remembered only once it is over.
  let owners = context.owners;
  try {
    const plans = await deps.store.transaction(async (tx) => {
      owners = new Map(context.owners);
      return writeAll(tx, actor, { ...context, owners }, batch);
    });
    for (const [key, owner] of owners) context.owners.set(key, owner);
    return plans;
  } catch (error) {
    if (isCoded(error, 'ALREADY_EXISTS')) return null;
    throw error;
  }
}

async function writeAll(
  tx: Repositories,
  actor: Actor,
  context: PlanContext,
  groups: readonly RecorderGroup[],
): Promise<GroupPlan[]> {
  const plans: GroupPlan[] = [];
  const told = { changes: [], events: [] };
  const writing = { tx, secrets: context.secrets, actor, now_ms: context.now_ms, told };
  for (const group of groups) {
    const plan = await planGroup({ ...context, repositories: tx }, group);
    await writeGroup(writing, plan);
    plans.push(plan);
  }
  await tellAll(writing);
  return plans;
}
