import { readdir, readFile } from 'node:fs/promises';

/** Process ids of running programs of this name that this process started. */
export async function childrenNamed(name: string): Promise<number[]> {
  const pids: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const [, program, state, parent] = /^\d+ \((.*)\) (\S) (\d+)/.exec(stat) ?? [];
    if (program === name && state !== 'Z' && Number(parent) === process.pid) pids.push(Number(entry));
  }
  return pids;
}
