/**
 * A fixed share of every group's cases, the same on every run: `pnpm fuzz` tries a million of each. The seed is part
 * of the test; a case that once failed is put into its group as an example.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containerGroups } from './container-groups.ts';
import type { FuzzGroup } from './group.ts';
import { PARSER_GROUPS } from './groups.ts';

const SEED = 20_261_122;
const CONTAINERS = ['file-mp4', 'file-fmp4', 'file-matroska', 'file-mpegts'];

async function holds({ property, cases_in_ci }: FuzzGroup): Promise<void> {
  await fc.assert(property as fc.IAsyncProperty<unknown>, { seed: SEED, numRuns: cases_in_ci });
}

describe('hostile input of devices', () => {
  it.each(PARSER_GROUPS.map((group) => [group.name, group] as const))(
    '%s: refused or read, within bounds',
    async (_name, group) => {
      await holds(group);
    },
  );
});

describe('hostile recordings', () => {
  let files: Awaited<ReturnType<typeof containerGroups>>;
  beforeAll(async () => {
    files = await containerGroups();
  });
  afterAll(() => files.close());

  it('come in four containers', () => {
    expect(files.groups.map(({ name }) => name)).toEqual(CONTAINERS);
  });

  it.each(CONTAINERS)('%s: refused or read, within bounds', async (name) => {
    await holds(files.groups.find((group) => group.name === name)!);
  });
});
