import type { CameraKind, CameraState, Scheme } from '@minhchung/domain';
import { allPages, allRows } from './all-rows.ts';
import { type ClockReport, reportClocks } from './clock-report.ts';
import type { ReportDeps } from './deps.ts';
import { type CameraTally, emptyCounts, type StateCounts, tallyOf } from './tally.ts';

export interface SchemeReport extends Pick<Scheme, 'id' | 'code' | 'name' | 'unit_id'> {
  readonly sites: number;
  readonly tally: CameraTally;
  /** None of its cameras is known to work: a scheme that may exist on paper only. */
  readonly is_silent: boolean;
}

/** The state of the camera network of some units. */
export interface NetworkReport {
  readonly at_ms: number;
  readonly all: CameraTally;
  readonly community: CameraTally;
  readonly household: CameraTally;
  readonly schemes: readonly SchemeReport[];
  readonly clocks: ClockReport;
}

/** Cameras by kind and state, per scheme, and the clocks that are far off. */
export function reportNetwork(deps: ReportDeps) {
  return async (unit_ids: readonly string[]): Promise<NetworkReport> => {
    const by_kind: Record<CameraKind, StateCounts> = { community: emptyCounts(), household: emptyCounts() };
    const by_site = new Map<string, StateCounts>();
    for await (const { kind, site_id, state } of camerasWithState(deps, unit_ids)) {
      by_kind[kind][state] += 1;
      if (site_id === null) continue;
      const counts = by_site.get(site_id) ?? emptyCounts();
      counts[state] += 1;
      by_site.set(site_id, counts);
    }
    const all = sum([by_kind.community, by_kind.household]);
    return {
      at_ms: deps.time.now_ms(),
      all: tallyOf(all),
      community: tallyOf(by_kind.community),
      household: tallyOf(by_kind.household),
      schemes: await schemesOf(deps, unit_ids, by_site),
      clocks: await reportClocks(deps)(unit_ids),
    };
  };
}

async function* camerasWithState(deps: ReportDeps, unit_ids: readonly string[]) {
  const { cameras, observations } = deps.store;
  for await (const rows of allPages((page) => cameras.list({ unit_ids }, page))) {
    const current = await observations.current(rows.map((camera) => camera.id));
    const states = new Map(current.map((one) => [one.camera_id, one.state]));
    for (const { id, kind, site_id } of rows) {
      const state: CameraState = states.get(id) ?? 'unknown';
      yield { kind, site_id, state };
    }
  }
}

async function schemesOf(
  deps: ReportDeps,
  unit_ids: readonly string[],
  by_site: ReadonlyMap<string, StateCounts>,
): Promise<SchemeReport[]> {
  const reports: SchemeReport[] = [];
  for await (const scheme of allRows((page) => deps.store.schemes.list({ unit_ids }, page))) {
    const { id, code, name, unit_id } = scheme;
    const counts: StateCounts[] = [];
    let sites = 0;
    for await (const site of allRows((page) => deps.store.sites.list({ scheme_id: id }, page))) {
      sites += 1;
      counts.push(by_site.get(site.id) ?? emptyCounts());
    }
    const tally = tallyOf(sum(counts));
    reports.push({ id, code, name, unit_id, sites, tally, is_silent: tally.working === 0 });
  }
  return reports;
}

function sum(parts: readonly StateCounts[]): StateCounts {
  const total = emptyCounts();
  for (const part of parts) {
    for (const state of Object.keys(total) as CameraState[]) total[state] += part[state];
  }
  return total;
}
