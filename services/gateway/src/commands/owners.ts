import { randomBytes } from 'node:crypto';
import { formatVietnam, makeId } from '@minhchung/domain';
import { findWaitingLink, handOverLink, listWaitingLinks } from '@minhchung/registry';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { openOwnerTokens } from '../composition/owners.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { everyRow } from '../reports/every.ts';
import { unitIdsOf } from '../reports/scope.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

const EXAMPLES = `
Links go by mail where mail is configured and the owner has an address; these are left to a technician.

Examples:
  $ minhchung owners links                 who waits for a link
  $ minhchung owners links --show 01K…     prints one link, once, to be handed over
`;

interface LinksOptions {
  readonly unit?: string;
  readonly show?: string;
}

/** `minhchung owners links` */
export function ownersCommand(context: CommandContext): Command {
  const links = new Command('links')
    .description('links to owners that a technician hands over')
    .option('--unit <code>', 'of this unit and those below it')
    .option('--show <id>', 'print this link; it is shown once')
    .addHelpText('after', EXAMPLES)
    .action(async (options: LinksOptions, command: Command) => {
      if (options.show === undefined) await list(context, command, options.unit);
      else await show(context, command, options.show);
    });
  return new Command('owners').description('owners of cameras').addCommand(links);
}

async function list(context: CommandContext, command: Command, unit: string | undefined): Promise<void> {
  const found = await withStore(settingsOf(command, context), async (store) => {
    const unit_ids = await unitIdsOf(store, unit);
    return everyRow((page) => listWaitingLinks({ store })(unit_ids, page));
  });
  if (wantsJson(command)) {
    printJson(context, { links: found });
    return;
  }
  if (found.length === 0) {
    printLines(context, 'Không có liên kết nào chờ giao. · No link waits to be handed over.');
    return;
  }
  const rows = found.map(({ id, kind, owner_name, owner_phone, expires_at_ms }) => [
    ...[id, kind, owner_name, owner_phone ?? '', formatVietnam(expires_at_ms)],
  ]);
  const heads = ['mã · id', 'loại · kind', 'chủ · owner', 'điện thoại · phone', 'hết hạn · expires'];
  printLines(context, ...table(heads, rows));
}

async function show(context: CommandContext, command: Command, id: string): Promise<void> {
  const settings = settingsOf(command, context);
  const tokens = await openOwnerTokens(settings);
  const url = await withStore(settings, async (store) => {
    const newId = () => makeId(SYSTEM_TIME.now_ms(), randomBytes(10));
    const entry = await findWaitingLink({ store })(id);
    return handOverLink({ store, settings, tokens, newId, time: SYSTEM_TIME })(null, entry);
  });
  if (wantsJson(command)) printJson(context, { url });
  else printLines(context, url);
}
