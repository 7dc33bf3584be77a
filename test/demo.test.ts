import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Figures } from '../scripts/demo.d/figures.ts';
import { ROOT } from './architecture/source.ts';

const DEMO_DEADLINE_MS = 300_000;

/** Runs the demo as a person would and returns its figures. */
function runDemo(...args: string[]): Promise<{ code: number; figures: Figures; text: string }> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [join(ROOT, 'scripts/demo.d/main.ts'), '--once', '--json', ...args],
      { maxBuffer: 64 * 1024 * 1024, timeout: DEMO_DEADLINE_MS },
      (error, stdout, stderr) => {
        const lines = stdout.trim().split('\n');
        const text = `${stdout}${stderr}`;
        try {
          const figures = JSON.parse(lines.at(-1) ?? '') as Figures;
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, figures, text });
        } catch {
          reject(new Error(text));
        }
      },
    );
  });
}

describe('the main job, end to end, as a separate program', () => {
  it.each([
    ['a drawn street', []],
    ['real surveillance footage', ['--footage', 'pedestrians']],
  ])(
    'ends with every camera as it must, on %s',
    async (_name, args) => {
      const { code, figures, text } = await runDemo(...args);
      expect(figures, text).toMatchObject({
        cameras_registered: 9,
        cameras_online: 8,
        cameras_found: 9,
        items_requested: 9,
        items_archived: 6,
        items_partial: 1,
        items_waiting: 1,
        items_no_footage: 1,
        items_failed: 0,
        packages_verified: 7,
        truth_outside_bounds: 0,
        wanted_frames_missing: 0,
        frames_doubled: 0,
        playable_frames_wrong: 0,
        requests_per_case: { '0147/HS-CAHT': 1 },
        counts: { requested: 9, approved: 9, delivered: 7 },
        network_working: 8,
        network_clocks_off: 2,
        schemes_effective: 1,
        audit_trail_whole: true,
      });
      expect(figures.frames_checked).toBeGreaterThan(4000);
      expect(figures.device_frame_error_ms_max).toBeLessThanOrEqual(1);
      expect(figures.bound_ms_max).toBeLessThanOrEqual(200);
      expect(figures.bound_ms_max).toBeGreaterThan(0);
      expect(code, text).toBe(0);
    },
    DEMO_DEADLINE_MS,
  );
});
