import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import { CodedError, spanLength_ms } from '@minhchung/domain';
import { networkRules } from '@minhchung/settings';
import type { FastifyInstance } from 'fastify';
import type { AccountingDeps } from './deps.ts';
import { UPTIME_SPAN_MAX_MS } from './limits.ts';
import { yearUnderMap } from './map/year-under-map.ts';
import { reportNetwork } from './network/network-report.ts';
import { reportUptime } from './network/uptime.ts';
import { listProvisionalCases } from './provisional-cases.ts';
import { unitsCovered } from './scope.ts';
import { reportYear } from './year-line.ts';

/** The network report, the yearly line, and cases without an official number. */
export function reportRoutes(app: FastifyInstance, deps: AccountingDeps): void {
  const rules = networkRules(deps.settings);
  const network = reportNetwork(deps, rules);
  const uptime = reportUptime(deps, { gap_max_ms: rules.stale_after_ms, ...rules });
  const year = reportYear(deps);
  const yearUnder = yearUnderMap(deps);
  const provisional = listProvisionalCases(deps);

  registerRoute(app, contract.readNetworkReport, async ({ query, request }) =>
    network(await unitsCovered(deps, request, 'report.read', query.unit_id)),
  );

  registerRoute(app, contract.readUptime, async ({ query, request }) => {
    const { from_ms, to_ms, unit_id, camera_id, site_id, scheme_id } = query;
    const span = { start_ms: from_ms, end_ms: Math.min(to_ms, deps.time.now_ms()) };
    const length_ms = spanLength_ms(span);
    if (length_ms === 0) throw new CodedError('SPAN_EMPTY', { start_ms: from_ms });
    if (length_ms > UPTIME_SPAN_MAX_MS) {
      const minutes = (ms: number) => Math.round(ms / 60_000);
      throw new CodedError('SPAN_TOO_LONG', {
        length_min: minutes(length_ms),
        max_min: minutes(UPTIME_SPAN_MAX_MS),
      });
    }
    const unit_ids = await unitsCovered(deps, request, 'poll.read', unit_id);
    const of = {
      ...(camera_id === undefined ? {} : { camera_id }),
      ...(site_id === undefined ? {} : { site_id }),
      ...(scheme_id === undefined ? {} : { scheme_id }),
    };
    return uptime({ unit_ids, ...of }, span);
  });

  registerRoute(app, contract.readYearLine, async ({ query, request }) => {
    const { unit_id, as_of_ms } = query;
    if (as_of_ms === undefined) {
      return year(query.year, await unitsCovered(deps, request, 'report.read', unit_id));
    }
    const scope = await deps.unitScope(request, 'report.read');
    const { units, not_assignable, ...line } = await yearUnder(query.year, { scope, unit_id, as_of_ms });
    return { ...line, units: [...units], not_assignable: [...not_assignable] };
  });

  registerRoute(app, contract.listProvisionalCases, async ({ query, request }) => ({
    cases: await provisional(await unitsCovered(deps, request, 'report.read', query.unit_id)),
  }));
}
