import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of running programs of this name that this process started, itself or by others. */
export async function childrenNamed(name: string): Promise<number[]> {
  const parents = new Map<number, number>();
  const named: number[] = [];
  // All at once: a short-lived program must not slip through while others are looked at.
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = statOf(entry);
    const [, program, state, parent] = /^\d+ \((.*)\) (\S) (\d+)/.exec(stat) ?? [];
    parents.set(Number(entry), Number(parent));
    if (program === name && state !== 'Z') named.push(Number(entry));
  }
  return named.filter((pid) => {
    let ancestor = parents.get(pid);
    while (ancestor !== undefined && ancestor !== process.pid) ancestor = parents.get(ancestor);
    return ancestor === process.pid;
  });
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}
