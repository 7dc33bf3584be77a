import { describe, expect, test } from 'vitest';
import { RTSP_REQUEST_BYTES_MAX } from '../limits.ts';
import { formatClockRange, readClockRange } from './clock-range.ts';
import { RtspRequestReader } from './request-reader.ts';

const bytes = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'));

describe('reading requests', () => {
  test('a request is read whatever the pieces it arrives in', () => {
    const whole = bytes('PLAY rtsp://a/b RTSP/1.0\nCSeq: 7\nRange: clock=x\n\n');
    const reader = new RtspRequestReader();
    const requests = [...whole].flatMap((byte) => reader.push(Buffer.of(byte)));
    expect(requests).toEqual([
      { method: 'PLAY', uri: 'rtsp://a/b', headers: { cseq: '7', range: 'clock=x' } },
    ]);
  });

  test('the client’s own packets and bodies between requests are skipped', () => {
    const request = bytes('GET_PARAMETER rtsp://a RTSP/1.0\nContent-Length: 3\n\nabc');
    const packet = Buffer.from([0x24, 1, 0, 4, 13, 10, 13, 10]);
    const reader = new RtspRequestReader();
    expect(reader.push(Buffer.concat([packet, request, packet, request]))).toHaveLength(2);
  });

  test.each([
    ['no RTSP', 'GET / HTTP/1.1\n\n', SyntaxError],
    ['a negative length', 'OPTIONS * RTSP/1.0\nContent-Length: -21\n\nOPTIONS * RTSP/1.0\n\n', SyntaxError],
    ['an endless head', 'A'.repeat(RTSP_REQUEST_BYTES_MAX + 1), RangeError],
  ])('%s is refused', (_, text, error) => {
    expect(() => new RtspRequestReader().push(bytes(text))).toThrow(error);
  });
});

describe('clock ranges', () => {
  const at_ms = Date.UTC(1999, 11, 31, 12, 0, 10);

  test.each([
    ['clock=19991231T120010.5Z-19991231T120020Z', { start_ms: at_ms + 500, end_ms: at_ms + 10_000 }],
    ['clock=19991231T120010.125Z-;time=x', { start_ms: at_ms + 125, end_ms: Number.MAX_SAFE_INTEGER }],
    ['npt=0-', { start_ms: 0, end_ms: Number.MAX_SAFE_INTEGER }],
    ['clock=1999-12-31T12:00:10Z-', null],
    ['clock=', null],
    ['smpte=0:10:00-', null],
  ])('%s is read', (header, span) => {
    expect(readClockRange(header)).toEqual(span);
  });

  test('an echoed range is cut to whole seconds', () => {
    expect(formatClockRange({ start_ms: at_ms + 999, end_ms: at_ms + 1500 })).toBe(
      'clock=19991231T120010Z-19991231T120011Z',
    );
  });
});
