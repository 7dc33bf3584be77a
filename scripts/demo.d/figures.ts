import {
  countPerCase,
  countTotals,
  type ResultOf,
  readYearLine,
  verifyAuditTrail,
} from '@minhchung/contract';
import { vietnamYear } from '@minhchung/domain';
import type { NetworkState } from './network.ts';
import type { Verification } from './packages.ts';
import type { KnownCamera } from './register.ts';
import type { Asked, RequestDetails } from './request.ts';
import type { Staff } from './staff.ts';
import type { TruthReport } from './truth.ts';
import type { Ward } from './ward.ts';

/** What the auditor sees. */
export interface Accounts {
  readonly per_case: ResultOf<typeof countPerCase>['items'];
  readonly totals: ResultOf<typeof countTotals>;
  readonly year_line: ResultOf<typeof readYearLine>;
  readonly trail: ResultOf<typeof verifyAuditTrail>;
}

export async function readAccounts(staff: Staff): Promise<Accounts> {
  const { client } = staff.auditor;
  return {
    per_case: (await client.call(countPerCase, { query: {} })).items,
    totals: await client.call(countTotals, { query: {} }),
    year_line: await client.call(readYearLine, { query: { year: vietnamYear(Date.now()) } }),
    trail: await client.call(verifyAuditTrail),
  };
}

/** Everything the demo came to, under the names a program reads. */
export function figuresOf(parts: {
  readonly ward: Ward;
  readonly known: readonly KnownCamera[];
  readonly asked: Asked;
  readonly outcome: RequestDetails;
  readonly verification: Verification;
  readonly truth: TruthReport;
  readonly accounts: Accounts;
  readonly network: NetworkState;
  readonly started_ms: number;
}) {
  const { known, outcome, accounts, network, verification, truth } = parts;
  const count = (state: string) => outcome.items.filter((item) => item.state === state).length;
  const { requested, approved, delivered } = accounts.totals;
  return {
    cameras_registered: known.length,
    cameras_online: known.filter(({ state }) => state === 'online').length,
    cameras_found: parts.asked.found.length,
    clock_offsets_ms: Object.fromEntries(known.map(({ code, offset }) => [code, offset])),
    items_requested: outcome.items.length,
    items_archived: count('archived'),
    items_partial: count('partial'),
    items_waiting: count('waiting'),
    items_no_footage: count('no_footage'),
    items_failed: count('failed'),
    packages_verified: verification.verified,
    ...truth,
    requests_per_case: Object.fromEntries(accounts.per_case.map((row) => [row.case_number, row.requests])),
    counts: { requested, approved, delivered },
    network_working: network.working,
    network_clocks_off: network.clocks_off,
    schemes_effective: network.schemes_effective,
    audit_events: accounts.trail.events,
    audit_trail_whole: accounts.trail.broken_at_sequence === null,
    seconds: Math.round((Date.now() - parts.started_ms) / 100) / 10,
  };
}

export type Figures = ReturnType<typeof figuresOf>;

/** What is not as it must be; empty when all is well. */
export function shortcomings(figures: Figures, ward: Ward, untruths: readonly string[]): string[] {
  const planned = ward.cameras.map(({ plan, recorder }) => {
    if (recorder.offline) return 'waiting';
    return plan.fault === 'overwritten' ? 'no_footage' : plan.fault === 'hole' ? 'partial' : 'archived';
  });
  const expected = (state: string) => planned.filter((one) => one === state).length;
  const delivered = figures.items_archived + figures.items_partial;
  const offsets_wrong = ward.cameras.filter(({ plan, recorder }) => {
    const offset = figures.clock_offsets_ms[plan.code];
    if (!offset) return recorder.offline !== true;
    return !(offset.min_ms <= recorder.clock_offset_ms && recorder.clock_offset_ms <= offset.max_ms);
  });
  const rules: readonly (readonly [string, boolean])[] = [
    ['every camera is registered', figures.cameras_registered === ward.cameras.length],
    ['every camera but the offline one is online', figures.cameras_online === ward.cameras.length - 1],
    ['every camera is found', figures.cameras_found === ward.cameras.length],
    ['every measured offset holds the true one', offsets_wrong.length === 0],
    ['items archived', figures.items_archived === expected('archived')],
    ['items partial', figures.items_partial === expected('partial')],
    ['items waiting', figures.items_waiting === expected('waiting')],
    ['items without footage', figures.items_no_footage === expected('no_footage')],
    ['no item failed', figures.items_failed === 0],
    ['every package verifies', figures.packages_verified === delivered && untruths.length === 0],
    ['frames were checked', figures.frames_checked > 0],
    ['device times exact to 1 ms', figures.device_frame_error_ms_max <= 1],
    ['no true time outside its bounds', figures.truth_outside_bounds === 0],
    ['bounds within ± 200 ms', figures.bound_ms_max <= 200],
    ['no wanted frame missing', figures.wanted_frames_missing === 0],
    ['no frame twice', figures.frames_doubled === 0],
    ['playable copies exact to the frame', figures.playable_frames_wrong === 0],
    ['delivered items are counted', figures.counts.delivered === delivered],
    ['the network report counts the cameras that work', figures.network_working === figures.cameras_online],
    ['it tells of every clock that is off', figures.network_clocks_off === clocksOff(ward)],
    ['the ward’s scheme is effective', figures.schemes_effective === 1],
    ['the audit trail is whole', figures.audit_trail_whole],
  ];
  return [...rules.filter(([, holds]) => !holds).map(([rule]) => rule), ...untruths];
}

/** From here on a clock is told of, unless the settings say otherwise. */
const CLOCK_LIMIT_MS = 60_000;

/** Recorders whose clock can be read and is further off than people should have to live with. */
function clocksOff(ward: Ward): number {
  const off = ward.cameras.filter(
    ({ recorder }) => recorder.offline !== true && Math.abs(recorder.clock_offset_ms) > CLOCK_LIMIT_MS,
  );
  return new Set(off.map(({ recorder }) => recorder.code)).size;
}
