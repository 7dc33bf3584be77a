import { describe, expect, it } from 'vitest';
import { reachableServiceUrl, reachableStreamUrl } from './service-addresses.ts';

const GIVEN = new URL('http://203.0.113.7:8080/onvif/device_service');

describe('where a device is reached', () => {
  it.each([
    [
      'its address behind the router',
      'http://192.168.1.20/onvif/Media',
      'http://203.0.113.7:8080/onvif/Media',
    ],
    ['its own loopback', 'http://127.0.0.1:80/onvif/Media', 'http://203.0.113.7:8080/onvif/Media'],
    ['a stranger', 'https://evil.example/onvif/Media?x=1', 'http://203.0.113.7:8080/onvif/Media?x=1'],
    [
      'another port of the same host',
      'http://203.0.113.7:8899/onvif/Media',
      'http://203.0.113.7:8899/onvif/Media',
    ],
  ])('is known when it names %s', (_, stated, expected) => {
    expect(reachableServiceUrl(stated, GIVEN)?.href).toBe(expected);
  });

  it.each(['', 'ftp://203.0.113.7/x', 'file:///etc/passwd', '/onvif/Media', 'http://'])(
    '%j is no service',
    (stated) => {
      expect(reachableServiceUrl(stated, GIVEN)).toBeNull();
    },
  );

  it.each([
    ['rtsp://192.168.1.20:8554/rec/1?a=b&c', 'rtsp://203.0.113.7:8554/rec/1?a=b&c'],
    ['rtsp://admin:secret@127.0.0.1/rec', 'rtsp://203.0.113.7/rec'],
    ['RTSP://[::1]:554/rec', 'rtsp://203.0.113.7:554/rec'],
    ['rtsp://192.168.1.20', 'rtsp://203.0.113.7/'],
    ['rtsps://192.168.1.20:322/rec', 'rtsps://203.0.113.7:322/rec'],
  ])('plays %s at the host we were given', (stated, expected) => {
    expect(reachableStreamUrl(stated, GIVEN)).toBe(expected);
  });

  it.each(['http://203.0.113.7/', 'rtsp:///x', 'rtsp://h/a b', 'rtsp://h/\r\nX: y', 'rtspx://h/x'])(
    '%j is no stream',
    (stated) => {
      expect(reachableStreamUrl(stated, GIVEN)).toBeNull();
    },
  );
});
