import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClient, readHealth } from '@minhchung/contract';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The command a person would type. */
export const MINHCHUNG = join(ROOT, 'services/gateway/bin/minhchung');

const START_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 15_000;

/** Where the demo's service keeps everything, and how it is configured. */
export interface Site {
  readonly directory: string;
  readonly config_file: string;
  readonly base_url: string;
  readonly key_dir: string;
}

/** Writes the settings of a service of its own below `directory`, on a free port of loopback. */
export async function prepareSite(directory: string): Promise<Site> {
  const port = await freePort();
  const config_file = join(directory, 'site.yaml');
  await mkdir(directory, { recursive: true });
  await writeFile(
    config_file,
    [
      `data_dir: ${JSON.stringify(join(directory, 'data'))}`,
      'api:',
      '  host: 127.0.0.1',
      `  port: ${port}`,
      'registry:',
      `  recording_roots: [${JSON.stringify(join(directory, 'folders'))}]`,
      'devices:',
      '  # The simulated devices answer on this very machine.',
      '  allowed_networks: [127.0.0.0/8]',
      'poller:',
      '  # The simulated devices run on this very machine, so its clock is true by definition.',
      '  host_clock: trusted',
      '  host_bound_ms: 5',
      'extraction:',
      '  idle_ms: 200',
      '  retry_delay_ms: 60000',
      '',
    ].join('\n'),
  );
  return {
    directory,
    config_file,
    base_url: `http://127.0.0.1:${port}`,
    key_dir: join(directory, 'data', 'keys'),
  };
}

/** A running `minhchung serve`. */
export interface Service {
  /** Rejects when the service ended although nobody asked it to. */
  readonly ended: Promise<never>;
  stop(): Promise<void>;
}

/** Starts the whole process tree and waits until the API answers. Its log goes to `service.log` of the site. */
export async function startService(site: Site): Promise<Service> {
  const log = createWriteStream(join(site.directory, 'service.log'), { flags: 'a' });
  const child = spawn(MINHCHUNG, ['serve', '--config', site.config_file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that Ctrl-C reaches the demo first and it can end things in order.
    detached: true,
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  let stopping = false;
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const ended = exited.then((code): never => {
    if (stopping) return undefined as never;
    throw new Error(`the service ended with code ${code}; see ${join(site.directory, 'service.log')}`);
  });
  ended.catch(() => undefined);
  await Promise.race([answers(site), ended]);
  return {
    ended,
    async stop() {
      stopping = true;
      await stopChild(child, exited);
      log.end();
    },
  };
}

async function answers(site: Site): Promise<void> {
  const client = createClient({ base_url: site.base_url, deadline_ms: 1000 });
  const give_up_ms = Date.now() + START_DEADLINE_MS;
  for (;;) {
    try {
      await client.call(readHealth);
      return;
    } catch (error) {
      if (Date.now() > give_up_ms) throw error;
      await sleep(100);
    }
  }
}

async function stopChild(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  const in_time = await Promise.race([
    exited.then(() => true),
    sleep(STOP_DEADLINE_MS, false, { ref: false }),
  ]);
  if (in_time) return;
  child.kill('SIGKILL');
  await exited;
}

/** What a finished command printed and how it ended. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `minhchung …` as a person would; `input` goes to its standard input. */
export function runCommand(args: readonly string[], input = ''): Promise<CommandResult> {
  return new Promise((done, fail) => {
    const child = execFile(MINHCHUNG, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code !== 'number') fail(error);
      else done({ code, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
