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
      const [only, ...others] = roles;
      if (only !== undefined && options.supervised === true) {
        await runRole(only, settings, context.signal, (url) => process.send?.({ type: 'ready', url }));
        return;
      }
      await withStore(settings, async () => {});
      const announce = announcer(roles, settings, context, wantsJson(command));
      if (only !== undefined && others.length === 0) {
        await runRole(only, settings, context.signal, (url) => announce(only, url));
        return;
      }
      const logger = createLogger(settings, 'supervisor');
      const code = await supervise(childrenOf(roles, command), {
        signal: context.signal,
        onReady: (part, url) => announce(part.name as ProcessRole, url),
        onCrash: (part, how, restart_in_ms) =>
          logger.error({ crashed: part.name, how, restart_in_ms }, 'crashed'),
      });
      if (code !== 0) context.setExitCode(code === EXIT.misuse ? EXIT.misuse : EXIT.failed);
    });
}

/** Says once, when every role is ready, what runs and where the API is. */
function announcer(
  roles: readonly ProcessRole[],
  settings: Settings,
  context: CommandContext,
  as_json: boolean,
): (role: ProcessRole, url: string | null) => void {
  const waiting = new Set(roles);
  let api_url: string | null = null;
  return (role, url) => {
    api_url ??= url;
    if (!waiting.delete(role) || waiting.size > 0) return;
    if (as_json) return printJson(context, { ready: true, roles, api_url });
    printLines(context, `Đang chạy · Running: ${roles.join(', ')}`);
    if (api_url !== null) printLines(context, `API: ${api_url}${settings.api.docs ? '/docs' : '/api'}`);
  };
}

/** The same program once for each role, settings handed on. */
function childrenOf(roles: readonly ProcessRole[], command: Command): Part[] {
  const { config } = command.optsWithGlobals<{ config?: string }>();
  const config_args = config === undefined ? [] : ['--config', config];
  return roles.map((role) => ({
    name: role,
    start: () =>
      fork(MAIN, ['serve', '--supervised', '--roles', role, ...config_args], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        // A poll leaves little behind: a small young generation keeps a poller's memory small (docs/design/polling.md).
        execArgv: [...process.execArgv, ...(role === 'poller' ? ['--max-semi-space-size=8'] : [])],
      }),
  }));
}
