import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'minhchung-foreign');
const PROGRAM = 'onvif-replay-server';
const LIBRARIES = ['gstreamer-rtsp-server-1.0', 'gstreamer-base-1.0'];
const WARNINGS = ['-Wall', '-Wextra', '-Werror', '-Wno-unused-parameter'];

/**
 * Builds GStreamer's ONVIF replay server from the C sources beside this file, unless these very sources were built
 * before. Gives the program's absolute path. Throws where compiler or Debian's development packages are missing.
 */
export async function buildServer(): Promise<string> {
  const names = (await readdir(import.meta.dirname)).filter((name) => /\.[ch]$/.test(name)).sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(await readFile(join(import.meta.dirname, name)));
  const folder = join(CACHE, hash.digest('hex').slice(0, 16));
  const program = join(folder, PROGRAM);
  const is_built = await access(program).then(
    () => true,
    () => false,
  );
  if (is_built) return program;
  await mkdir(folder, { recursive: true });
  // Built beside and moved: two tests may build at the same time.
  const work = await mkdtemp(join(folder, 'building-'));
  try {
    const flags = (await run('pkg-config', ['--cflags', '--libs', ...LIBRARIES])).stdout.trim().split(/\s+/);
    const sources = names
      .filter((name) => name.endsWith('.c'))
      .map((name) => join(import.meta.dirname, name));
    const output = join(work, PROGRAM);
    await run('gcc', ['-std=gnu11', '-O2', ...WARNINGS, '-o', output, ...sources, ...flags]);
    await rename(output, program);
  } finally {
    await rm(work, { recursive: true });
  }
  return program;
}
