import { reportYear, type YearUnderMap, yearUnderMap } from '@minhchung/accounting';
import { CodedError } from '@minhchung/domain';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { unitByCode } from '../people/unit-by-code.ts';
import { unitIdsOf } from '../reports/scope.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';
import { dayOf } from './unit-words.ts';

interface YearOptions {
  readonly unit?: string;
  readonly asOf?: string;
}

/** `minhchung report year` */
export function yearCommand(context: CommandContext): Command {
  return new Command('year')
    .description('the sentence in which a city reports its year')
    .argument('<year>', 'calendar year in Vietnam')
    .option('--unit <code>', 'one unit with all below it; otherwise every unit')
    .option(
      '--as-of <day>',
      'read under the map of that day, unit by unit; otherwise under each unit as it was',
    )
    .action(async (text: string, { unit, asOf }: YearOptions, command: Command) => {
      if (!/^20\d\d$/.test(text)) throw new CodedError('COMMAND_MISUSED', { reason: `"${text}" is no year` });
      const year = Number(text);
      const line = await withStore(settingsOf(command, context), async (store) => {
        const deps = { store, time: SYSTEM_TIME };
        if (asOf === undefined) return reportYear(deps)(year, await unitIdsOf(store, unit));
        const as_of_ms = dayOf(asOf);
        const unit_id = unit === undefined ? undefined : (await unitByCode(store, unit, as_of_ms)).id;
        return yearUnderMap(deps)(year, { as_of_ms, unit_id, scope: await unitIdsOf(store, undefined) });
      });
      if (wantsJson(command)) return printJson(context, line);
      const details = asOf === undefined ? [] : unitLines(line as YearUnderMap, asOf);
      printLines(context, line.sentence.vi, line.sentence.en, ...details);
    });
}

function unitLines({ units, not_assignable }: YearUnderMap, as_of: string): string[] {
  const header = ['mã · code', 'đơn vị · unit', 'mô hình · schemes', 'điểm · points', 'camera'];
  const rows = units.map((one) => [
    ...[one.unit_code, one.unit_name, one.schemes, one.sites, one.cameras],
    ...[one.extractions_delivered, one.incidents_clarified, one.tips, one.tips_of_value],
  ]);
  const more = ['giao · delivered', 'làm rõ · clarified', 'tin · tips', 'có giá trị · of value'];
  const unplaced = not_assignable.map(({ kind, name, unit_code }) => [kind, name, unit_code]);
  return [
    '',
    ...table([...header, ...more], rows),
    ...(unplaced.length > 0
      ? ['', ...table(['không xác định · not assignable', '', 'đơn vị · unit'], unplaced)]
      : []),
    '',
    `Theo bản đồ đơn vị ngày ${as_of} · Under the map of ${as_of}`,
  ];
}
