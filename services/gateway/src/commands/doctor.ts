import { Command } from 'commander';
import type { Finding } from '../doctor/finding.ts';
import { type CommandContext, EXIT, printJson, printLines, settingsOf, wantsJson } from './context.ts';

const MARKS: Readonly<Record<Finding['verdict'], string>> = { good: '✓', warn: '!', bad: '✗', unknown: '?' };

/** `minhchung doctor` */
export function doctorCommand(context: CommandContext): Command {
  return new Command('doctor')
    .description('say in words what is missing on this machine; exit code 1 when something is')
    .action(async (_options, command: Command) => {
      const settings = settingsOf(command, context);
      const { examine } = await import('../doctor/examine.ts');
      const findings = await examine(settings);
      const is_well = findings.every((one) => one.verdict !== 'bad');
      if (wantsJson(command)) printJson(context, { ok: is_well, findings });
      else
        printLines(
          context,
          ...findings.flatMap(linesOf),
          is_well ? 'Đủ để chạy · Fit to run' : 'Còn thiếu · Something is missing',
        );
      context.setExitCode(is_well ? EXIT.ok : EXIT.no);
    });
}

function linesOf({ about, verdict, text }: Finding): string[] {
  const lines = [`${MARKS[verdict]} ${about.padEnd(26)} ${text.vi}`];
  return text.vi === text.en ? lines : [...lines, `${' '.repeat(29)}${text.en}`];
}
