import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.ts';
import { calibrateCommand } from './calibrate.ts';
import { certificateCommand } from './certificate.ts';
import { clockCommand } from './clock.ts';
import { type CommandContext, EXIT } from './context.ts';
import { discoverCommand } from './discover.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { extractCommand } from './extract.ts';
import { importCommand } from './import.ts';
import { itemsCommand } from './items.ts';
import { keysCommand } from './keys.ts';
import { migrateCommand } from './migrate.ts';
import { ownersCommand } from './owners.ts';
import { pollCommand } from './poll.ts';
import { printError } from './print-error.ts';
import { probeCommand } from './probe.ts';
import { reportCommand } from './report.ts';
import { requestsCommand } from './requests.ts';
import { serveCommand } from './serve.ts';
import { settingsCommand } from './settings.ts';
import { unitCommand } from './unit.ts';
import { userCommand } from './user.ts';
import { verifyCommand } from './verify.ts';
import { worklistCommand } from './worklist.ts';

const COMMANDS = [
  serveCommand,
  migrateCommand,
  unitCommand,
  userCommand,
  ownersCommand,
  importCommand,
  exportCommand,
  pollCommand,
  probeCommand,
  discoverCommand,
  certificateCommand,
  calibrateCommand,
  extractCommand,
  requestsCommand,
  itemsCommand,
  verifyCommand,
  reportCommand,
  worklistCommand,
  clockCommand,
  doctorCommand,
  settingsCommand,
  keysCommand,
];

const AFTER_HELP = `
Bắt đầu · First steps:
  $ minhchung doctor                                     is everything there?
  $ minhchung unit add --code TH --name 'Thanh Hoá' --level province
  $ minhchung user add --login quantri --badge QT-001 --name 'Lê Thị Quản Trị' --role administrator@TH
  $ minhchung serve                                      API, poller and extractor together

Cấu hình · Settings:
  config/default.yaml explains every option. --config FILE goes over it, MINHCHUNG_<SECTION>__<KEY> over both.

Mã thoát · Exit codes:
  0 done   1 done, and the answer is no   2 command line or settings wrong, nothing was done   3 failed
`;

/** The command line. `run` never throws: it prints what went wrong, in both languages, and sets the exit code. */
export async function runProgram(args: readonly string[], context: CommandContext): Promise<void> {
  const program = new Command('minhchung')
    .description(
      'Tìm camera, trích xuất và bàn giao hình ảnh có thể kiểm chứng.\nFinds cameras, and fetches footage that a stranger can check.',
    )
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'explain the command')
    .option('--config <file>', 'settings of this site (YAML)')
    .option('--json', 'answer for a program: one JSON object, or one a line')
    .addHelpText('after', AFTER_HELP);
  for (const makeCommand of COMMANDS) program.addCommand(makeCommand(context));
  for (const command of everyCommand(program)) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => context.stdout.write(text),
        writeErr: (text) => context.stderr.write(text),
      });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      context.setExitCode(error.exitCode === 0 ? EXIT.ok : EXIT.misuse);
      return;
    }
    context.setExitCode(printError(error, context, args.includes('--json')));
  }
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
