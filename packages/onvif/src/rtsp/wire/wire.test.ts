import { describe, expect, it } from 'vitest';
import { SDP } from '../../../test/loopback/rtsp-server.ts';
import { RTSP_BODY_BYTES_MAX, RTSP_HEADER_BYTES_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import { clockRange } from './clock-range.ts';
import { WireDemuxer, type WireItem } from './demuxer.ts';
import { formatRequest } from './message.ts';
import { controlUrl, parseSdp } from './sdp.ts';

function demux(bytes: Buffer, chunk_bytes: number): WireItem[] {
  const demuxer = new WireDemuxer();
  const items: WireItem[] = [];
  for (let at = 0; at < bytes.length; at += chunk_bytes) {
    demuxer.push(bytes.subarray(at, at + chunk_bytes));
    for (let item = demuxer.next(); item !== null; item = demuxer.next()) {
      items.push(item);
    }
  }
  return items;
}

describe('the bytes of an RTSP connection', () => {
  const WIRE = Buffer.concat([
    Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 4\r\n\r\n$abc'),
    Buffer.from([0x24, 0, 0, 3, 0x24, 1, 2]),
    Buffer.from('\r\nOPTIONS * RTSP/1.0\r\nCSeq: 9\r\n\r\n'),
    Buffer.from([0x24, 1, 0, 0]),
  ]);

  it.each([1, 2, 3, 7, 1_000])('come apart the same in chunks of %i', (chunk_bytes) => {
    const items = demux(WIRE, chunk_bytes);
    expect(items.map(({ kind }) => kind)).toEqual(['message', 'interleaved', 'message', 'interleaved']);
    expect(items[0]).toMatchObject({ head: { type: 'response', status: 200 } });
    expect(Buffer.from((items[0] as { body: Uint8Array }).body).toString()).toBe('$abc');
    expect(items[1]).toMatchObject({ channel: 0, payload: Buffer.from([0x24, 1, 2]) });
    expect(items[2]).toMatchObject({ head: { type: 'request', method: 'OPTIONS' } });
  });

  it.each([
    ['a header without an end', `RTSP/1.0 200 OK\r\n${'a: b\r\n'.repeat(RTSP_HEADER_BYTES_MAX / 6 + 1)}`],
    ['a body too long', `RTSP/1.0 200 OK\r\nContent-Length: ${RTSP_BODY_BYTES_MAX + 1}\r\n\r\n`],
    ['a length that is none', 'RTSP/1.0 200 OK\r\nContent-Length: -4\r\n\r\n'],
    ['another protocol', 'HTTP/1.1 200 OK\r\n\r\n'],
  ])('are refused for %s', (_, text) => {
    expect(() => demux(Buffer.from(text), 4_096)).toThrow(BrokenStream);
  });

  it('never carry a forged header', () => {
    expect(() => formatRequest('PLAY', 'rtsp://h/\r\nX: y', [])).toThrow(BrokenStream);
    expect(() => formatRequest('PLAY', 'rtsp://h/', [['Session', '1\r\nX: y']])).toThrow(BrokenStream);
  });
});

describe('the range of a replay', () => {
  it('has neither dashes nor colons in its times', () => {
    const start_ms = Date.UTC(1999, 11, 31, 12, 0, 10, 500);
    expect(clockRange({ start_ms, end_ms: start_ms + 60_007 })).toBe(
      'clock=19991231T120010.500Z-19991231T120110.507Z',
    );
  });
});

describe('a session description', () => {
  it('names its media with their control and parameter sets', () => {
    const { control, media } = parseSdp(SDP);
    expect(control).toBe('*');
    expect(media[0]).toMatchObject({
      kind: 'video',
      encoding: 'H264',
      payload_type: 96,
      clock_rate_hz: 90_000,
      control: 'video',
    });
    expect(media[0]!.format.get('sprop-parameter-sets')).toBe('Z0LADNkBYJbARAAAAwAEAAADAFA8UKkg,aMuDyyA=');
    expect(media[1]).toMatchObject({ kind: 'audio', encoding: 'PCMU', payload_type: 0 });
  });

  it.each(['', '<html>', 'v=0\r\nm=video x', `v=0\r\n${'a=x\r\n'.repeat(1_001)}`])('is none: %#', (text) => {
    expect(() => parseSdp(text)).toThrow(BrokenStream);
  });

  it.each([
    ['rtsp://h/r/', 'video', 'rtsp://h/r/video'],
    ['rtsp://h/r', 'video', 'rtsp://h/r/video'],
    ['rtsp://h/r', '*', 'rtsp://h/r'],
    ['rtsp://h/r', null, 'rtsp://h/r'],
    ['rtsp://h/r', 'rtsp://k/s', 'rtsp://k/s'],
  ])('controls %s with %s at %s', (base, control, expected) => {
    expect(controlUrl(base, control)).toBe(expected);
  });
});
