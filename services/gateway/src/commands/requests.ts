import { randomBytes } from 'node:crypto';
import { decideByNumber } from '@minhchung/cases';
import { type Decision, formatVietnam, makeId, parseSpanText } from '@minhchung/domain';
import { Command, Option } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { createRoutePolicy } from '../policy/route-policy.ts';
import { actingAccount } from './acting-account.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

interface DecideOptions {
  readonly account: string;
  readonly verdict: Decision['verdict'];
  readonly reason: string;
  readonly part?: string;
}

const EXAMPLES = `
Examples:
  $ minhchung requests decide TX-2026-HT-000001 --account binh --verdict approved --reason 'Đúng hồ sơ'
  $ minhchung requests decide TX-2026-HT-000001 --account binh --verdict approved --reason 'Chỉ lúc va chạm' \\
      --part '2026-11-22 07:30:00 - 07:32:00'
`;

/** `minhchung requests`: deciding on requests at the command line, under the rules of the API. */
export function requestsCommand(context: CommandContext): Command {
  const decide = new Command('decide')
    .description('approve or refuse a request, the whole span or a part of it')
    .argument('<number>', 'number of the request')
    .requiredOption('--account <login>', 'the account that decides; the trail keeps its name')
    .addOption(
      new Option('--verdict <verdict>', 'the decision')
        .choices(['approved', 'refused'])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'why; people read it')
    .option('--part <span>', "with an approval: approve only this part, 'START - END'")
    .addHelpText('after', EXAMPLES)
    .action((number: string, options: DecideOptions, command: Command) =>
      decideAtCommandLine(context, command, number, options),
    );
  return new Command('requests').description('decide on requests').addCommand(decide);
}

async function decideAtCommandLine(
  context: CommandContext,
  command: Command,
  number: string,
  { account, verdict, reason, part }: DecideOptions,
): Promise<void> {
  const approved_span = part === undefined ? undefined : parseSpanText(part);
  const request = await withStore(settingsOf(command, context), async (store) => {
    const { actor } = await actingAccount(store, account, 'request.decide', SYSTEM_TIME.now_ms());
    const { ancestorsOf } = createRoutePolicy(store, SYSTEM_TIME);
    const newId = () => makeId(SYSTEM_TIME.now_ms(), randomBytes(10));
    const decide = decideByNumber({ store, time: SYSTEM_TIME, newId, ancestorsOf });
    await decide(actor, number, { verdict, reason, approved_span });
    return (await store.requests.byNumber(number))!;
  });
  const { state } = request;
  if (wantsJson(command)) return printJson(context, { number, verdict, state, part: approved_span ?? null });
  const words = verdict === 'approved' ? 'Đã duyệt · Approved' : 'Đã từ chối · Refused';
  const only = approved_span
    ? ` · ${formatVietnam(approved_span.start_ms)} – ${formatVietnam(approved_span.end_ms)}`
    : '';
  printLines(context, `${words}: ${number}${only}`, `Trạng thái · State: ${state}`);
}
