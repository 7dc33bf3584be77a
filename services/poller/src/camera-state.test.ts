import type { RecordingInformation } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { cameraStateAfter } from './camera-state.ts';

const NOW = 1_800_000_000_000;
const STALE_MS = 600_000;

function recording(source_token: string, latest_ms: number | null): RecordingInformation {
  return {
    recording_token: `rec_${source_token}`,
    source_token,
    source_name: source_token,
    earliest_ms: latest_ms === null ? null : latest_ms - 3_600_000,
    latest_ms,
    status: 'Recording',
  };
}

describe('the state of a camera after a poll', () => {
  it('is online when its source is recorded up to now', () => {
    const outcome = { answered: true, recordings: [recording('a', NOW), recording('b', NOW)] } as const;
    expect(cameraStateAfter(outcome, 'b', NOW + 1000, STALE_MS)).toEqual({ state: 'online', reason: 'ok' });
  });

  it('is degraded when the recorder answers but keeps nothing of this source', () => {
    const outcome = { answered: true, recordings: [recording('a', NOW)] } as const;
    expect(cameraStateAfter(outcome, 'b', NOW, STALE_MS)).toEqual({
      state: 'degraded',
      reason: 'not_recorded',
    });
  });

  it('is degraded when the newest recording lies further back than allowed, by the device own clock', () => {
    const outcome = { answered: true, recordings: [recording('a', NOW)] } as const;
    expect(cameraStateAfter(outcome, 'a', NOW + STALE_MS, STALE_MS).state).toBe('online');
    expect(cameraStateAfter(outcome, 'a', NOW + STALE_MS + 1, STALE_MS).reason).toBe('recording_stopped');
  });

  it('does not judge staleness when the clock could not be read', () => {
    const outcome = { answered: true, recordings: [recording('a', 0)] } as const;
    expect(cameraStateAfter(outcome, 'a', null, STALE_MS).state).toBe('online');
  });

  it.each([
    ['DEVICE_REFUSED', 'refused', 'credentials_refused'],
    ['DEVICE_TIMEOUT', 'offline', 'timeout'],
    ['DEVICE_UNREACHABLE', 'offline', 'connection_refused'],
    ['DEVICE_BROKEN', 'degraded', 'answers_wrongly'],
  ] as const)('tells %s apart as %s', (code, state, reason) => {
    const outcome = { answered: false, code, reason: 'connection_refused' } as const;
    expect(cameraStateAfter(outcome, null, NOW, STALE_MS)).toEqual({ state, reason });
  });
});
