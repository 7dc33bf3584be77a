import type { RecordingInformation } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { channelsKey, channelsOf } from './seen-channels.ts';

const recording = (source_token: string, source_name: string): RecordingInformation => ({
  ...{ recording_token: `R-${source_token}`, source_token, source_name },
  ...{ earliest_ms: null, latest_ms: null, status: 'Recording' },
});

describe('the channels a recorder tells of', () => {
  it('are its sources, each once, by the name that one of their recordings has', () => {
    const told = [recording('b', 'Sân'), recording('a', ''), recording('a', ' Cổng '), recording('a', '')];
    expect(channelsOf(told)).toEqual([
      { source_token: 'a', name: 'Cổng' },
      { source_token: 'b', name: 'Sân' },
    ]);
  });
  it('are the same in whatever order it tells of them', () => {
    const told = [recording('b', 'Sân'), recording('a', 'Cổng')];
    expect(channelsKey(channelsOf(told))).toBe(channelsKey(channelsOf(told.toReversed())));
    expect(channelsKey(channelsOf(told))).not.toBe(channelsKey(channelsOf([told[0]!])));
  });
  it('are no more than a recorder can have, and none without a token or with one without end', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => recording(`s${n}`, 'x'.repeat(9_000)));
    const channels = channelsOf([recording('', 'Không'), recording('y'.repeat(9_000), 'Dài'), ...many]);
    expect(channels).toHaveLength(256);
    expect(
      channels.every(({ source_token, name }) => source_token.startsWith('s') && name!.length === 200),
    ).toBe(true);
  });
});
