/**
 * A temporary PostgreSQL cluster for tests, out of Debian's package: own folder, unix socket only, gone at the
 * end. Tests of other rooms import it by relative path.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const BIN = '/usr/lib/postgresql/15/bin';
const READY = 'database system is ready to accept connections';

export interface PostgresServer {
  /** Makes a database, empty or as a copy of another, and returns its connection string. */
  createDatabase(template?: string): Promise<string>;
  /** Connection string of a database by its name. */
  connectionString(database: string): string;
  stop(): Promise<void>;
}

/** Throws a sentence that names the package when PostgreSQL 15 is not installed. */
export async function startPostgres(): Promise<PostgresServer> {
  if (!existsSync(`${BIN}/postgres`)) {
    throw new Error(
      'PostgreSQL 15 is missing: install it with "apt-get install postgresql-15" and test again',
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'mc-pg-'));
  try {
    // The server refuses to run as root and to read a folder that others may read.
    if (asUser.length > 0) await run('chown', ['postgres:postgres', folder]);
    await chmod(folder, 0o700);
    // A locale that orders texts unlike bytes shows whether a list depends on the database's locale.
    const locale = ['--locale-provider=icu', '--icu-locale=vi', '--locale=C.UTF-8', '--encoding=UTF8'];
    const data = join(folder, 'data');
    await command('initdb', '--pgdata', data, '--username=postgres', '--auth=trust', '--no-sync', ...locale);
    const server = await start(data, folder);
    return serving(server, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** As root the server runs as the user that Debian's package made for it. */
const asUser =
  process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] : [];

async function command(program: string, ...args: string[]): Promise<void> {
  const [first, ...rest] = [...asUser, `${BIN}/${program}`, ...args];
  await run(first!, rest, { cwd: '/' });
}

async function start(data: string, folder: string): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'max_connections=60',
  ];
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const [first, ...rest] = [...asUser, `${BIN}/postgres`, ...args];
  const server = spawn(first!, rest, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  for await (const line of createInterface({ input: server.stderr! })) {
    said.push(line);
    if (line.includes(READY)) {
      server.stderr!.resume();
      return server;
    }
  }
  throw new Error(`PostgreSQL did not start: ${said.join('\n')}`);
}

function serving(server: ChildProcess, folder: string): PostgresServer {
  const connectionString = (database: string) =>
    `postgresql://postgres@/${database}?host=${encodeURIComponent(folder)}`;
  const kill = () => server.kill('SIGINT');
  process.once('exit', kill);
  let databases = 0;
  return {
    connectionString,

    async createDatabase(template = 'template0') {
      databases += 1;
      const name = `test_${databases}`;
      const client = new pg.Client({ connectionString: connectionString('postgres') });
      await client.connect();
      try {
        await client.query(`create database ${name} template ${template}`);
      } finally {
        await client.end();
      }
      return connectionString(name);
    },

    async stop() {
      process.off('exit', kill);
      const ended = new Promise((resolve) => server.once('exit', resolve));
      // Fast shutdown: open connections are closed, nothing is waited for.
      kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
