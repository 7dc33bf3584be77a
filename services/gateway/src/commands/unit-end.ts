import { CodedError } from '@minhchung/domain';
import { changeMap } from '@minhchung/registry';
import type { Store } from '@minhchung/store';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { dayOf, operator, shortTime } from './unit-words.ts';

interface EndOptions {
  readonly at: string;
  readonly into: readonly string[];
  readonly new: readonly string[];
}

/** `minhchung unit end` */
export function endUnitsCommand(context: CommandContext): Command {
  return new Command('end')
    .description('end units at a day: several into one is a merger, one into several a split')
    .argument('<code...>', 'codes of the units that end')
    .requiredOption('--at <day>', 'the first day on which they no longer exist')
    .option('--into <code...>', 'units that follow each of them', [])
    .option('--new <code=name...>', 'wards to create that day, below the same province', [])
    .action(async (codes: readonly string[], options: EndOptions, command: Command) => {
      const at_ms = dayOf(options.at);
      const wishes = options.new.map(newWard);
      const { by, newId } = operator();
      const units = await withStore(settingsOf(command, context), async (store) => {
        const old = [];
        for (const code of codes) old.push(await existingBefore(store, code, at_ms));
        const { level = 'ward', parent_id = null } = old[0] ?? {};
        return changeMap({ store, newId })(by, {
          at_ms,
          create: wishes.map((wish) => ({ ...wish, level, parent_id })),
          end: old.map((unit) => ({ unit_id: unit.id, successor_codes: options.into })),
        });
      });
      if (wantsJson(command)) return printJson(context, { units });
      const line = (one: (typeof units)[number]) =>
        one.valid_to_ms === at_ms
          ? `Kết thúc · Ended ${one.code} ${one.name} (${shortTime(one.valid_to_ms)})`
          : `Đã tạo · Added ${one.code} ${one.name}`;
      printLines(
        context,
        ...(units.length === 0 ? ['Không có gì thay đổi · Nothing changed'] : units.map(line)),
      );
    });
}

async function existingBefore(store: Store, code: string, at_ms: number) {
  const unit = await store.units.byCode(code, at_ms - 1);
  if (unit === null) throw new CodedError('UNKNOWN_UNIT', { unit: code });
  return unit;
}

function newWard(text: string): { readonly code: string; readonly name: string } {
  const [code = '', ...name] = text.split('=');
  if (code === '' || name.length === 0) throw new CodedError('COMMAND_MISUSED', { reason: `--new ${text}` });
  return { code, name: name.join('=') };
}
