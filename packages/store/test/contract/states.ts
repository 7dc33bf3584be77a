import type { ClockOffsetEstimate } from '@minhchung/domain';
import { expect, it } from 'vitest';
import { COVERAGE_STEP_MS } from '../../src/limits.ts';
import type { Contract } from './suite.ts';
import { camera, MINUTE, NOW, PAGE } from './world.ts';

export const statesContract: Contract = (subject) => {
  it('extends an interval while nothing changes and opens a new one when something does', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    const seen = [
      ['online', 'ok', 0, true],
      ['online', 'ok', 5, false],
      ['online', 'ok', 10, false],
      ['offline', 'timeout', 15, true],
      ['offline', 'connection_refused', 20, true],
      ['online', 'ok', 25, true],
    ] as const;
    for (const [state, reason, minutes, changed] of seen) {
      expect(await store.observations.record('camera-1', state, reason, NOW + minutes * MINUTE)).toEqual({
        changed,
      });
    }
    const history = (await store.observations.history('camera-1', PAGE)).rows;
    expect(history.map(({ state, from_ms, until_ms }) => [state, from_ms - NOW, until_ms - NOW])).toEqual([
      ['online', 25 * MINUTE, 25 * MINUTE],
      ['offline', 20 * MINUTE, 20 * MINUTE],
      ['offline', 15 * MINUTE, 15 * MINUTE],
      ['online', 0, 10 * MINUTE],
    ]);
    expect(await store.observations.current(['camera-1', 'camera-2'])).toEqual([history[0]]);
  });

  it('ignores a poll that is older than what is known', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.observations.record('camera-1', 'online', 'ok', NOW);
    expect(await store.observations.record('camera-1', 'offline', 'timeout', NOW - 1)).toEqual({
      changed: false,
    });
    expect((await store.observations.history('camera-1', PAGE)).rows).toHaveLength(1);
  });

  it('keeps one current interval when two pollers report at once', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    const reports = Array.from({ length: 12 }, (_, i) =>
      store.observations.record('camera-1', i % 2 === 0 ? 'online' : 'offline', 'ok', NOW + i),
    );
    await Promise.all(reports);
    expect(await store.observations.current(['camera-1'])).toHaveLength(1);
  });

  it('tells the intervals that meet a span', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    await store.observations.record('camera-1', 'online', 'ok', NOW);
    await store.observations.record('camera-1', 'online', 'ok', NOW + 10);
    await store.observations.record('camera-1', 'offline', 'timeout', NOW + 20);
    const states = async (start_ms: number, end_ms: number) =>
      (await store.observations.during(['camera-1'], { start_ms, end_ms })).map(({ state }) => state);
    expect(await states(NOW + 10, NOW + 21)).toEqual(['online', 'offline']);
    expect(await states(NOW + 11, NOW + 20)).toEqual([]);
  });

  it('follows what a recorder holds, and keeps steps of it as history', async () => {
    const { store } = subject();
    await store.cameras.create(camera(1));
    const saw = (at: number, from: number | null) =>
      store.coverage.record({
        camera_id: 'camera-1',
        observed_at_ms: NOW + at,
        retained_from_device_ms: from,
        retained_to_device_ms: from === null ? null : NOW + at,
      });
    await saw(0, 100);
    await saw(MINUTE, 200);
    await saw(COVERAGE_STEP_MS, 300);
    await saw(COVERAGE_STEP_MS + 1, null);
    await saw(COVERAGE_STEP_MS + 2, 400);
    const history = (await store.coverage.history('camera-1', PAGE)).rows;
    expect(history.map(({ retained_from_device_ms }) => retained_from_device_ms)).toEqual([
      400,
      null,
      300,
      200,
    ]);
    expect(await store.coverage.latest(['camera-1'])).toEqual([history[0]]);
    const recent = await store.coverage.recent(['camera-1', 'camera-9'], 3);
    expect([...recent]).toEqual([['camera-1', history.slice(0, 3)]]);
  });

  it('narrows the estimate of a clock within its epoch and keeps earlier epochs', async () => {
    const { store } = subject();
    const estimate: ClockOffsetEstimate = {
      ...{ epoch_from_ms: NOW, began_as: 'first', min_ms: 2_459_000, max_ms: 2_461_000 },
      ...{ first_reading_ms: NOW, last_reading_ms: NOW, readings: 1, method: 'onvif_utc' },
    };
    const narrowed = { ...estimate, min_ms: 2_459_900, last_reading_ms: NOW + 1, readings: 2 };
    const stepped = {
      ...estimate,
      epoch_from_ms: NOW + 5,
      began_as: 'step',
      min_ms: -50,
      max_ms: 40,
    } as const;
    await store.clockOffsets.save('clock-1', estimate);
    await store.clockOffsets.save('clock-1', stepped);
    await store.clockOffsets.save('clock-1', narrowed);
    expect(await store.clockOffsets.historyOf('clock-1')).toEqual([narrowed, stepped]);
    expect(await store.clockOffsets.historyOf('clock-2')).toEqual([]);
    const both = await store.clockOffsets.historiesOf(['clock-2', 'clock-1']);
    expect([...both]).toEqual([['clock-1', [narrowed, stepped]]]);
  });
};
