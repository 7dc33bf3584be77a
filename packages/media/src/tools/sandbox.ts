import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MEDIA_LIMITS } from '../limits.ts';
import { findProgram } from './find-program.ts';

/** What can be held around a media tool, which parses files that nobody vouches for. */
export type SandboxLimit =
  | 'no_network'
  | 'memory'
  | 'processor_time'
  | 'output_size'
  | 'ends_with_parent'
  | 'low_priority'
  | 'own_user';

/** Whether a limit holds on this machine, and what holds it or would. */
export interface SandboxReport {
  readonly limit: SandboxLimit;
  readonly holds: boolean;
  readonly by: string;
}

/** Words put before a tool's own command; each of them replaces itself by the next. */
interface Sandbox {
  readonly network: readonly string[];
  readonly resources: readonly string[];
  readonly lifetime: readonly string[];
}

const run = promisify(execFile);
let probed: Promise<Sandbox> | undefined;

/** Which limits hold around media tools here, for `doctor`. Never throws: what is missing is reported. */
export async function describeSandbox(): Promise<readonly SandboxReport[]> {
  const { network, resources, lifetime } = await probe();
  const has_resources = resources.length > 0;
  return [
    { limit: 'no_network', holds: network.length > 0, by: 'unshare --net' },
    { limit: 'memory', holds: has_resources, by: 'prlimit --as' },
    { limit: 'processor_time', holds: has_resources, by: 'prlimit --cpu' },
    { limit: 'output_size', holds: has_resources, by: 'prlimit --fsize' },
    { limit: 'ends_with_parent', holds: lifetime.length > 0, by: 'setpriv --pdeathsig' },
    { limit: 'low_priority', holds: process.platform !== 'win32', by: 'setpriority' },
    { limit: 'own_user', holds: false, by: 'run the extractor under a user of its own' },
  ];
}

/** The command that starts `program` within whatever limits this machine can hold. */
export async function sandboxedCommand(program: string, deadline_ms: number): Promise<string[]> {
  const { network, resources, lifetime } = await probe();
  // Processor time of all threads together; the deadline is of the wall clock.
  const processor_s = Math.ceil(deadline_ms / 1000) * 8;
  const processor = resources.length > 0 ? [...resources, `--cpu=${processor_s}`, '--'] : [];
  return [...network, ...processor, ...lifetime, program];
}

function probe(): Promise<Sandbox> {
  probed ??= (async () => {
    const [network, resources, lifetime] = await Promise.all([
      firstThatWorks([
        ['unshare', '--net', '--'],
        ['unshare', '--map-root-user', '--net', '--'],
      ]),
      firstThatWorks([
        [
          'prlimit',
          `--as=${MEDIA_LIMITS.tool_memory_bytes_max}`,
          `--fsize=${MEDIA_LIMITS.tool_output_bytes_max}`,
          `--nofile=${MEDIA_LIMITS.tool_files_max}`,
          '--core=0',
        ],
      ]),
      firstThatWorks([['setpriv', '--pdeathsig', 'KILL', '--']]),
    ]);
    return { network, resources, lifetime };
  })();
  return probed;
}

/** The first of several prefixes that starts a harmless program, its own program made absolute; else none. */
async function firstThatWorks(prefixes: readonly (readonly string[])[]): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  for (const [name, ...options] of prefixes) {
    const program = await findProgram(name!);
    if (program === null) continue;
    const works = await run(program, [...options, 'true'], {
      timeout: MEDIA_LIMITS.version_deadline_ms,
    }).then(
      () => true,
      () => false,
    );
    if (works) return [program, ...options];
  }
  return [];
}
