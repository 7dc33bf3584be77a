/** Mutated seeds through every parser that reads what a recorder sends: no error but our own, and no hang. */
import { readH264Sps, readH265Sps } from '@minhchung/bitstream';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { h264Fragments, interleaved, RTCP_BYE, rtp } from '../../test/loopback/rtp.ts';
import { SDP } from '../../test/loopback/rtsp-server.ts';
import { CIF, HEVC_ODD, HEVC_TEN_BIT, HIGH, idr, ODD, slice } from '../../test/loopback/samples.ts';
import { chooseChallenge } from '../auth/digest-challenge.ts';
import { BrokenStream } from './broken-stream.ts';
import { H264 } from './codec/h264.ts';
import { H265 } from './codec/h265.ts';
import { readRtcp } from './rtp/rtcp.ts';
import type { PlayingSession } from './session/handshake.ts';
import { SessionPlayer } from './session/player.ts';
import { WireDemuxer } from './wire/demuxer.ts';
import { parseSdp } from './wire/sdp.ts';

const RUNS = 2_000;

/** One change of a byte string: a byte set, a piece cut out, doubled or put in. */
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(), byte: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), length: fc.nat(40) }),
  fc.record({ kind: fc.constant('double' as const), at: fc.nat(), length: fc.nat(40) }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 20 }) }),
);

function mutated(seeds: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 6 })).map(([seed, changes]) =>
    changes.reduce<Buffer>((bytes, one) => {
      const at = bytes.length === 0 ? 0 : one.at % bytes.length;
      const head = bytes.subarray(0, at);
      if (one.kind === 'set') return Buffer.concat([head, Buffer.from([one.byte]), bytes.subarray(at + 1)]);
      if (one.kind === 'cut') return Buffer.concat([head, bytes.subarray(at + one.length)]);
      if (one.kind === 'insert') return Buffer.concat([head, one.bytes, bytes.subarray(at)]);
      return Buffer.concat([head, bytes.subarray(at, at + one.length), bytes.subarray(at)]);
    }, seed),
  );
}

function survives<T>(input: fc.Arbitrary<T>, act: (value: T) => void): void {
  fc.assert(
    fc.property(input, (value) => {
      try {
        act(value);
      } catch (error) {
        if (!(error instanceof BrokenStream)) throw error;
      }
    }),
    { numRuns: RUNS },
  );
}

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
const replay = { device_time_ms: Date.UTC(2026, 10, 22) };
const PACKETS = [
  rtp({ sequence: 1, timestamp: 1, payload: CIF.sps, replay }),
  rtp({ sequence: 2, timestamp: 1, payload: HIGH.pps }),
  ...h264Fragments(idr(1, 100), 30).map((payload, part) =>
    rtp({ sequence: 3 + part, timestamp: 1, payload }),
  ),
  rtp({ sequence: 7, timestamp: 3_601, payload: slice(2), replay }),
];

describe('mutated input', () => {
  it('to the wire', () => {
    const wire = Buffer.concat([
      Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 4\r\n\r\nbody'),
      interleaved(0, PACKETS[0]!),
      interleaved(1, RTCP_BYE),
      Buffer.from('OPTIONS * RTSP/1.0\r\nCSeq: 9\r\n\r\n'),
    ]);
    survives(fc.tuple(mutated([wire]), fc.integer({ min: 1, max: 50 })), ([bytes, chunk_bytes]) => {
      const demuxer = new WireDemuxer();
      for (let at = 0; at < bytes.length; at += chunk_bytes) {
        demuxer.push(bytes.subarray(at, at + chunk_bytes));
        while (demuxer.next() !== null);
      }
    });
  });

  it('to the player, packet by packet', () => {
    const packets = fc.array(mutated(PACKETS), { maxLength: 12 });
    survives(fc.tuple(packets, fc.constantFrom(H264, H265)), ([list, codec]) => {
      const format = { kind: 'nal_units', codec, parameter_sets: [] } as const;
      const player = new SessionPlayer({ ...SESSION, video: { ...SESSION.video, format } });
      for (const packet of list) player.push(0, packet);
      player.flush();
    });
  });

  it('to the player, in order and with one packet spoilt', () => {
    survives(fc.tuple(fc.nat(PACKETS.length - 1), mutated(PACKETS)), ([at, packet]) => {
      const player = new SessionPlayer(SESSION);
      for (const one of PACKETS.with(at, packet)) player.push(0, one);
      player.flush();
    });
  });

  it('to the parameter set readers', () => {
    const sets = [CIF, HIGH, ODD].map(({ sps }) => sps);
    survives(mutated(sets), readH264Sps);
    survives(mutated([HEVC_ODD.sps, HEVC_TEN_BIT.sps]), readH265Sps);
  });

  it('to the SDP reader, the RTCP reader and the digest reader', () => {
    survives(mutated([Buffer.from(SDP)]), (bytes) => parseSdp(bytes.toString('utf8')));
    survives(mutated([RTCP_BYE]), readRtcp);
    const challenge = Buffer.from(
      'Digest realm="a\\"b", nonce="n", qop="auth,auth-int", algorithm=SHA-256, Basic realm="x"',
    );
    survives(mutated([challenge]), (bytes) => chooseChallenge([bytes.toString('latin1')]));
  });
});
