import type { RecordingInformation } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { chooseRecordings, mayMeet, retainedSpan, shareOut, statedSpans } from './recording-choice.ts';

function recording(recording_token: string, source_token: string, earliest_ms: number | null = null) {
  const latest_ms = earliest_ms === null ? null : earliest_ms + 1_000;
  return {
    recording_token,
    source_token,
    source_name: '',
    earliest_ms,
    latest_ms,
    status: 'Stopped',
  } satisfies RecordingInformation;
}

describe('which recordings of a device are meant', () => {
  const all = [recording('r2', 'cam1', 5_000), recording('r1', 'cam1', 1_000), recording('r3', 'cam2')];

  it('takes one by its token, or all of a source with the oldest first', () => {
    expect(chooseRecordings(all, { recording_token: 'r3' }, 'nvr')).toEqual([all[2]]);
    const of_source = chooseRecordings(all, { source_token: 'cam1' }, 'nvr');
    expect(of_source.map(({ recording_token }) => recording_token)).toEqual(['r1', 'r2']);
  });

  it('does not call an unknown channel an empty one', () => {
    expect(() => chooseRecordings(all, { source_token: 'cam9' }, 'nvr')).toThrow(
      expect.objectContaining({ code: 'SOURCE_BROKEN' }),
    );
  });

  it('needs no source where the recorder has only one, and guesses none where it has several', () => {
    expect(chooseRecordings(all.slice(0, 2), { source_token: null }, 'nvr')).toHaveLength(2);
    expect(() => chooseRecordings(all, { source_token: null }, 'nvr')).toThrow(
      expect.objectContaining({ code: 'SOURCE_BROKEN' }),
    );
  });

  it('retains from the oldest to the newest, and says nothing where recordings say nothing', () => {
    expect(retainedSpan(all)).toEqual({ start_ms: 1_000, end_ms: 6_000 });
    expect(retainedSpan([all[2]!])).toBeNull();
  });

  it('has each instant played once, by the first recording that holds it', () => {
    const held = [
      { recording_token: 'a', spans: [{ start_ms: 0, end_ms: 50 }] },
      { recording_token: 'b', spans: [{ start_ms: 40, end_ms: 90 }] },
    ];
    expect(shareOut(held, { start_ms: 10, end_ms: 80 })).toEqual([
      { recording_token: 'a', device_span: { start_ms: 10, end_ms: 50 } },
      { recording_token: 'b', device_span: { start_ms: 50, end_ms: 80 } },
    ]);
  });
});

describe('a recorder that lists every file as a recording', () => {
  const asked = { start_ms: 100_000, end_ms: 200_000 };
  const file = (earliest_ms: number | null, latest_ms: number | null, status = 'Stopped') => ({
    ...recording('r', 'cam1'),
    ...{ earliest_ms, latest_ms, status },
  });

  it('is asked of those alone that may meet the span by what they state', () => {
    expect(mayMeet(file(90_000, 110_000), asked)).toBe(true);
    expect(mayMeet(file(200_000, 300_000), asked)).toBe(false);
    expect(mayMeet(file(0, 30_000), asked)).toBe(false);
    expect(mayMeet(file(0, 30_000, 'Recording'), asked)).toBe(true);
    expect(mayMeet(file(null, null), asked)).toBe(true);
  });

  it('is believed in what it states of each, and asked where it leaves an end open', () => {
    expect(statedSpans(file(90_000, 110_000))).toEqual([{ start_ms: 90_000, end_ms: 110_000 }]);
    expect(statedSpans(file(90_000, 90_000))).toEqual([]);
    expect(statedSpans(file(90_000, null))).toBeNull();
  });
});
