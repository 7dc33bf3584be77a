import { describe, expect, it } from 'vitest';
import { rtp } from '../../../test/loopback/rtp.ts';
import { CIF, idr, slice } from '../../../test/loopback/samples.ts';
import { BrokenStream } from '../broken-stream.ts';
import { H264 } from '../codec/h264.ts';
import type { PlayingSession } from './handshake.ts';
import { SessionPlayer } from './player.ts';

const START_MS = Date.UTC(2026, 10, 22, 8);
const SESSION: PlayingSession = {
  video: {
    format: { kind: 'nal_units', codec: H264, parameter_sets: [CIF.sps, CIF.pps] },
    payload_type: 96,
    clock_rate_hz: 90_000,
    rtp_channel: 0,
    rtcp_channel: 1,
    announced_start: null,
  },
  sides: [],
  other_streams: [],
  session_id: '1',
  timeout_s: 60,
  control: 'rtsp://h/',
  keep_alive_method: 'OPTIONS',
};

/** Single-packet units, one every 500 ms. */
function play(parameter_sets: readonly Buffer[], payloads: readonly Buffer[]) {
  const format = { kind: 'nal_units', codec: H264, parameter_sets } as const;
  const player = new SessionPlayer({ ...SESSION, video: { ...SESSION.video, format } });
  const events = payloads.flatMap((payload, n) => {
    const replay = { device_time_ms: START_MS + n * 500 };
    return player.push(0, rtp({ sequence: n, timestamp: n * 45_000, payload, replay }));
  });
  return [...events, ...player.flush()];
}

describe('the player of a session', () => {
  it('plays on what the stream carries where the SDP announces broken parameter sets', () => {
    const stap = Buffer.concat([
      Buffer.from([24, 0, CIF.sps.length]),
      CIF.sps,
      Buffer.from([0, CIF.pps.length]),
      CIF.pps,
      Buffer.from([0, 40]),
      idr(1),
    ]);
    const events = play([CIF.sps.subarray(0, 5)], [stap, slice(2)]);
    expect(events.map(({ type }) => type)).toEqual(['stream', 'unit', 'unit']);
  });

  it('does not play pictures whose parameter sets never came', () => {
    expect(() => play([], [idr(1), slice(2)])).toThrow(BrokenStream);
  });

  it('refuses packets of a payload type that was not announced', () => {
    const player = new SessionPlayer(SESSION);
    expect(() =>
      player.push(0, rtp({ sequence: 1, timestamp: 1, payload: idr(1), payload_type: 97 })),
    ).toThrow(/payload type 97/);
  });
});
