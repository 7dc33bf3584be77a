import { type Bilingual, FINDING_NAMES, type FindingKind, type Unit } from '@minhchung/domain';
import type { NetworkRules } from '@minhchung/settings';
import type { CameraGroup, ClockOff, HeldDays, SoonOverwritten } from '@minhchung/store';
import { allRows } from '../all-rows.ts';
import type { ReportDeps } from '../deps.ts';
import { CLOCKS_LISTED_MAX, OVERWRITTEN_LISTED_MAX, OVERWRITTEN_SOON_MS } from '../limits.ts';
import { type CameraTally, tallyOf } from '../tally.ts';
import { sumBy, tallyOfGroups } from './group-tally.ts';
import { type SchemeReport, schemeReports } from './scheme-reports.ts';

/** One unit with cameras of its own, or a ward without any. */
export interface WardReport extends Pick<Unit, 'id' | 'code' | 'name'> {
  readonly tally: CameraTally;
}

/** The state of the camera network of some units at one moment. */
export interface NetworkReport {
  readonly at_ms: number;
  readonly all: CameraTally;
  readonly community: CameraTally;
  readonly household: CameraTally;
  /** The worst share of all cameras first; wards without a camera last. */
  readonly wards: readonly WardReport[];
  /** In order of code. */
  readonly schemes: readonly SchemeReport[];
  readonly clocks: {
    readonly measured: number;
    readonly unmeasured: number;
    readonly limit_ms: number;
    /** Clocks surely further off than the limit: how many, and the worst of them. */
    readonly off: number;
    readonly out_of_limit: readonly ClockOff[];
  };
  /** Open findings by kind, most frequent first. */
  readonly work_list: readonly {
    readonly kind: FindingKind;
    readonly name: Bilingual;
    readonly open: number;
    readonly oldest_since_ms: number;
  }[];
  readonly holdings: {
    readonly held_days: readonly HeldDays[];
    /** Items still to be fetched whose footage is overwritten within two days, the soonest first. */
    readonly soon_overwritten: readonly SoonOverwritten[];
  };
}

/**
 * The state of the network: a fixed number of questions to the database, whatever the number of cameras. What nobody
 * saw lately counts as unknown, and shares of working cameras are told over all and over the known ones.
 */
export function reportNetwork(deps: ReportDeps, rules: NetworkRules) {
  return async (unit_ids: readonly string[]): Promise<NetworkReport> => {
    const { networkState } = deps.store;
    const now_ms = deps.time.now_ms();
    const { stale_after_ms, attestation_valid_ms } = rules;
    const groups = await networkState.cameraGroups(unit_ids, {
      now_ms,
      stale_after_ms,
      attestation_valid_ms,
    });
    const limit_ms = rules.work_list.clock_limit_ms;
    const findings = await networkState.findingCounts(unit_ids);
    const soon_ms = now_ms + OVERWRITTEN_SOON_MS;
    return {
      at_ms: now_ms,
      all: tallyOfGroups(groups),
      community: tallyOfGroups(groups, ({ kind }) => kind === 'community'),
      household: tallyOfGroups(groups, ({ kind }) => kind === 'household'),
      wards: await wardReports(deps, unit_ids, groups, now_ms),
      schemes: await schemeReports(deps, unit_ids, groups, rules.evaluation, now_ms),
      clocks: {
        ...(await networkState.clockCounts(unit_ids, limit_ms)),
        limit_ms,
        out_of_limit: await networkState.clocksOff(unit_ids, limit_ms, CLOCKS_LISTED_MAX),
      },
      work_list: findings.map((one) => ({ ...one, name: FINDING_NAMES[one.kind] })),
      holdings: {
        held_days: await networkState.heldDays(unit_ids),
        soon_overwritten: await networkState.soonOverwritten(unit_ids, soon_ms, OVERWRITTEN_LISTED_MAX),
      },
    };
  };
}

async function wardReports(
  { store }: Pick<ReportDeps, 'store'>,
  unit_ids: readonly string[],
  groups: readonly CameraGroup[],
  now_ms: number,
): Promise<WardReport[]> {
  const sums = sumBy(groups, (group) => group.unit_id);
  const wanted = new Set(unit_ids);
  const wards: WardReport[] = [];
  for await (const unit of allRows((page) => store.units.list(page))) {
    if (!wanted.has(unit.id)) continue;
    const sum = sums.get(unit.id);
    const is_ward = unit.level === 'ward' && (unit.valid_to_ms === null || unit.valid_to_ms > now_ms);
    if (sum === undefined && !is_ward) continue;
    const { id, code, name } = unit;
    wards.push({ id, code, name, tally: sum === undefined ? NO_CAMERAS : tallyOf(sum.counts) });
  }
  const share = ({ tally }: WardReport) => tally.working_of_all ?? Number.POSITIVE_INFINITY;
  return wards.sort(
    (a, b) => compare(share(a), share(b)) || b.tally.cameras - a.tally.cameras || (a.code < b.code ? -1 : 1),
  );
}

const NO_CAMERAS = tallyOf({ online: 0, degraded: 0, offline: 0, refused: 0, unknown: 0 });

/** Two wards without cameras are equal: infinity less infinity is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
