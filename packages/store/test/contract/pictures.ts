import type { PictureReading } from '@minhchung/domain';
import { expect, it } from 'vitest';
import type { Contract } from './suite.ts';
import { camera, NOW, RECORDER } from './world.ts';

const HOUR = 3_600_000;
const reading = (at_ms: number): PictureReading => ({
  ...{ at_ms, brightness: 100.5, contrast: 40, sharpness: 12.25, flat_share: 0.5, is_monochrome: true },
  ...{ gradient_hash: '0123456789abcdef', fingerprint: 'fedcba9876543210' },
});

/** Looks at pictures. */
export const picturesContract: Contract = (subject) => {
  const claim = (change: object = {}) =>
    subject().store.pictures.claim({
      ...{ network_codes: null, before_ms: NOW - HOUR, at_ms: NOW, limit: 100, after: null },
      ...change,
    });

  it('are claimed by one poller, once a period, in portions', async () => {
    const { store } = subject();
    await store.recorders.create({ ...RECORDER, id: 'recorder-p', code: 'RP' });
    for (const n of [81, 82, 83]) await store.cameras.create(camera(n, { recorder_id: 'recorder-p' }));
    await store.cameras.create(camera(84, { recorder_id: 'recorder-p', reach: 'owner_only' }));
    await store.cameras.create(camera(85, { recorder_id: 'recorder-p', retired_at_ms: NOW }));
    const first = await claim({ limit: 2 });
    const rest = await claim({ after: first.at(-1) });
    const all = [...first, ...rest];
    expect(all.filter((id) => /^camera-8/.test(id))).toEqual(['camera-81', 'camera-82', 'camera-83']);
    expect(await claim()).toEqual([]);
    expect(await claim({ network_codes: ['NOWHERE'], before_ms: NOW + 1 })).toEqual([]);
    const later = { before_ms: NOW + HOUR, at_ms: NOW + 2 * HOUR };
    const both = await Promise.all([claim(later), claim(later)]);
    expect(both.flat().sort()).toEqual(all.sort());
  });

  it('leave their newest numbers, of the accepted view', async () => {
    const { store } = subject();
    await store.cameras.create(camera(86));
    for (let n = 0; n < 70; n += 1) await store.pictures.record('camera-86', reading(NOW + n));
    await store.pictures.record('camera-86', reading(NOW + 69));
    const kept = await store.pictures.readings('camera-86');
    expect(kept).toHaveLength(64);
    expect(kept[0]).toEqual(reading(NOW + 6));
    expect(kept.at(-1)).toEqual(reading(NOW + 69));
    await store.pictures.acceptView('camera-86', NOW + 68);
    expect((await store.pictures.readings('camera-86')).map((one) => one.at_ms)).toEqual([
      NOW + 68,
      NOW + 69,
    ]);
    expect(await claim()).toContain('camera-86');
    expect((await store.pictures.readings('camera-86')).length).toBe(2);
  });
};
