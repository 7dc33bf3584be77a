import type { ClockOffsetEstimate, RecordingInformation } from '@minhchung/domain';
import type { PolledCamera } from '@minhchung/store';
import { describe, expect, it } from 'vitest';
import { NEWEST_TOLERANCE_MS, OFFSET_SAVED_MS, OLDEST_TOLERANCE_MS } from '../limits.ts';
import { isCoverageNews, isOffsetNews, isStateNews, retainedOf } from './news.ts';

const NOW = 1_800_000_000_000;
const PERIOD = 300_000;
const STALE_MS = 300_000;

const camera: PolledCamera = {
  ...{ id: 'c', code: 'C', unit_id: 'u', source_token: 's' },
  observed: { state: 'online', reason: 'ok', until_ms: NOW - PERIOD, is_carried: true },
  covered: {
    observed_at_ms: NOW - PERIOD,
    retained_from_device_ms: NOW - 86_400_000,
    retained_to_device_ms: NOW - PERIOD - 10,
    grows: true,
    is_carried: true,
  },
};
const recording: RecordingInformation = {
  ...{ recording_token: 'r', source_token: 's', source_name: '', status: 'Recording' },
  ...{ earliest_ms: NOW - 86_400_000, latest_ms: NOW - 10 },
};
const holds = (change: Partial<RecordingInformation>) =>
  retainedOf({ ...recording, ...change }, NOW, STALE_MS);
const isNews = (change: Partial<RecordingInformation>) => isCoverageNews(camera, holds(change), NOW);

describe('what of a poll is news', () => {
  it('is a state other than the one carried on, or one that nothing carries on', () => {
    expect(isStateNews(camera, { state: 'online', reason: 'ok' }, NOW)).toBe(false);
    expect(isStateNews(camera, { state: 'online', reason: 'other' }, NOW)).toBe(true);
    expect(isStateNews({ ...camera, observed: null }, { state: 'online', reason: 'ok' }, NOW)).toBe(true);
    const loose = { ...camera, observed: { ...camera.observed!, is_carried: false } };
    expect(isStateNews(loose, { state: 'online', reason: 'ok' }, NOW)).toBe(true);
  });

  it('is a state that nobody looked at for long', () => {
    expect(isStateNews(camera, { state: 'online', reason: 'ok' }, NOW + 2 * 3_600_000)).toBe(true);
  });

  it('is not a recording that grew as it was expected to', () => {
    expect(isNews({})).toBe(false);
    expect(isNews({ latest_ms: NOW - 10 - NEWEST_TOLERANCE_MS })).toBe(false);
    expect(isNews({ earliest_ms: recording.earliest_ms! + OLDEST_TOLERANCE_MS })).toBe(false);
  });

  it('is a recording that stopped, was emptied, reaches further back, or lost more than a little', () => {
    expect(isNews({ latest_ms: NOW - 11 - NEWEST_TOLERANCE_MS })).toBe(true);
    expect(isNews({ latest_ms: NOW - STALE_MS - 1 })).toBe(true);
    expect(isNews({ earliest_ms: null, latest_ms: null })).toBe(true);
    expect(isNews({ earliest_ms: recording.earliest_ms! - 1 })).toBe(true);
    expect(isNews({ earliest_ms: recording.earliest_ms! + OLDEST_TOLERANCE_MS + 1 })).toBe(true);
  });

  it('is not an empty recorder that stays empty', () => {
    const empty = { ...camera.covered!, retained_from_device_ms: null, retained_to_device_ms: null };
    const still = { ...camera, covered: { ...empty, grows: false } };
    expect(isCoverageNews(still, retainedOf(undefined, NOW, STALE_MS), NOW)).toBe(false);
  });

  it('is a clock narrowed clearly, stepped, or not told of for long', () => {
    const saved: ClockOffsetEstimate = {
      ...{ epoch_from_ms: 1, began_as: 'first', min_ms: 0, max_ms: 100, method: 'onvif_utc' },
      ...{ first_reading_ms: NOW, last_reading_ms: NOW, readings: 1 },
    };
    expect(isOffsetNews(null, saved)).toBe(true);
    expect(isOffsetNews(saved, { ...saved, last_reading_ms: NOW + PERIOD, max_ms: 81 })).toBe(false);
    expect(isOffsetNews(saved, { ...saved, max_ms: 80 })).toBe(true);
    expect(isOffsetNews(saved, { ...saved, last_reading_ms: NOW + OFFSET_SAVED_MS })).toBe(true);
    expect(isOffsetNews(saved, { ...saved, epoch_from_ms: 2 })).toBe(true);
  });
});
