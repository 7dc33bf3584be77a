import { LIMITS, parseVietnam, type Span } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { CountFilter, Store } from '@minhchung/store';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { unitByCode } from '../people/unit-by-code.ts';
import { everyRowOf } from '../reports/every.ts';
import { networkReport, networkRows } from '../reports/network-report.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

const EXAMPLES = `
Counts are shown side by side, never one alone: requests, and items requested, approved and delivered.

Examples:
  $ minhchung report requests                       requests and items per case
  $ minhchung report counts --unit HAC-THANH --from '01/01/2026 00:00' --to '01/01/2027 00:00'
  $ minhchung report network --json
`;

interface ReportOptions {
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
}

/** `minhchung report requests|counts|network` */
export function reportCommand(context: CommandContext): Command {
  return new Command('report')
    .description('count requests and items, and the states of cameras')
    .addHelpText('after', EXAMPLES)
    .addCommand(inTime(requestsCommand(context)))
    .addCommand(inTime(countsCommand(context)))
    .addCommand(networkCommand(context));
}

function inTime(command: Command): Command {
  return withUnit(command)
    .option('--from <time>', "first instant, Vietnam time, e.g. '01/01/2026 00:00'")
    .option('--to <time>', 'first instant after the end');
}

function withUnit(command: Command): Command {
  return command.option('--unit <code>', 'one unit with all below it; otherwise every unit');
}

function requestsCommand(context: CommandContext): Command {
  return new Command('requests')
    .description('requests and items per case')
    .action(async (options: ReportOptions, command: Command) => {
      const cases = await withFilter(settingsOf(command, context), options, async (store, filter) =>
        everyRowOf((page) => store.counts.perCase(filter, page)),
      );
      if (wantsJson(command)) return printJson(context, { cases });
      const header = [
        'hồ sơ · case',
        'yêu cầu · requests',
        'camera · requested',
        'duyệt · approved',
        'giao · delivered',
        'chờ · waiting',
        'không có · no footage',
      ];
      const rows = cases.map((one) => [
        one.case_number,
        one.requests,
        one.requested,
        one.approved,
        one.delivered,
        one.waiting,
        one.no_footage,
      ]);
      printLines(context, ...table(header, rows));
    });
}

function countsCommand(context: CommandContext): Command {
  return new Command('counts')
    .description('totals, and by month')
    .action(async (options: ReportOptions, command: Command) => {
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
        ...table(['tháng · month', 'yêu cầu · requests', 'camera · requested', 'giao · delivered'], months),
      );
    });
}

function networkCommand(context: CommandContext): Command {
  return withUnit(new Command('network'))
    .description('every camera with its state, why, and since when')
    .action(async (options: ReportOptions, command: Command) => {
      const report = await withFilter(settingsOf(command, context), options, (store, filter) =>
        networkReport(store, filter.unit_ids ?? null),
      );
      if (wantsJson(command)) return printJson(context, report);
      printLines(
        context,
        ...table(['trạng thái · state', 'camera'], Object.entries(report.by_state)),
        '',
        ...table(
          ['mã · code', 'tên · name', 'trạng thái · state', 'lý do · reason', 'từ · since'],
          networkRows(report),
        ),
      );
    });
}

function withFilter<T>(
  settings: Settings,
  options: ReportOptions,
  run: (store: Store, filter: CountFilter) => Promise<T>,
): Promise<T> {
  const span = spanOf(options);
  return withStore(settings, async (store) => {
    const unit = options.unit === undefined ? null : await unitByCode(store, options.unit);
    const unit_ids = unit === null ? {} : { unit_ids: await store.units.descendantIds(unit.id) };
    return run(store, { ...unit_ids, ...(span === null ? {} : { span }) });
  });
}

function spanOf({ from, to }: ReportOptions): Span | null {
  if (from === undefined && to === undefined) return null;
  return {
    start_ms: from === undefined ? LIMITS.time_earliest_ms : parseVietnam(from),
    end_ms: to === undefined ? Date.now() : parseVietnam(to),
  };
}
