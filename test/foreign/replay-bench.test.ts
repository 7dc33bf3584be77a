import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, '..', '..', 'scripts', 'bench.d', 'main.ts');

it('pnpm bench replay prints its figures and goals as one JSON object', { timeout: 120_000 }, async () => {
  const args = [PROGRAM, 'replay', '--json', '--minutes', '1', '--pairs', '1'];
  const found = JSON.parse((await promisify(execFile)(process.execPath, args)).stdout);
  expect(found).toMatchObject({ bench: 'replay', goals: { ratio_to_drain: { max: 1.25 } } });
  expect(found.goals.times_realtime).toMatchObject({ min: 200, met: found.times_realtime >= 200 });
  expect(found.ratio_to_drain).toBeGreaterThan(0);
  expect(found.growth.map(({ frames }: { frames: number }) => frames)).toEqual([150, 1500]);
});
