import { Command, Option } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { addUnit } from '../people/add-unit.ts';
import { unitByCode } from '../people/unit-by-code.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

const EXAMPLES = `
Examples:
  $ minhchung unit add --code TH --name 'Thanh Hoá' --level province
  $ minhchung unit add --code HAC-THANH --name 'Phường Hạc Thành' --level ward --parent TH
`;

interface AddOptions {
  readonly code: string;
  readonly name: string;
  readonly level: 'province' | 'ward';
  readonly parent?: string;
}

/** `minhchung unit add` */
export function unitCommand(context: CommandContext): Command {
  const add = new Command('add')
    .description('add a province or a ward')
    .requiredOption('--code <code>', 'unaccented letters and digits, as printed in request numbers')
    .requiredOption('--name <name>', 'full name')
    .addOption(
      new Option('--level <level>', 'what it is').choices(['province', 'ward']).makeOptionMandatory(),
    )
    .option('--parent <code>', 'province above a ward')
    .addHelpText('after', EXAMPLES)
    .action(async (options: AddOptions, command: Command) => {
      const now_ms = Date.now();
      const unit = await withStore(settingsOf(command, context), async (store) => {
        const parent = options.parent === undefined ? null : await unitByCode(store, options.parent);
        const wish = { code: options.code, name: options.name, level: options.level };
        return addUnit(
          store,
          { ...wish, parent_id: parent?.id ?? null, valid_from_ms: now_ms },
          { actor: null, now_ms },
        );
      });
      if (wantsJson(command)) printJson(context, { unit });
      else printLines(context, `Đã tạo đơn vị · Added unit ${unit.code} ${unit.name}`);
    });
  return new Command('unit').description('provinces and wards').addCommand(add);
}
