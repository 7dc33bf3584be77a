import { Command } from 'commander';
import { createLogger } from '../composition/logger.ts';
import { withStore } from '../composition/open-store.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

/** `minhchung poll` */
export function pollCommand(context: CommandContext): Command {
  return new Command('poll')
    .description('ask every recorder once, now: state, clock, what it still holds')
    .action(async (_options, command: Command) => {
      const settings = settingsOf(command, context);
      await withStore(settings, async () => {});
      const { sweepOnce } = await import('../composition/poller-role.ts');
      const report = await sweepOnce(settings, createLogger(settings, 'poll'), context.signal);
      if (wantsJson(command)) return printJson(context, report);
      const states = Object.entries(report.by_state);
      printLines(
        context,
        `Đầu ghi · recorders ${report.recorders}, camera ${report.cameras}, thay đổi · changes ${report.changes}, ` +
          `lỗi hệ thống · faults ${report.faults}, ${report.duration_ms} ms`,
        ...table(['trạng thái · state', 'camera'], states),
      );
    });
}
