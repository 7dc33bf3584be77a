import { type EvaluationRules, evaluateScheme, type Scheme, type SchemeEvaluation } from '@minhchung/domain';
import type { CameraGroup } from '@minhchung/store';
import { allRows } from '../all-rows.ts';
import type { ReportDeps } from '../deps.ts';
import { type CameraTally, tallyOf } from '../tally.ts';
import { emptySum, sumBy } from './group-tally.ts';

/** One scheme as the network report tells of it. */
export interface SchemeReport
  extends Pick<Scheme, 'id' | 'code' | 'name' | 'unit_id' | 'launched_at_ms'>,
    SchemeEvaluation {
  readonly sites: number;
  readonly tally: CameraTally;
  readonly ever_worked: number;
  /** Cameras of which the recorder holds something, of those that could be asked. */
  readonly holding: number;
  readonly holding_known: number;
  /** Items delivered within the time the evaluation looks back on. */
  readonly extractions: number;
  readonly last_sign_of_life_ms: number | null;
  /** None of its cameras is known to work now. */
  readonly is_silent: boolean;
}

const WORST_FIRST = ['dormant', 'needs_attention', 'effective'] as const;

/** Active schemes with their evaluation, in order of code. */
export async function schemeReports(
  { store }: Pick<ReportDeps, 'store'>,
  unit_ids: readonly string[],
  groups: readonly CameraGroup[],
  rules: EvaluationRules,
  now_ms: number,
): Promise<SchemeReport[]> {
  const sums = sumBy(groups, (group) => group.scheme_id);
  const sites = await store.networkState.sitesPerScheme(unit_ids);
  const served = await store.networkState.serviceOfSchemes(unit_ids, now_ms - rules.looks_back_ms);
  const service = new Map(served.map((one) => [one.scheme_id, one]));
  const reports: SchemeReport[] = [];
  for await (const scheme of allRows((page) => store.schemes.list({ unit_ids }, page))) {
    if (scheme.status !== 'active') continue;
    const { id, code, name, unit_id, launched_at_ms } = scheme;
    const { counts, ever_worked, worked_at_ms, holding, holding_known } = sums.get(id) ?? emptySum();
    const tally = tallyOf(counts);
    const { extractions = 0, last_delivered_at_ms = null } = service.get(id) ?? {};
    const last_sign_of_life_ms = latest(worked_at_ms, last_delivered_at_ms);
    const facts = {
      ...{ launched_at_ms, cameras: tally.cameras, working: tally.working, known: tally.known },
      ...{ ever_worked, holding, holding_known, extractions, last_sign_of_life_ms },
    };
    reports.push({
      ...{ id, code, name, unit_id, launched_at_ms, sites: sites.get(id) ?? 0, tally, ever_worked },
      ...{ holding, holding_known, extractions, last_sign_of_life_ms, is_silent: tally.working === 0 },
      ...evaluateScheme(facts, rules, now_ms),
    });
  }
  return reports;
}

/** The same, the dormant first, on paper only before all others. */
export function worstFirst(reports: readonly SchemeReport[]): SchemeReport[] {
  const rank = (one: SchemeReport) => WORST_FIRST.indexOf(one.evaluation) - (one.is_on_paper_only ? 0.5 : 0);
  const share = ({ tally }: SchemeReport) => tally.working_of_all ?? 0;
  return [...reports].sort((a, b) => rank(a) - rank(b) || share(a) - share(b) || (a.code < b.code ? -1 : 1));
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
