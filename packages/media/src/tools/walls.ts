import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { firstThatWorks } from './prefix.ts';
import type { ToolFiles } from './tool-files.ts';

/** A file system, network and process table of a tool's own. */
export interface Walls {
  /** bubblewrap with all that does not depend on the tool. */
  readonly outer: readonly string[];
  /** Started inside, becomes the tool. */
  readonly inner: readonly string[];
  /** The user the tool runs as; null: the same as ours, without privileges. */
  readonly user_id: number | null;
}

/** Debian's `nobody`: owns nothing. */
const NOBODY_ID = 65_534;

/** Programs and libraries, read only. `/etc/alternatives` leads to libraries on Debian. */
const SYSTEM = [
  ...['--ro-bind', '/usr', '/usr'],
  ...['/bin', '/lib', '/lib64', '/etc/alternatives', '/etc/ld.so.cache'].flatMap((path) => [
    '--ro-bind-try',
    path,
    path,
  ]),
  ...['--dev', '/dev', '--chdir', '/', '--die-with-parent'],
];

/** As root: real separation by user. Root's one power left is to read: of the files it can see, its input. */
const AS_ROOT = {
  outer: [
    ...['bwrap', ...SYSTEM, '--unshare-net', '--unshare-ipc', '--unshare-pid', '--unshare-uts'],
    ...[
      '--cap-drop',
      'ALL',
      '--cap-add',
      'CAP_SETUID',
      '--cap-add',
      'CAP_SETGID',
      '--cap-add',
      'CAP_SETPCAP',
    ],
    ...['--cap-add', 'CAP_DAC_READ_SEARCH'],
  ],
  inner: [
    ...['setpriv', `--reuid=${NOBODY_ID}`, `--regid=${NOBODY_ID}`, '--clear-groups', '--no-new-privs'],
    ...['--inh-caps', '--ambient-caps', '--bounding-set'].map((set) => `${set}=-all,+dac_read_search`),
    '--',
  ],
};

/** As anybody else: a user namespace without any capability. */
const AS_USER = {
  outer: ['bwrap', ...SYSTEM, '--unshare-all', '--cap-drop', 'ALL'],
  inner: ['setpriv', '--no-new-privs', '--'],
};

/** The strongest walls that can be put up here; null: none. */
export async function findWalls(): Promise<Walls | null> {
  const is_root = process.getuid?.() === 0;
  for (const { outer, inner } of is_root ? [AS_ROOT, AS_USER] : [AS_USER]) {
    const works = await firstThatWorks([[...outer, '--', ...inner]]);
    if (works.length === 0) continue;
    const user_id = outer === AS_ROOT.outer ? NOBODY_ID : null;
    return { outer: works.slice(0, outer.length), inner, user_id };
  }
  return null;
}

/** Words before `program` that put it behind the walls, with its own files in reach at their usual paths. */
export async function insideWalls(
  { outer, inner }: Walls,
  program: string,
  { reads, writes }: ToolFiles,
): Promise<string[]> {
  // A tool that an administrator put elsewhere brings its libraries beside it.
  const homes = new Set([dirname(program), dirname(await realpath(program))]);
  const own = [...homes].filter((home) => home !== '/' && !home.startsWith('/usr/') && home !== '/bin');
  return [
    ...outer,
    ...own.flatMap((home) => ['--ro-bind', home, home]),
    ...reads.flatMap((path) => ['--ro-bind', path, path]),
    ...writes.flatMap((path) => ['--bind', path, path]),
    '--',
    ...inner,
  ];
}
