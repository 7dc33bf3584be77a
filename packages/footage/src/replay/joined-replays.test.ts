import type { FootageEvent, ReplayEvent } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { JoinedReplays } from './joined-replays.ts';

function stream(width: number): ReplayEvent {
  const decoder_configuration = Uint8Array.of(1, width & 0xff);
  return {
    type: 'stream',
    stream: { kind: 'video', codec: 'h264', width, height: 288, decoder_configuration },
    other_streams: ['audio: PCMU'],
  };
}

/** `K100` a keyframe at 100 ms, `P140` another picture, `D200` a keyframe with the D bit, `d240` a picture with it. */
function unit(word: string): ReplayEvent {
  const is_keyframe = word[0] === 'K' || word[0] === 'D';
  return {
    type: 'unit',
    unit: {
      device_time_us: Number(word.slice(1)) * 1000,
      is_keyframe,
      discontinuity: word[0]!.toUpperCase() === 'D',
      data: new Uint8Array(),
    },
  };
}

const told = (event: FootageEvent): string => {
  if (event.type === 'packet') return String(event.packet.device_time_us / 1000);
  return event.type === 'stream' ? `stream ${event.stream.width}` : 'break';
};

/** Pushes stretches of words and tells what came out. */
function join(...stretches: string[][]): string[] {
  const joined = new JoinedReplays();
  return stretches.flatMap((words) => {
    joined.beginStretch();
    return [stream(352), ...words.map(unit)].flatMap((event) => joined.push(event)).map(told);
  });
}

describe('replays joined to one flow', () => {
  it('says the stream once and every frame once', () => {
    expect(join(['K0', 'P40', 'K80'], ['K500', 'P540'])).toEqual([
      'stream 352',
      '0',
      '40',
      '80',
      'break',
      '500',
      '540',
    ]);
  });

  it('breaks at the D bit, but not before the first frame', () => {
    expect(join(['D0', 'P40', 'D500'])).toEqual(['stream 352', '0', '40', 'break', '500']);
  });

  it('waits for a keyframe after a break', () => {
    expect(join(['K0', 'd40', 'P80', 'K120'])).toEqual(['stream 352', '0', 'break', '120']);
  });

  it('passes over what the stretch before has given already', () => {
    expect(join(['K0', 'P40', 'K80', 'P120'], ['K80', 'P120', 'P160', 'K200'])).toEqual([
      'stream 352',
      '0',
      '40',
      '80',
      '120',
      'break',
      '200',
    ]);
  });

  it('breaks where the clock steps back, and keeps what comes then', () => {
    expect(join(['K1000', 'P1040', 'K200', 'P240'])).toEqual([
      'stream 352',
      '1000',
      '1040',
      'break',
      '200',
      '240',
    ]);
  });

  it('keeps pictures that are shown before the one sent before them', () => {
    expect(join(['K0', 'P120', 'P40', 'P80', 'K160'])).toEqual(['stream 352', '0', '120', '40', '80', '160']);
  });

  it('says a stream again when it is another', () => {
    const joined = new JoinedReplays();
    const events = [stream(352), unit('K0'), stream(640), unit('K40'), stream(640), unit('K80')];
    expect(events.flatMap((event) => joined.push(event)).map(told)).toEqual([
      'stream 352',
      '0',
      'stream 640',
      '40',
      '80',
    ]);
    expect(joined.other_streams).toEqual(['audio: PCMU']);
  });
});

describe('sound and metadata beside joined replays', () => {
  const sound = (device_time_ms: number): ReplayEvent => ({
    type: 'audio',
    packet: { device_time_us: device_time_ms * 1000, data: new Uint8Array(160) },
  });
  const soundStream = (sample_rate_hz: number): ReplayEvent => ({
    type: 'audio_stream',
    stream: {
      ...{ kind: 'audio', codec: 'pcmu', sample_rate_hz, channel_count: 1 },
      decoder_configuration: new Uint8Array(),
    },
  });

  it('come once each, and their stream is said where it is another than before', () => {
    const joined = new JoinedReplays();
    const events: FootageEvent[] = [];
    for (const stretch of [
      [stream(352), unit('K0'), soundStream(8_000), sound(0), sound(20), unit('P40'), sound(40)],
      [stream(352), unit('K0'), soundStream(8_000), sound(20), sound(40), sound(60), unit('K80')],
      [stream(352), unit('K100'), soundStream(16_000), sound(100)],
    ]) {
      joined.beginStretch();
      for (const event of stretch) events.push(...joined.push(event));
    }
    const beside = events.filter(({ type }) => type === 'audio' || type === 'audio_stream');
    expect(
      beside.map((event) => (event.type === 'audio' ? event.packet.device_time_us / 1000 : event.type)),
    ).toEqual(['audio_stream', 0, 20, 40, 60, 'audio_stream', 100]);
  });
});
