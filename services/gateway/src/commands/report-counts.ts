import type { Settings } from '@minhchung/settings';
import type { CountFilter, Store } from '@minhchung/store';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { everyRow } from '../reports/every.ts';
import { spanBetween, unitIdsOf } from '../reports/scope.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

interface CountOptions {
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
}

const REQUESTS = 'yêu cầu · requests';
const REQUESTED = 'camera · requested';
const DELIVERED = 'giao · delivered';
const UNCONFIRMED = 'không xác nhận · unconfirmed';
const REFUSED_LATE = 'giao rồi từ chối · delivered, then refused';

/** `minhchung report requests` */
export function requestsCommand(context: CommandContext): Command {
  return filtered(new Command('requests'))
    .description('requests and items per case')
    .action(async (options: CountOptions, command: Command) => {
      const cases = await withFilter(settingsOf(command, context), options, (store, filter) =>
        everyRow((page) => store.counts.perCase(filter, page)),
      );
      if (wantsJson(command)) return printJson(context, { cases });
      const header = [
        'hồ sơ · case',
        REQUESTS,
        REQUESTED,
        'duyệt · approved',
        DELIVERED,
        UNCONFIRMED,
        REFUSED_LATE,
      ];
      const rows = cases.map((one) => [
        one.case_number,
        one.requests,
        one.requested,
        one.approved,
        one.delivered,
        one.unconfirmed,
        one.delivered_then_refused,
      ]);
      printLines(context, ...table(header, rows));
    });
}

/** `minhchung report counts` */
export function countsCommand(context: CommandContext): Command {
  return filtered(new Command('counts'))
    .description('totals, and by month')
    .action(async (options: CountOptions, command: Command) => {
      const report = await withFilter(settingsOf(command, context), options, async (store, filter) => ({
        totals: await store.counts.totals(filter),
        months: await store.counts.byMonth(filter),
      }));
      if (wantsJson(command)) return printJson(context, report);
      const months = report.months.map((one) => [one.month, one.requests, one.requested, one.delivered]);
      printLines(
        context,
        ...table(['', 'tổng · total'], Object.entries(report.totals)),
        '',
        ...table(['tháng · month', REQUESTS, REQUESTED, DELIVERED], months),
      );
    });
}

function filtered(command: Command): Command {
  return command
    .option('--unit <code>', 'one unit with all below it; otherwise every unit')
    .option('--from <time>', "first instant, Vietnam time, e.g. '01/01/2026 00:00'")
    .option('--to <time>', 'first instant after the end');
}

function withFilter<T>(
  settings: Settings,
  options: CountOptions,
  run: (store: Store, filter: CountFilter) => Promise<T>,
): Promise<T> {
  const span = spanBetween(options.from, options.to, Date.now());
  return withStore(settings, async (store) => {
    const units = options.unit === undefined ? {} : { unit_ids: await unitIdsOf(store, options.unit) };
    return run(store, { ...units, ...(span === null ? {} : { span }) });
  });
}
