import { type Action, CodedError, type ExtractionRequest, formatVietnam } from '@minhchung/domain';
import { giveUpStuck, listStuckItems, retryStuck, type StuckAct } from '@minhchung/extraction';
import type { Store } from '@minhchung/store';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { everyRow } from '../reports/every.ts';
import { unitIdsOf } from '../reports/scope.ts';
import { actingAccount } from './acting-account.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

const EXAMPLES = `
Examples:
  $ minhchung items                                        what stopped, why, and what to do next
  $ minhchung items retry 01K… --account an                     try it again, once the cause is mended
  $ minhchung items give-up 01K… --account an --reason 'Đầu ghi hỏng'
`;

/** `minhchung items`: items that stopped and wait for a person. */
export function itemsCommand(context: CommandContext): Command {
  const retry = new Command('retry')
    .description('try an item again that stopped, with new attempts')
    .argument('<id>', 'the item')
    .requiredOption('--account <login>', 'the account under whose name the trail keeps it')
    .action(async (id: string, { account }: { readonly account: string }, command: Command) => {
      await perform(context, command, { id, login: account, action: 'item.retry' }, (store, act) =>
        retryStuck({ store, time: SYSTEM_TIME })(act),
      );
      print(context, command, id, 'Sẽ được thử lại · It is tried again');
    });
  const give_up = new Command('give-up')
    .description('end an item that stopped or waits as not obtained; it is counted as such')
    .argument('<id>', 'the item')
    .requiredOption('--account <login>', 'the account under whose name the trail keeps it')
    .requiredOption('--reason <text>', 'why; people read it')
    .action(async (id: string, options: { readonly account: string; readonly reason: string }, command) => {
      await perform(context, command, { id, login: options.account, action: 'item.give_up' }, (store, act) =>
        giveUpStuck({ store, time: SYSTEM_TIME })(act, options.reason),
      );
      print(context, command, id, 'Đã thôi · Given up');
    });
  return new Command('items')
    .description('items that stopped and wait for a person: why, and what to do next')
    .option('--unit <code>', 'of requests of this unit and those below it')
    .addHelpText('after', EXAMPLES)
    .action(async ({ unit }: { readonly unit?: string }, command: Command) => list(context, command, unit))
    .addCommand(retry)
    .addCommand(give_up);
}

async function list(context: CommandContext, command: Command, unit: string | undefined): Promise<void> {
  const items = await withStore(settingsOf(command, context), async (store) => {
    const unit_ids = await unitIdsOf(store, unit);
    return everyRow((page) => listStuckItems({ store })(unit_ids, page));
  });
  if (wantsJson(command)) return printJson(context, { items });
  if (items.length === 0) {
    return printLines(context, 'Không có lượt nào chờ người xử lý. · No item waits for a person.');
  }
  for (const { id, request_number, camera_code, reason, next_step, since_ms, overwrite_at_ms } of items) {
    const until = overwrite_at_ms === null ? '?' : formatVietnam(overwrite_at_ms);
    printLines(
      context,
      `${id} · ${request_number} · ${camera_code} · ${formatVietnam(since_ms)} · bị ghi đè · overwritten: ${until}`,
      `    ${reason?.text.vi ?? ''}`,
      `    ${reason?.text.en ?? ''}`,
      `    → ${next_step.vi}`,
      `    → ${next_step.en}`,
    );
  }
}

async function perform(
  context: CommandContext,
  command: Command,
  { id, login, action }: { readonly id: string; readonly login: string; readonly action: Action },
  run: (store: Store, act: StuckAct) => Promise<void>,
): Promise<void> {
  await withStore(settingsOf(command, context), async (store) => {
    const { actor, unit_ids } = await actingAccount(store, login, action, SYSTEM_TIME.now_ms());
    const item = await store.items.byId(id);
    if (item === null) throw new CodedError('NOT_FOUND', { what: 'item', id });
    const request = (await store.requests.byId(item.request_id)) as ExtractionRequest;
    if (!unit_ids.includes(request.unit_id))
      throw new CodedError('FORBIDDEN_UNIT', { action, unit: request.unit_id });
    await run(store, { actor, item, request, performed_by: 'command' });
  });
}

function print(context: CommandContext, command: Command, id: string, text: string): void {
  if (wantsJson(command)) printJson(context, { id });
  else printLines(context, `${text}: ${id}`);
}
