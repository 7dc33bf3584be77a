import { spawn } from 'node:child_process';
import { appendFile, copyFile, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { brokenFiles, ODD_NAMES } from './broken-files.ts';
import { makeVideo } from './good-video.ts';
import type { Outcome } from './outcome.ts';
import { playlists } from './playlists.ts';

export interface Sweep {
  readonly outcomes: readonly Outcome[];
  readonly names: { readonly broken: readonly string[]; readonly playlists: readonly string[] };
  /** Connections to the address that the playlists name. */
  readonly visitors: number;
  /** Files that appeared anywhere but where they were put. */
  readonly strays: readonly string[];
}

/** Grows while it is read, as a recording does that is still being written. */
const GROWING = 'growing.ts';
const GROWTH_MS = 20;
/** Old enough that no recorder can still be writing it. */
const OLD_S = 7200;

/** Puts every hostile file into a folder and has each read in every way, in another process. */
export async function sweep(folder: string): Promise<Sweep> {
  const files = join(folder, 'files');
  const work = join(folder, 'work');
  const stand = join(folder, 'stand');
  for (const path of [files, stand]) await mkdir(path);
  const good_path = join(folder, 'good.mp4');
  await makeVideo(good_path);
  const good = await readFile(good_path);
  let visitors = 0;
  const server = createServer((socket) => {
    visitors += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const lists = playlists(port, good_path, good);
  const broken = brokenFiles(good);
  for (const [name, make] of Object.entries(broken)) await make(join(files, name));
  for (const [name, bytes] of Object.entries(lists)) await writeFile(join(files, name), bytes);
  for (const name of ODD_NAMES) await copyFile(good_path, join(files, name));
  await age(files);
  const stop = await grow(join(files, GROWING));
  const before = await readdir(files);
  try {
    const outcomes = await outcomesOf(files, work, stand);
    const strays = [
      ...(await readdir(files)).filter((name) => !before.includes(name)),
      ...(await readdir(stand)),
      ...(await readdir(work, { recursive: true })).filter((name) => name !== 'recordings'),
      ...(await readdir(folder)).filter((name) => !['files', 'work', 'stand', 'good.mp4'].includes(name)),
    ];
    const names = { broken: [...Object.keys(broken), GROWING], playlists: Object.keys(lists) };
    return { outcomes, names, visitors, strays };
  } finally {
    stop();
    server.close();
  }
}

/** Runs the reading process to its end, in a folder of its own, so that what it leaves lying about is seen. */
async function outcomesOf(files: string, work: string, stand: string): Promise<Outcome[]> {
  const program = join(import.meta.dirname, 'read-every-way.ts');
  const child = spawn(process.execPath, [program, files, work], {
    cwd: stand,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const outcomes: Outcome[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    outcomes.push(JSON.parse(line) as Outcome);
  return outcomes;
}

async function age(folder: string): Promise<void> {
  const then_s = Date.now() / 1000 - OLD_S;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const is_file = await stat(path).then(
      (facts) => facts.isFile(),
      () => false,
    );
    if (is_file) await utimes(path, then_s, then_s);
  }
}

async function grow(path: string): Promise<() => void> {
  await makeVideo(path, ['-f', 'mpegts']);
  const piece = await readFile(path);
  const timer = setInterval(() => void appendFile(path, piece).catch(() => undefined), GROWTH_MS);
  return () => clearInterval(timer);
}
