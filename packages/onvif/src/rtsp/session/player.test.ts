import { describe, expect, it } from 'vitest';
import { rtp } from '../../../test/loopback/rtp.ts';
import { CIF, idr, slice } from '../../../test/loopback/samples.ts';
import { BrokenStream } from '../broken-stream.ts';
import { H264 } from '../codec/h264.ts';
import type { PlayingSession } from './handshake.ts';
import { ReplayPlayer } from './player.ts';

const START_MS = Date.UTC(2026, 10, 22, 8);
const SPAN = { start_ms: START_MS, end_ms: START_MS + 2_000 };
const SESSION: PlayingSession = {
  codec: H264,
  clock_rate_hz: 90_000,
  payload_type: 96,
  parameter_sets: [CIF.sps, CIF.pps],
  other_streams: [],
  rtp_channel: 0,
  rtcp_channel: 1,
  session_id: '1',
  timeout_s: 60,
  control: 'rtsp://h/',
  keep_alive_method: 'OPTIONS',
};

/** Single-packet units, one every 500 ms. */
function play(parameter_sets: readonly Buffer[], payloads: readonly Buffer[], flags = 0) {
  const player = new ReplayPlayer({ ...SESSION, parameter_sets }, SPAN);
  const events = payloads.flatMap((payload, n) => {
    const replay = { device_time_ms: START_MS + n * 500, flags };
    return player.push(rtp({ sequence: n, timestamp: n * 45_000, payload, replay }));
  });
  return { player, events: [...events, ...player.flush()] };
}

describe('the player of a replay', () => {
  it('plays on what the stream carries where the SDP announces broken parameter sets', () => {
    const stap = Buffer.concat([
      Buffer.from([24, 0, CIF.sps.length]),
      CIF.sps,
      Buffer.from([0, CIF.pps.length]),
      CIF.pps,
      Buffer.from([0, 40]),
      idr(1),
    ]);
    const { events } = play([CIF.sps.subarray(0, 5)], [stap, slice(2)]);
    expect(events.map(({ type }) => type)).toEqual(['stream', 'unit', 'unit']);
  });

  it('does not play pictures whose parameter sets never came', () => {
    expect(() => play([], [idr(1), slice(2)])).toThrow(BrokenStream);
  });

  it('may be over near the end of the range or at the T bit, and not before', () => {
    const sets = SESSION.parameter_sets as Buffer[];
    expect(new ReplayPlayer(SESSION, SPAN).may_be_over).toBe(false);
    expect(play(sets, [idr(1)]).player.may_be_over).toBe(true);
    const long = { ...SPAN, end_ms: START_MS + 60_000 };
    const player = new ReplayPlayer(SESSION, long);
    const push = (n: number, flags: number) =>
      player.push(
        rtp({ sequence: n, timestamp: n, payload: idr(n), replay: { device_time_ms: START_MS + n, flags } }),
      );
    push(0, 0);
    push(1, 0x10);
    expect(player.may_be_over).toBe(false);
    push(2, 0);
    expect(player.may_be_over).toBe(true);
  });

  it('refuses packets of a payload type that was not announced', () => {
    const player = new ReplayPlayer(SESSION, SPAN);
    expect(() => player.push(rtp({ sequence: 1, timestamp: 1, payload: idr(1), payload_type: 97 }))).toThrow(
      /payload type 97/,
    );
  });
});
