import type { ExtractionProgress } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { progressReporter } from './progress.ts';

const LEASE = { item_id: 'item', worker_id: 'worker', token: 1, expires_at_ms: 0 };

describe('reporting progress', () => {
  it('reports once a second and at every new phase', () => {
    const reported: ExtractionProgress[] = [];
    let now_ms = 0;
    const report = progressReporter(
      { report: async (_lease, progress) => void reported.push(progress) },
      LEASE,
      { now_ms: () => now_ms },
    );
    for (; now_ms < 2500; now_ms += 100) report({ phase: 'cutting', bytes: now_ms, media_ms: now_ms });
    report({ phase: 'deriving', bytes: 9999, media_ms: 9999 });
    expect(reported.map(({ bytes }) => bytes)).toEqual([0, 1000, 2000, 9999]);
  });

  it('loses nothing but the report when it cannot be made', async () => {
    const report = progressReporter({ report: () => Promise.reject(new Error('busy')) }, LEASE, {
      now_ms: () => 0,
    });
    report({ phase: 'cutting', bytes: 0, media_ms: 0 });
    await new Promise((resolve) => setImmediate(resolve));
  });
});
