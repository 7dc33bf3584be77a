import { describe, expect, it } from 'vitest';
import { hostAsTyped, isDevicePort } from './device-host.ts';

describe('the host of a device as it was typed', () => {
  it.each([
    ['http://192.168.1.20/onvif/device_service', { kind: 'address', address: '192.168.1.20' }],
    ['https://192.168.1.20:8443/', { kind: 'address', address: '192.168.1.20' }],
    ['http://[FD00::20]:8000/x', { kind: 'address', address: 'fd00::20' }],
    ['http://Cam-1.phuong.example/onvif', { kind: 'name', name: 'cam-1.phuong.example' }],
    ['http://4cam.example', { kind: 'name', name: '4cam.example' }],
    ['rtsp://192.168.1.20:554/live', { kind: 'address', address: '192.168.1.20' }],
  ])('reads %s', (text, expected) => {
    expect(hostAsTyped(text)).toEqual(expected);
  });

  it.each([
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f.0.0.1/',
    'http://127.1/',
    'http://010.0.0.5/',
    'http://192.168.1.20./',
    'http://１２７.０.０.１/',
    'http://[fe80::1%25eth0]/',
    'http:192.168.1.20',
    'http:///192.168.1.20/',
    'rtsp://2130706433/live',
    'nonsense',
  ])('takes %s for an address written to be misread', (text) => {
    expect(hostAsTyped(text)).toEqual({ kind: 'odd' });
  });

  it('asks devices at the ports of devices only', () => {
    expect([80, 443, 554, 8000, 8899, 37_777].every(isDevicePort)).toBe(true);
    expect([0, 22, 25, 6379, 5432, 65_536].some(isDevicePort)).toBe(false);
  });
});
