import { MEDIA_LIMITS } from '../limits.ts';
import { firstThatWorks } from './prefix.ts';
import type { ToolFiles } from './tool-files.ts';
import { findWalls, insideWalls, type Walls } from './walls.ts';

/** What can be held around a media tool, which parses files that nobody vouches for. */
export type SandboxLimit =
  | 'no_network'
  | 'own_files'
  | 'own_user'
  | 'no_privileges'
  | 'memory'
  | 'processor_time'
  | 'output_size'
  | 'open_files'
  | 'ends_with_parent'
  | 'low_priority';

/** Whether a limit holds on this machine, and what holds it or would. */
export interface SandboxReport {
  readonly limit: SandboxLimit;
  readonly holds: boolean;
  readonly by: string;
}

/** What this machine can hold; words put before a tool's own command, each replacing itself by the next. */
interface Sandbox {
  readonly priority: readonly string[];
  readonly resources: readonly string[];
  /** Null: no bubblewrap that works; then the next two do what they can. */
  readonly walls: Walls | null;
  readonly network: readonly string[];
  readonly lifetime: readonly string[];
}

/** Threads of one tool that may work at the same time; processor time counts them together. */
const THREADS_MAX = 8;
const WALLS = 'bwrap (apt-get install bubblewrap)';
let probed: Promise<Sandbox> | undefined;

/** Which limits hold around media tools here, for `doctor`. Never throws: what is missing is reported. */
export async function describeSandbox(): Promise<readonly SandboxReport[]> {
  const { priority, resources, walls, network, lifetime } = await probe();
  const has_resources = resources.length > 0;
  const has_walls = walls !== null;
  return [
    {
      limit: 'no_network',
      holds: has_walls || network.length > 0,
      by: has_walls ? 'bwrap' : 'unshare --net',
    },
    { limit: 'own_files', holds: has_walls, by: WALLS },
    { limit: 'own_user', holds: walls?.user_id !== null && has_walls, by: ownUserBy(walls) },
    { limit: 'no_privileges', holds: has_walls || lifetime.includes('--no-new-privs'), by: 'bwrap, setpriv' },
    { limit: 'memory', holds: has_resources, by: 'prlimit --as' },
    { limit: 'processor_time', holds: has_resources, by: 'prlimit --cpu' },
    { limit: 'output_size', holds: has_resources, by: 'prlimit --fsize' },
    { limit: 'open_files', holds: has_resources, by: 'prlimit --nofile' },
    {
      limit: 'ends_with_parent',
      holds: has_walls || lifetime.length > 0,
      by: has_walls ? 'bwrap --die-with-parent' : 'setpriv --pdeathsig',
    },
    { limit: 'low_priority', holds: priority.length > 0, by: 'nice' },
  ];
}

/** The user a tool runs as, to whom its output must belong; null: the one who asks. */
export async function sandboxUser(): Promise<number | null> {
  return (await probe()).walls?.user_id ?? null;
}

/**
 * The command that starts `program` (absolute) within whatever limits this machine can hold, able to reach no files
 * but those named.
 */
export async function sandboxedCommand(
  program: string,
  deadline_ms: number,
  files: ToolFiles,
): Promise<string[]> {
  const { priority, resources, walls, network, lifetime } = await probe();
  // Processor time of all threads together; the deadline is of the wall clock.
  const processor_s = Math.ceil(deadline_ms / 1000) * THREADS_MAX;
  const limited = resources.length > 0 ? [...resources, `--cpu=${processor_s}`, '--'] : [];
  const walled = walls === null ? [...network, ...lifetime] : await insideWalls(walls, program, files);
  return [...priority, ...limited, ...walled, program];
}

function ownUserBy(walls: Walls | null): string {
  return walls !== null && walls.user_id !== null
    ? `setpriv --reuid ${walls.user_id}`
    : 'a service user of the extractor alone (systemd: User=)';
}

function probe(): Promise<Sandbox> {
  probed ??= (async () => {
    const [priority, resources, walls, network, lifetime] = await Promise.all([
      firstThatWorks([['nice', '-n', `${MEDIA_LIMITS.tool_niceness}`]]),
      firstThatWorks([
        [
          'prlimit',
          `--as=${MEDIA_LIMITS.tool_memory_bytes_max}`,
          `--fsize=${MEDIA_LIMITS.tool_output_bytes_max}`,
          `--nofile=${MEDIA_LIMITS.tool_files_max}`,
          '--core=0',
        ],
      ]),
      findWalls(),
      firstThatWorks([
        ['unshare', '--net', '--'],
        ['unshare', '--map-root-user', '--net', '--'],
      ]),
      firstThatWorks([['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--']]),
    ]);
    return { priority, resources, walls, network, lifetime };
  })();
  return probed;
}
