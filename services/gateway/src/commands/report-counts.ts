import { type CountWish, counted } from '@minhchung/accounting';
import type { Settings } from '@minhchung/settings';
import type { MonthCounts, Store } from '@minhchung/store';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { unitByCode } from '../people/unit-by-code.ts';
import { everyRow } from '../reports/every.ts';
import { spanBetween, unitIdsOf } from '../reports/scope.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';
import { dayOf } from './unit-words.ts';

interface CountOptions {
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
}

const REQUESTS = 'yêu cầu · requests';
const REQUESTED = 'camera · requested';
const DELIVERED = 'giao · delivered';
const UNCONFIRMED = 'không xác nhận · unconfirmed';
const REFUSED_LATE = 'giao rồi từ chối · delivered, then refused';
const APPROVED = 'duyệt · approved';

/** `minhchung report requests` */
export function requestsCommand(context: CommandContext): Command {
  return filtered(new Command('requests'))
    .description('requests and items per case')
    .action(async (options: CountOptions, command: Command) => {
      const cases = await withWish(settingsOf(command, context), options, (store, wish) =>
        everyRow((page) => counted({ store, time: SYSTEM_TIME }).perCase(wish, page)),
      );
      if (wantsJson(command)) return printJson(context, { cases });
      const header = ['hồ sơ · case', REQUESTS, REQUESTED, APPROVED, DELIVERED, UNCONFIRMED, REFUSED_LATE];
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

/** `minhchung report units` */
export function unitCountsCommand(context: CommandContext): Command {
  return filtered(new Command('units'))
    .description('requests and items per unit, under the map of then or of a day')
    .action(async (options: CountOptions, command: Command) => {
      const units = await withWish(settingsOf(command, context), options, (store, wish) =>
        counted({ store, time: SYSTEM_TIME }).perUnit(wish),
      );
      if (wantsJson(command)) return printJson(context, { units });
      const header = ['mã · code', 'đơn vị · unit', REQUESTS, REQUESTED, APPROVED, DELIVERED];
      const rows = units.map((one) => [
        one.unit_code,
        one.unit_name,
        one.requests,
        one.requested,
        one.approved,
        one.delivered,
      ]);
      printLines(context, ...table(header, rows), ...mapNote(options));
    });
}

/** `minhchung report counts` */
export function countsCommand(context: CommandContext): Command {
  return filtered(new Command('counts'))
    .description('totals, and by month')
    .action(async (options: CountOptions, command: Command) => {
      const report = await withWish(settingsOf(command, context), options, async (store, wish) => ({
        totals: await counted({ store, time: SYSTEM_TIME }).totals(wish),
        months: await monthsOf(store, wish),
      }));
      if (wantsJson(command)) return printJson(context, report);
      const months = report.months.map((one) => [one.month, one.requests, one.requested, one.delivered]);
      const { not_assignable, ...totals } = { not_assignable: null, ...report.totals };
      const unsure = Object.entries(not_assignable ?? {}).filter(([, count]) => count > 0);
      printLines(
        context,
        ...table(['', 'tổng · total'], Object.entries(totals)),
        ...(unsure.length > 0 ? ['', ...table(['không xác định · not assignable', ''], unsure)] : []),
        '',
        ...table(['tháng · month', REQUESTS, REQUESTED, DELIVERED], months),
        ...mapNote(options),
      );
    });
}

/** Months of all units together. */
async function monthsOf(store: Store, wish: CountWish): Promise<MonthCounts[]> {
  const months = new Map<string, MonthCounts>();
  for (const { month, requests, requested, delivered } of await counted({
    store,
    time: SYSTEM_TIME,
  }).perMonth(wish)) {
    const sum = months.get(month) ?? { month, requests: 0, requested: 0, delivered: 0 };
    months.set(month, {
      month,
      requests: sum.requests + requests,
      requested: sum.requested + requested,
      delivered: sum.delivered + delivered,
    });
  }
  return [...months.values()];
}

function mapNote({ asOf }: CountOptions): string[] {
  return asOf === undefined ? [] : ['', `Theo bản đồ đơn vị ngày ${asOf} · Under the map of ${asOf}`];
}

function filtered(command: Command): Command {
  return command
    .option('--unit <code>', 'one unit with all below it; otherwise every unit')
    .option('--from <time>', "first instant, Vietnam time, e.g. '01/01/2026 00:00'")
    .option('--to <time>', 'first instant after the end')
    .option(
      '--as-of <day>',
      'read under the map of that day; otherwise under each unit as it was when counted',
    );
}

function withWish<T>(
  settings: Settings,
  options: CountOptions,
  run: (store: Store, wish: CountWish) => Promise<T>,
): Promise<T> {
  const span = spanBetween(options.from, options.to, Date.now());
  const as_of_ms = options.asOf === undefined ? undefined : dayOf(options.asOf);
  return withStore(settings, async (store) => {
    const scope = await unitIdsOf(store, undefined);
    // A code may have been used again: the unit meant is the one of the map that is read.
    const unit_id =
      options.unit === undefined ? undefined : (await unitByCode(store, options.unit, as_of_ms)).id;
    return run(store, { scope, unit_id, as_of_ms, ...(span === null ? {} : { span }) });
  });
}
