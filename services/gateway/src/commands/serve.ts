import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Settings } from '@minhchung/settings';
import { Command, Option } from 'commander';
import { createLogger } from '../composition/logger.ts';
import { withStore } from '../composition/open-store.ts';
import { PROCESS_ROLES, type ProcessRole, parseRoles } from '../process/roles.ts';
import { runRole } from '../process/run-role.ts';
import { type Part, supervise } from '../process/supervise.ts';
import { type CommandContext, EXIT, printJson, printLines, settingsOf, wantsJson } from './context.ts';

const EXAMPLES = `
One role runs in this process; several run as a tree of processes, each started again when it crashes. Ctrl-C and
SIGTERM end everything in order. The database is brought up to date first.

Examples:
  $ minhchung serve                              all roles: one ward, one machine
  $ minhchung serve --roles api --config api.yaml
  $ minhchung serve --roles poller,extractor     a second machine, against PostgreSQL
`;

interface ServeOptions {
  readonly roles: string;
  readonly supervised?: boolean;
}

const MAIN = join(import.meta.dirname, '../main.ts');

/** `minhchung serve` */
export function serveCommand(context: CommandContext): Command {
  return new Command('serve')
    .description('run the API, the poller and the extractor')
    .option('--roles <list>', `which of ${PROCESS_ROLES.join(', ')}`, PROCESS_ROLES.join(','))
    .addOption(new Option('--supervised', 'started by the supervisor').hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(async (options: ServeOptions, command: Command) => {
      const roles = parseRoles(options.roles);
      const settings = settingsOf(command, context);
      const is_child = options.supervised === true;
      if (!is_child) await withStore(settings, async () => {});

      const waiting = new Set<ProcessRole>(roles);
      let api_url: string | null = null;
      const ready = (role: ProcessRole, url: string | null) => {
        if (is_child) process.send?.({ type: 'ready', url });
        api_url = url ?? api_url;
        if (waiting.delete(role) && waiting.size === 0 && !is_child) announce(roles, api_url, settings);
      };
      const announce = (all: readonly ProcessRole[], url: string | null, { api }: Settings) => {
        if (wantsJson(command)) return printJson(context, { ready: true, roles: all, api_url: url });
        printLines(context, `Đang chạy · Running: ${all.join(', ')}`);
        if (url !== null) printLines(context, `API: ${url}${api.docs ? '/docs' : '/api'}`);
      };

      const [only, ...others] = roles;
      if (only !== undefined && others.length === 0) {
        await runRole(only, settings, context.signal, (url) => ready(only, url));
        return;
      }
      const logger = createLogger(settings, 'supervisor');
      const parts = roles.map((role) => partOf(role, command));
      const code = await supervise(parts, {
        signal: context.signal,
        onReady: (part, url) => ready(part.name as ProcessRole, url),
        onCrash: (part, how, restart_in_ms) =>
          logger.error({ crashed: part.name, how, restart_in_ms }, 'crashed'),
      });
      if (code !== 0) context.setExitCode(code === EXIT.misuse ? EXIT.misuse : EXIT.failed);
    });
}

/** The same program with one role, settings handed on. */
function partOf(role: ProcessRole, command: Command): Part {
  const { config } = command.optsWithGlobals<{ config?: string }>();
  const args = [
    'serve',
    '--supervised',
    '--roles',
    role,
    ...(config === undefined ? [] : ['--config', config]),
  ];
  return {
    name: role,
    start: () => fork(MAIN, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  };
}
