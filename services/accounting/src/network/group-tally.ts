import type { CameraGroup } from '@minhchung/store';
import { type CameraTally, emptyCounts, type StateCounts, tallyOf } from '../tally.ts';

/** Cameras of some groups, counted together. */
export interface GroupSum {
  readonly counts: StateCounts;
  ever_worked: number;
  worked_at_ms: number | null;
  holding: number;
  holding_known: number;
}

export function emptySum(): GroupSum {
  return { counts: emptyCounts(), ever_worked: 0, worked_at_ms: null, holding: 0, holding_known: 0 };
}

/** Adds one group to a sum. */
export function addGroup(sum: GroupSum, group: CameraGroup): void {
  sum.counts[group.state] += group.cameras;
  sum.ever_worked += group.ever_worked;
  sum.holding += group.holding;
  sum.holding_known += group.holding_known;
  if (group.worked_at_ms !== null) sum.worked_at_ms = Math.max(sum.worked_at_ms ?? 0, group.worked_at_ms);
}

/** One sum per key; groups without a key are left out. */
export function sumBy(
  groups: readonly CameraGroup[],
  keyOf: (group: CameraGroup) => string | null,
): Map<string, GroupSum> {
  const sums = new Map<string, GroupSum>();
  for (const group of groups) {
    const key = keyOf(group);
    if (key === null) continue;
    const sum = sums.get(key) ?? emptySum();
    addGroup(sum, group);
    sums.set(key, sum);
  }
  return sums;
}

/** The tally of the groups that are meant. */
export function tallyOfGroups(
  groups: readonly CameraGroup[],
  is_meant: (group: CameraGroup) => boolean = () => true,
): CameraTally {
  const sum = emptySum();
  for (const group of groups) if (is_meant(group)) addGroup(sum, group);
  return tallyOf(sum.counts);
}
