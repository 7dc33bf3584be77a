import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ROOT, readPages } from './pages.ts';

const only_check = process.argv.includes('--check');
const stale: string[] = [];
for (const { path, text } of await readPages()) {
  const absolute = join(ROOT, path);
  const current = await readFile(absolute, 'utf8').catch(() => '');
  if (current === text) continue;
  stale.push(relative(ROOT, absolute));
  if (!only_check) await writeFile(absolute, text);
}
const verb = only_check ? 'not up to date' : 'written';
process.stdout.write(stale.length === 0 ? 'docs/ref is up to date\n' : `${verb}: ${stale.join(', ')}\n`);
if (only_check && stale.length > 0) process.exitCode = 1;
