import { describe, expect, it } from 'vitest';
import { deviceKey } from './device-key.ts';

describe('the comparable address of a device', () => {
  it.each([
    ['HTTP://NVR.Local:80/onvif/device_service', 'http://nvr.local/'],
    ['http://nvr.local./onvif', 'http://nvr.local/onvif/'],
    ['https://nvr.local/onvif', 'http://nvr.local/onvif'],
    ['https://nvr.local:443/', 'http://nvr.local:80/'],
    ['http://0x0a.0.0.8/', 'http://10.0.0.8/'],
    ['http://167772168/', 'http://10.0.0.8/'],
    ['http://[::ffff:10.0.0.8]/', 'http://10.0.0.8/'],
    ['http://[FE80:0::1]:8080/', 'http://[fe80::1]:8080/x?y=1'],
  ])('is one for %s and %s', (a, b) => {
    expect(deviceKey(a)).toBe(deviceKey(b));
  });

  it.each([
    ['http://nvr.local:8080/', 'http://nvr.local:8081/'],
    ['http://nvr.local:8080/', 'http://nvr.local/'],
    ['http://10.0.0.8/', 'http://10.0.0.9/'],
  ])('tells %s and %s apart', (a, b) => {
    expect(deviceKey(a)).not.toBe(deviceKey(b));
  });

  it('is the text itself where that is no address', () => {
    expect(deviceKey('đầu ghi')).toBe('đầu ghi');
  });
});
