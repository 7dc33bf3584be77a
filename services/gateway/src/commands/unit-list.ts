import { isUnitValidAt, type Unit } from '@minhchung/domain';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { everyRow } from '../reports/every.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';
import { dayOf, shortTime } from './unit-words.ts';

const HEADER = ['mã · code', 'tên · name', 'cấp · level', 'từ · from', 'đến · to', 'thành · into'];

/** `minhchung unit list` */
export function listUnitsCommand(context: CommandContext): Command {
  return new Command('list')
    .description('units in order of code, ended ones too')
    .option('--at <day>', 'only those that exist on that day')
    .action(async (options: { readonly at?: string }, command: Command) => {
      const at_ms = options.at === undefined ? null : dayOf(options.at);
      const all = await withStore(settingsOf(command, context), (store) =>
        everyRow((page) => store.units.list(page)),
      );
      const units = all.filter((unit) => at_ms === null || isUnitValidAt(unit, at_ms));
      if (wantsJson(command)) return printJson(context, { units });
      const codes = new Map(all.map((unit) => [unit.id, unit.code]));
      const row = (unit: Unit) => [
        unit.code,
        unit.name,
        unit.level,
        shortTime(unit.valid_from_ms),
        shortTime(unit.valid_to_ms),
        unit.successor_ids.map((id) => codes.get(id) ?? id).join(', '),
      ];
      printLines(context, ...table(HEADER, units.map(row)));
    });
}
