import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const PROGRAM = join(import.meta.dirname, '..', 'scripts', 'bench.d', 'main.ts');
const bench = (...args: string[]) => run(process.execPath, [PROGRAM, ...args]);

describe('pnpm bench', () => {
  it('lists what can be measured', async () => {
    expect((await bench()).stdout).toContain('poll ');
  });

  it('tells a name it does not know', async () => {
    const failed = await bench('nonsense').catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining('no bench "nonsense"') });
  });

  it('counts a small network and tells how long that held the program up', async () => {
    const found = JSON.parse((await bench('network', '--json', '--cameras', '60')).stdout);
    for (const figure of ['report_ms', 'review_s', 'longest_stretch_ms']) {
      expect(found[figure]).toBeGreaterThanOrEqual(0);
    }
    expect(found.work).toHaveLength(4);
  });

  it('times a clip of two seconds against cutting by hand', { timeout: 180_000 }, async () => {
    const tiny = ['--clips', '2', '--pairs', '1', '--memory', '2', '--size', '160x96', '--bitrate', '100'];
    const found = JSON.parse((await bench('extraction', '--json', ...tiny)).stdout);
    expect(found).toMatchObject({ bench: 'extraction', clips: [{ clip: '2s', outcome: 'archived' }] });
    expect(found.ratio_to_manual_2s).toBeGreaterThan(0);
    expect(found.goals.rss_growth_mb).toMatchObject({ max: 64, met: expect.any(Boolean) });
  });

  it('judges one case of exactness', { timeout: 180_000 }, async () => {
    const found = JSON.parse((await bench('exactness', '--json', '--every', '1000000')).stdout);
    expect(found).toMatchObject({ bench: 'exactness', clips: 1, clips_wrong: 0, failed: [] });
    expect(found.frames_checked).toBeGreaterThan(0);
  });

  it('prints figures and goals of a small city as one JSON object', async () => {
    const args = ['poll', '--json', '--devices', '20', '--pairs', '1', '--growth', '0', '--skip-failing'];
    const found = JSON.parse((await bench(...args)).stdout);
    expect(found).toMatchObject({ bench: 'poll', requests_per_device: 3 });
    for (const figure of ['cpu_ratio', 'requests_per_device', 'sweep_s', 'rss_mb']) {
      expect(found[figure]).toBeGreaterThan(0);
      expect(found.goals[figure]).toMatchObject({ max: expect.any(Number), met: expect.any(Boolean) });
    }
  });
});
