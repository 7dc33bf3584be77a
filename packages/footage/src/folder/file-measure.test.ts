import { FakeTime } from '@minhchung/testkit';
import { describe, expect, it } from 'vitest';
import { readerOf, writtenFile } from '../../test/written-file.ts';
import { FileMeasure } from './file-measure.ts';

const SIGNAL = new AbortController().signal;
const named = (stated_start_ms: number) => ({
  name: 'f',
  path: '/f',
  stated_start_us: stated_start_ms * 1000,
});

async function lengthOf(words: string, last_ms: number, next_start_ms: number | null): Promise<number> {
  const measure = new FileMeasure(readerOf(writtenFile(words, last_ms)), new FakeTime(0));
  const next = next_start_ms === null ? null : named(next_start_ms);
  return (await measure.measure(named(1_000), next, SIGNAL))!.duration_us / 1000;
}

describe('the length of a file', () => {
  it('is from its first picture to the end of its last', async () => {
    expect(await lengthOf('K500 P540 P580', 40, null)).toBe(120);
  });

  it('ends where the next file begins when only the guess for the last picture reaches over', async () => {
    expect(await lengthOf('K0 P40 P80', 100, 1_120)).toBe(120);
  });

  it('is its own when pictures themselves lie in the next file', async () => {
    expect(await lengthOf('K0 P40 P160 P80', 40, 1_120)).toBe(200);
  });
});
