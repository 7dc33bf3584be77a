import { describe, expect, it } from 'vitest';
import { forEachConcurrently } from './concurrency.ts';

describe('running tasks side by side', () => {
  it('never exceeds the limit and runs every task', async () => {
    let running = 0;
    let most = 0;
    const seen: number[] = [];
    await forEachConcurrently([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      seen.push(item);
    });
    expect(most).toBe(3);
    expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('reports the first failure after what was started has ended', async () => {
    const ended: string[] = [];
    const run = forEachConcurrently(['bad', 'good'], 2, async (item) => {
      await new Promise((resolve) => setImmediate(resolve));
      ended.push(item);
      if (item === 'bad') throw new Error('bad item');
    });
    await expect(run).rejects.toThrow('bad item');
    expect(ended).toEqual(['bad', 'good']);
  });

  it('waits for what was started also when the next item cannot be told', async () => {
    const ended: string[] = [];
    async function* items() {
      yield 'started';
      throw new Error('the list broke');
    }
    const run = forEachConcurrently(items(), 2, async (item) => {
      await new Promise((resolve) => setImmediate(resolve));
      ended.push(item);
    });
    await expect(run).rejects.toThrow('the list broke');
    expect(ended).toEqual(['started']);
  });
});
