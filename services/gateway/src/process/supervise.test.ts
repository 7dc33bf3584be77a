import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Part, type SupervisorOptions, supervise } from './supervise.ts';

let folder: string;
let ending: AbortController;
const started: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervise-'));
  ending = new AbortController();
  started.length = 0;
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** A child that runs a few lines of JavaScript with a channel to us. */
function part(name: string, code: string): Part {
  return {
    name,
    start() {
      const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      started.push(child);
      return child;
    },
  };
}

function options(over: Partial<SupervisorOptions>): SupervisorOptions {
  return { signal: ending.signal, onReady: () => {}, onCrash: () => {}, restart_delay_ms: 1, ...over };
}

const READY = `process.send({ type: 'ready', url: null });`;
const STAY = `setInterval(() => {}, 1000);`;

test('all parts run until the signal, and end in order', async () => {
  const mark = join(folder, 'ended');
  const orderly = `process.on('SIGTERM', () => { require('fs').appendFileSync('${mark}', 'x'); process.exit(0); });`;
  const ready: string[] = [];
  const code = await supervise(
    [part('a', orderly + READY + STAY), part('b', orderly + READY + STAY)],
    options({
      onReady: (one) => {
        ready.push(one.name);
        if (ready.length === 2) ending.abort();
      },
    }),
  );
  expect(code).toBe(0);
  expect(ready.sort()).toEqual(['a', 'b']);
  expect(readFileSync(mark, 'utf8')).toBe('xx');
});

test('a part that crashed is started again, with growing pauses', async () => {
  const pauses: number[] = [];
  let ready = 0;
  await supervise(
    [part('a', `${READY} process.on('message', () => {}); setTimeout(() => process.exit(7), 20);`)],
    options({
      onReady: () => {
        ready += 1;
        if (ready === 4) ending.abort();
      },
      onCrash: (_part, how, restart_in_ms) => {
        expect(how).toBe('exit code 7');
        pauses.push(restart_in_ms);
      },
    }),
  );
  expect(pauses).toEqual([1, 2, 4]);
});

test('a part that was never ready ends everything with its exit code', async () => {
  const code = await supervise(
    [part('a', READY + STAY), part('b', 'setTimeout(() => process.exit(2), 50)')],
    options({}),
  );
  expect(code).toBe(2);
  expect(started.every((child) => child.exitCode !== null || child.signalCode !== null)).toBe(true);
});

test('a part that does not end when asked to is killed after the grace', async () => {
  const stubborn = `process.on('SIGTERM', () => {});`;
  await supervise(
    [part('a', stubborn + READY + STAY)],
    options({ onReady: () => ending.abort(), stop_grace_ms: 50 }),
  );
  expect(started[0]?.signalCode).toBe('SIGKILL');
});

test('nothing is started after the signal', async () => {
  ending.abort();
  expect(await supervise([part('a', STAY)], options({}))).toBe(0);
  expect(started).toEqual([]);
});
