import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rtp, senderReport } from '../../../test/loopback/rtp.ts';
import { CIF, idr, slice } from '../../../test/loopback/samples.ts';
import { BrokenStream } from '../broken-stream.ts';
import { H264 } from '../codec/h264.ts';
import { parseRtp } from '../rtp/packet.ts';
import type { PlayingSession, Track } from '../session/handshake.ts';
import { SessionPlayer } from '../session/player.ts';
import { chooseTracks, type SideFormat } from '../session/tracks.ts';
import { parseSdp } from '../wire/sdp.ts';
import { AacAssembler } from './aac.ts';
import { MetadataAssembler } from './metadata.ts';

const START_MS = Date.UTC(2026, 10, 22, 8);

/** AU headers of mode AAC-hbr before their units (RFC 3640, 3.3.6). */
function aacPayload(units: readonly Uint8Array[], sizes = units.map(({ length }) => length)): Buffer {
  const headers = Buffer.alloc(2 + sizes.length * 2);
  headers.writeUInt16BE(sizes.length * 16, 0);
  sizes.forEach((size, n) => void headers.writeUInt16BE(size << 3, 2 + n * 2));
  return Buffer.concat([headers, ...units]);
}

describe('AAC over RTP', () => {
  const push = (assembler: AacAssembler, payload: Uint8Array, timestamp = 0, sequence = 1) =>
    assembler.push(parseRtp(rtp({ sequence, timestamp, payload })));

  it('gives back any units, however many share a packet, each at its own time', () => {
    const units = fc.array(fc.uint8Array({ minLength: 1, maxLength: 700 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(units, fc.nat(2 ** 32 - 1), (list, timestamp) => {
        const found = push(new AacAssembler({ samples_per_unit: 1024 }), aacPayload(list), timestamp);
        expect(found.map(({ data }) => [...data])).toEqual(list.map((unit) => [...unit]));
        expect(found.map((unit) => unit.timestamp)).toEqual(
          list.map((__, n) => (timestamp + n * 1024) >>> 0),
        );
      }),
    );
  });

  it('gives back a unit in fragments of any size', () => {
    const unit = fc.uint8Array({ minLength: 10, maxLength: 4_000 });
    fc.assert(
      fc.property(unit, fc.integer({ min: 2, max: 1_400 }), (bytes, size) => {
        const assembler = new AacAssembler({ samples_per_unit: 1024 });
        const found = [];
        for (let at = 0; at < bytes.length; at += size) {
          found.push(...push(assembler, aacPayload([bytes.subarray(at, at + size)], [bytes.length])));
        }
        expect(found.map(({ data }) => [...data])).toEqual([[...bytes]]);
      }),
    );
  });

  it.each([
    ['headers that are longer than the packet', Buffer.of(0x10, 0, 0, 8)],
    ['interleaved units', Buffer.of(0, 16, 0, 9, 1)],
    ['a unit of nothing', Buffer.of(0, 16, 0, 0, 1)],
    ['two units of which one is missing', aacPayload([Buffer.alloc(5)], [5, 5])],
  ])('refuses %s', (_, payload) => {
    expect(() => push(new AacAssembler({ samples_per_unit: 1024 }), payload)).toThrow(BrokenStream);
  });
});

describe('ONVIF metadata', () => {
  it('is put together to documents by the marker, and is limited', () => {
    const assembler = new MetadataAssembler();
    const push = (text: string, is_marked: boolean, timestamp: number) =>
      assembler.push(parseRtp(rtp({ sequence: 1, timestamp, payload: Buffer.from(text), is_marked })));
    expect(push('<tt:Meta', false, 7)).toEqual([]);
    const [document] = push('data/>', true, 7);
    expect(document).toMatchObject({ timestamp: 7 });
    expect(Buffer.from(document!.data).toString()).toBe('<tt:Metadata/>');
    expect(() => {
      for (let n = 0; n < 100; n += 1) push('x'.repeat(60_000), false, 8);
    }).toThrow(BrokenStream);
  });
});

const SDP_OF_ALL = [
  'v=0',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'm=audio 0 RTP/AVP 8',
  'm=audio 0 RTP/AVP 97',
  'a=rtpmap:97 MPEG4-GENERIC/16000/1',
  'a=fmtp:97 streamtype=5; mode=AAC-hbr; config=1408; SizeLength=13; IndexLength=3; IndexDeltaLength=3',
  'm=application 0 RTP/AVP 107',
  'a=rtpmap:107 vnd.onvif.metadata/90000',
].join('\r\n');

describe('the choice of tracks', () => {
  it('takes what is wanted and names everything else', () => {
    const sdp = parseSdp(SDP_OF_ALL);
    const all = chooseTracks(sdp, { audio: true, metadata: true });
    expect(all.sides.map(({ format }) => format.audio?.codec ?? 'metadata')).toEqual(['pcma', 'metadata']);
    expect(all.other_streams).toEqual(['audio: MPEG4-GENERIC']);
    expect(chooseTracks(sdp, { audio: false, metadata: false }).other_streams).toEqual([
      'audio: PCMA',
      'audio: MPEG4-GENERIC',
      'metadata',
    ]);
  });

  it('reads how AAC is coded', () => {
    const sdp = parseSdp(SDP_OF_ALL.replace('m=audio 0 RTP/AVP 8\r\n', ''));
    const [side] = chooseTracks(sdp, { audio: true, metadata: false }).sides;
    expect(side!.format.audio).toEqual({
      ...{ kind: 'audio', codec: 'aac', sample_rate_hz: 16_000, channel_count: 1 },
      decoder_configuration: Uint8Array.of(0x14, 0x08),
    });
  });

  it.each(['G726-32/8000', 'MP4A-LATM/48000/2', 'L16/44100'])(
    'names %s as sound that cannot be kept',
    (kind) => {
      const sdp = parseSdp(`v=0\r\nm=video 0 RTP/AVP 26\r\nm=audio 0 RTP/AVP 99\r\na=rtpmap:99 ${kind}`);
      expect(chooseTracks(sdp, { audio: true, metadata: false }).other_streams).toEqual([
        `audio: ${kind.split('/')[0]} (this kind of sound cannot be kept)`,
      ]);
    },
  );
});

describe('the time of sound', () => {
  const [pcma] = chooseTracks(parseSdp(SDP_OF_ALL), { audio: true, metadata: false }).sides;
  const side = (announced_start: number | null): Track<SideFormat> => ({
    ...{ format: pcma!.format, payload_type: 8, clock_rate_hz: 8_000, rtp_channel: 2, rtcp_channel: 3 },
    announced_start,
  });
  const session = (picture_start: number | null, own_start: number | null): PlayingSession => ({
    video: {
      format: { kind: 'nal_units', codec: H264, parameter_sets: [CIF.sps, CIF.pps] },
      ...{ payload_type: 96, clock_rate_hz: 90_000, rtp_channel: 0, rtcp_channel: 1 },
      announced_start: picture_start,
    },
    sides: [side(own_start)],
    ...{ other_streams: [], session_id: '1', timeout_s: 60, control: '', keep_alive_method: 'OPTIONS' },
  });
  const picture = (n: number) =>
    rtp({
      ...{ sequence: n, timestamp: 5_000 + n * 9_000, payload: n === 0 ? idr(1) : slice(n) },
      replay: { device_time_ms: START_MS + n * 100 },
    });
  const sound = (n: number, device_time_ms?: number) =>
    rtp({
      ...{ sequence: n, timestamp: 800_000 + n * 160, payload: Buffer.alloc(160, n), payload_type: 8 },
      ...(device_time_ms === undefined ? {} : { replay: { device_time_ms } }),
    });

  function timesOf(player: SessionPlayer, packets: readonly (readonly [number, Buffer])[]): number[] {
    const events = packets.flatMap(([channel, packet]) => player.push(channel, packet));
    return [...events, ...player.flush()].flatMap((event) =>
      event.type === 'audio' ? [event.packet.device_time_us! / 1000 - START_MS] : [],
    );
  }

  it('is its own where every packet is stamped', () => {
    const packets = [0, 1, 2].flatMap((n) => [
      [0, picture(n)] as const,
      [2, sound(n, START_MS + 40 + n * 20)] as const,
    ]);
    expect(timesOf(new SessionPlayer(session(null, null)), packets)).toEqual([40, 60, 80]);
  });

  it('is joined by sender reports of both tracks, exactly', () => {
    const reports = [
      // The sender's clock is two hours off the stamps: only the difference between the tracks counts.
      [1, senderReport(START_MS + 7_200_000, 5_000)] as const,
      [3, senderReport(START_MS + 7_200_000 + 30, 800_000)] as const,
    ];
    const packets = [0, 1, 2].flatMap((n) => [[0, picture(n)] as const, [2, sound(n)] as const]);
    expect(timesOf(new SessionPlayer(session(null, null)), [...reports, ...packets])).toEqual([30, 50, 70]);
  });

  it('is joined by what the answer to PLAY announces where no report comes', () => {
    const packets = [0, 1, 2].flatMap((n) => [[0, picture(n)] as const, [2, sound(n)] as const]);
    expect(timesOf(new SessionPlayer(session(5_000, 800_000 - 80)), packets)).toEqual([10, 30, 50]);
  });

  it('is that of the picture it came beside where nothing else tells', () => {
    const packets = [0, 1, 2].flatMap((n) => [[0, picture(n)] as const, [2, sound(n)] as const]);
    const [first, second] = timesOf(new SessionPlayer(session(null, null)), packets);
    expect(first).toBeLessThanOrEqual(200);
    expect(second! - first!).toBe(20);
  });

  it('loses what is broken in the sound and no picture', () => {
    const player = new SessionPlayer(session(null, null));
    const events = [
      ...player.push(0, picture(0)),
      ...player.push(2, Buffer.from('nonsense')),
      ...player.push(0, picture(1)),
      ...player.flush(),
    ];
    expect(events.map(({ type }) => type)).toEqual(['stream', 'unit', 'unit']);
  });
});
