import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openStore } from '../../src/index.ts';
import type { Contract } from './suite.ts';
import { PAGE } from './world.ts';

const run = promisify(execFile);
const PROGRAM = join(import.meta.dirname, 'submitting-process.ts');

export const processesContract: Contract = (subject) => {
  it('keeps numbers and the audit chain without gaps across several processes', async () => {
    const { store, options } = subject();
    const each = 25;
    const names = ['a', 'b', 'c'];
    const args = (name: string) => [PROGRAM, JSON.stringify(options), name, String(each)];
    await Promise.all(names.map((name) => run(process.execPath, args(name))));
    const { rows } = await store.requests.list({}, PAGE);
    expect(rows.map(({ id }) => Number(id.slice(8))).sort((a, b) => a - b)).toEqual(
      Array.from({ length: each * names.length }, (_, n) => n + 1),
    );
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(names));
    expect(await store.audit.verifyChain()).toEqual({
      events: each * names.length,
      broken_at_sequence: null,
    });
  });

  it('brings an empty database up to date once, though several processes start at once', async () => {
    const { engine } = subject();
    const options = JSON.stringify(await engine.empty());
    await Promise.all(['a', 'b', 'c'].map((name) => run(process.execPath, [PROGRAM, options, name, '0'])));
    const store = await openStore(JSON.parse(options));
    expect(await store.migrate()).toEqual([]);
    expect(await store.audit.verifyChain()).toEqual({ events: 0, broken_at_sequence: null });
    await store.close();
  });
};
