import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinLengthPrefixed } from './nal-units.ts';
import { carriesVideoSignature } from './signed-video.ts';

const SIGNED_VIDEO = Buffer.from('005bc93f2d715e95ada4796f90877a6f', 'hex');
const OTHER_UUID = Buffer.from('dc45e9bde6d948b7962cd820d923eeef', 'hex');
const SLICE = Uint8Array.of(0x41, 0x9a, 0x80);

/** A message of the given type: type and size as runs of 255 and a rest. */
function message(type: number, payload: Uint8Array): number[] {
  const size = [...new Array<number>(Math.floor(payload.length / 255)).fill(255), payload.length % 255];
  return [type, ...size, ...payload];
}

function accessUnit(header: number[], ...messages: number[][]): Uint8Array {
  return joinLengthPrefixed([Uint8Array.from([...header, ...messages.flat(), 0x80]), SLICE]);
}

describe('a signature of ONVIF Media Signing', () => {
  it.each([
    ['h264', 'an SEI unit', [0x06]],
    ['h265', 'a prefix SEI unit', [0x4e, 0x01]],
    ['h265', 'a suffix SEI unit', [0x50, 0x01]],
  ] as const)('is found in %s, in %s, behind other messages', (codec, _unit, header) => {
    const signed = message(5, Buffer.concat([SIGNED_VIDEO, Buffer.alloc(300, 0xab)]));
    const unit = accessUnit([...header], message(1, Uint8Array.of(1, 2, 3)), message(5, OTHER_UUID), signed);
    expect(carriesVideoSignature(codec, unit)).toBe(true);
  });

  it('is not seen in other user data', () => {
    expect(carriesVideoSignature('h264', accessUnit([0x06], message(5, OTHER_UUID)))).toBe(false);
  });

  it('is not seen in messages of another type', () => {
    expect(carriesVideoSignature('h264', accessUnit([0x06], message(4, SIGNED_VIDEO)))).toBe(false);
  });

  it('is looked for in any bytes without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        carriesVideoSignature('h264', joinLengthPrefixed([Uint8Array.from([6, ...bytes])]));
        carriesVideoSignature('h265', bytes);
      }),
    );
  });
});
