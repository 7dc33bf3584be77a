import { changeUnit, createUnit } from '@minhchung/registry';
import { Command, Option } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { unitByCode } from '../people/unit-by-code.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { dayOf, operator } from './unit-words.ts';

interface AddOptions {
  readonly code: string;
  readonly name: string;
  readonly level: 'province' | 'ward';
  readonly parent?: string;
  readonly from?: string;
  readonly to?: string;
}

/** `minhchung unit add` */
export function addUnitCommand(context: CommandContext): Command {
  return new Command('add')
    .description('add a province or a ward')
    .requiredOption('--code <code>', 'unaccented letters and digits, as printed in request numbers')
    .requiredOption('--name <name>', 'full name; names may repeat')
    .addOption(
      new Option('--level <level>', 'what it is').choices(['province', 'ward']).makeOptionMandatory(),
    )
    .option('--parent <code>', 'province above a ward')
    .option('--from <day>', 'first day; otherwise from now on')
    .option('--to <day>', 'day it ends on')
    .action(async (options: AddOptions, command: Command) => {
      const { by, newId } = operator();
      const { code, name, level } = options;
      const valid_from_ms = options.from === undefined ? by.now_ms : dayOf(options.from);
      const valid_to_ms = options.to === undefined ? null : dayOf(options.to);
      const unit = await withStore(settingsOf(command, context), async (store) => {
        const parent = options.parent === undefined ? null : await unitByCode(store, options.parent);
        const wish = { code, name, level, parent_id: parent?.id ?? null, valid_from_ms, valid_to_ms };
        return createUnit({ store, newId })(by, wish);
      });
      if (wantsJson(command)) printJson(context, { unit });
      else printLines(context, `Đã tạo đơn vị · Added unit ${unit.code} ${unit.name}`);
    });
}

interface ChangeOptions {
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
}

/** `minhchung unit change` */
export function changeUnitCommand(context: CommandContext): Command {
  return new Command('change')
    .description('change the name or the validity of the newest unit with this code')
    .argument('<code>', 'code of the unit')
    .option('--name <name>', 'new name')
    .option('--from <day>', 'first day')
    .option('--to <day>', 'day it ends on; "none": it has no end')
    .action(async (code: string, options: ChangeOptions, command: Command) => {
      const { by, newId } = operator();
      const change = {
        name: options.name,
        valid_from_ms: options.from === undefined ? undefined : dayOf(options.from),
        valid_to_ms: options.to === undefined ? undefined : options.to === 'none' ? null : dayOf(options.to),
      };
      const unit = await withStore(settingsOf(command, context), async (store) =>
        changeUnit({ store, newId })(by, (await unitByCode(store, code)).id, change),
      );
      if (wantsJson(command)) printJson(context, { unit });
      else printLines(context, `Đã sửa đơn vị · Changed unit ${unit.code} ${unit.name}`);
    });
}
