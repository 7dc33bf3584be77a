import { joinLengthPrefixed, lengthPrefixedNalUnits } from '@minhchung/bitstream';
import { describe, expect, it } from 'vitest';
import { PacketNormaliser } from './packet-normaliser.ts';

/** Sets of a 320×240 High profile stream and of one in 640×360, made by x264. */
const SPS = Buffer.from('6764000dacd94141fb011000000300100000030320f1429960', 'hex');
const PPS = Buffer.from('68ebe3cb22c0', 'hex');
const OTHER_SPS = Buffer.from('6764001eacd940a02ff9610000030001000003003c8f162d96', 'hex');
const IDR = Buffer.from('6588843a', 'hex');
const DELTA = Buffer.from('419a2280', 'hex');
const SIZE = { width: 320, height: 240 };

function record(length_size: number): Uint8Array {
  const sets = [...SPS.subarray(1, 4)];
  const sps = [0xe1, 0, SPS.length, ...SPS];
  const pps = [1, 0, PPS.length, ...PPS];
  return Uint8Array.from([1, ...sets, 0xfc | (length_size - 1), ...sps, ...pps, 0xfd, 0xf8, 0xf8, 0]);
}

/** An access unit with lengths of `length_size` bytes. */
function behindLengths(units: readonly Uint8Array[], length_size: number): Uint8Array {
  const parts = units.map((unit) => {
    const length = Buffer.alloc(length_size);
    length.writeUIntBE(unit.length, 0, length_size);
    return Buffer.concat([length, unit]);
  });
  return Buffer.concat(parts);
}

describe('normalising packets', () => {
  it.each([1, 2])('turns lengths of %i bytes into 4, in packets and in the configuration', (length_size) => {
    const normaliser = PacketNormaliser.fromConfiguration('h264', record(length_size), SIZE);
    const { data, is_keyframe } = normaliser.normalise(behindLengths([PPS, IDR], length_size), true);
    expect([...lengthPrefixedNalUnits(data)].map((unit) => Buffer.from(unit))).toEqual([PPS, IDR]);
    expect(is_keyframe).toBe(true);
    expect([...normaliser.stream.decoder_configuration]).toEqual([...record(4)]);
  });

  it('hands packets with lengths of 4 bytes through untouched', () => {
    const packet = joinLengthPrefixed([IDR]);
    const normaliser = PacketNormaliser.fromConfiguration('h264', record(4), SIZE);
    expect(normaliser.normalise(packet, true).data).toBe(packet);
  });

  it('describes a byte stream by the sets in its keyframe', () => {
    const start = Buffer.of(0, 0, 0, 1);
    const keyframe = Buffer.concat([start, SPS, start, PPS, start, IDR]);
    const normaliser = PacketNormaliser.fromKeyframe('h264', keyframe);
    expect(normaliser.stream).toMatchObject({ codec: 'h264', ...SIZE });
    expect([...normaliser.stream.decoder_configuration]).toEqual([...record(4)]);
  });

  it('refuses a byte stream whose keyframe has no sets', () => {
    const keyframe = Buffer.concat([Buffer.of(0, 0, 1), IDR]);
    expect(() => PacketNormaliser.fromKeyframe('h264', keyframe)).toThrow(RangeError);
  });

  it('says nothing while a keyframe repeats known sets', () => {
    const normaliser = PacketNormaliser.fromConfiguration('h264', record(4), SIZE);
    expect(normaliser.normalise(joinLengthPrefixed([SPS, PPS, IDR]), true).changed_stream).toBeNull();
  });

  it('tells of new sets once', () => {
    const normaliser = PacketNormaliser.fromConfiguration('h264', record(4), SIZE);
    const packet = joinLengthPrefixed([OTHER_SPS, PPS, IDR]);
    expect(normaliser.normalise(packet, true).changed_stream).toMatchObject({ width: 640, height: 360 });
    expect(normaliser.normalise(packet, true).changed_stream).toBeNull();
  });

  it('does not believe a container that marks a frame as key which is none', () => {
    const normaliser = PacketNormaliser.fromConfiguration('h264', record(4), SIZE);
    expect(normaliser.normalise(joinLengthPrefixed([DELTA]), true).is_keyframe).toBe(false);
  });

  it('sees an IDR picture that its container did not mark', () => {
    const normaliser = PacketNormaliser.fromConfiguration('h264', record(4), SIZE);
    expect(normaliser.normalise(joinLengthPrefixed([IDR]), false).is_keyframe).toBe(true);
  });
});
