import type { MediaPacket, StreamDescription } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { indexOfMaster } from '../../test/support/index-of-master.ts';
import { MEDIA_LIMITS } from '../limits.ts';
import { createMasterWriter } from './master-writer.ts';

const STREAM: StreamDescription = {
  kind: 'video',
  codec: 'h264',
  width: 320,
  height: 240,
  decoder_configuration: Uint8Array.of(1, 100, 0, 13, 0xff, 0xe0, 0),
};

function packet(index: number, size_bytes: number, is_keyframe = index % 25 === 0): MediaPacket {
  return { device_time_us: 1_000_000 + index * 40_000, is_keyframe, data: new Uint8Array(size_bytes) };
}

/** A sink that keeps what was written. */
function collect() {
  const chunks: Uint8Array[] = [];
  return {
    chunks,
    sink: {
      async write(chunk: Uint8Array) {
        chunks.push(chunk);
      },
    },
    bytes: () => Buffer.concat(chunks),
  };
}

/** Types and sizes of the boxes at the top of a file. */
function topBoxes(bytes: Buffer): { type: string; size: number }[] {
  const boxes = [];
  for (let offset = 0; offset < bytes.length; ) {
    const size = bytes.readUInt32BE(offset);
    boxes.push({ type: bytes.toString('latin1', offset + 4, offset + 8), size });
    offset += size;
  }
  return boxes;
}

describe('a master writer', () => {
  it('writes ftyp, media data and the index, forward only, and counts its bytes', async () => {
    const { sink, bytes } = collect();
    const writer = createMasterWriter({ stream: STREAM, sink });
    for (let index = 0; index < 50; index++) await writer.write(packet(index, 1_000));
    const summary = await writer.finish();
    expect(topBoxes(bytes()).map((box) => box.type)).toEqual(['ftyp', 'mdat', 'moov']);
    expect(summary).toEqual({
      frame_count: 50,
      size_bytes: bytes().length,
      first_frame_device_time_us: 1_000_000,
      last_frame_device_time_us: 1_000_000 + 49 * 40_000,
      timescale: 90_000,
    });
  });

  it('holds no more than one piece of media data, however long a group of pictures is', async () => {
    const { sink, chunks, bytes } = collect();
    const writer = createMasterWriter({ stream: STREAM, sink });
    let given_bytes = 0;
    for (let index = 0; index < 400; index++) {
      await writer.write(packet(index, 20_000, index === 0));
      given_bytes += 20_000;
      const written_bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      expect(given_bytes - written_bytes).toBeLessThan(MEDIA_LIMITS.mdat_bytes);
    }
    await writer.finish();
    expect(topBoxes(bytes()).filter((box) => box.type === 'mdat').length).toBeGreaterThan(6);
  });

  it('indexes every frame to the letter: place, bytes, times, keyframe', async () => {
    const { sink, bytes } = collect();
    const writer = createMasterWriter({ stream: STREAM, sink });
    // Open groups, whose first two frames are shown before their keyframe; every frame of a size of its own, so
    // that chunks differ; one frame late by 7 ms.
    const frames = Array.from({ length: 600 }, (_, index) => {
      const shown = [2, 0, 1, 3][index % 4]! + (index - (index % 4));
      const data = Buffer.alloc(3_000 + index * 20, index % 251);
      const device_time_us = 5_000_000 + shown * 40_000 + (shown === 300 ? 7_000 : 0);
      return { device_time_us, is_keyframe: index % 4 === 0, data };
    });
    for (const frame of frames) await writer.write(frame);
    await writer.finish();
    const file = bytes();
    const samples = indexOfMaster(file);
    expect(samples.map((sample) => sample.presentation)).toEqual(
      frames.map((frame) => Math.round((frame.device_time_us - 5_000_000) * 0.09)),
    );
    expect(samples.map((sample) => sample.is_sync)).toEqual(frames.map((frame) => frame.is_keyframe));
    for (const [index, { offset, size }] of samples.entries()) {
      expect(file.subarray(offset, offset + size).equals(frames[index]!.data)).toBe(true);
    }
    expect(samples.every((sample, index) => index === 0 || sample.decode > samples[index - 1]!.decode)).toBe(
      true,
    );
  });

  it('gives equal bytes for equal input', async () => {
    const [first, second] = [collect(), collect()];
    for (const { sink } of [first, second]) {
      const writer = createMasterWriter({ stream: STREAM, sink });
      for (let index = 0; index < 30; index++) await writer.write(packet(index, 100));
      await writer.finish();
    }
    expect(first.bytes().equals(second.bytes())).toBe(true);
  });

  it('passes on what the sink throws', async () => {
    const full = new Error('no space');
    const writer = createMasterWriter({
      stream: STREAM,
      sink: { write: () => Promise.reject(full) },
    });
    await writer.write(packet(0, 1_000));
    await expect(writer.finish()).rejects.toBe(full);
  });

  it('refuses a frame larger than any sane one', async () => {
    const writer = createMasterWriter({ stream: STREAM, sink: collect().sink });
    const huge = packet(0, MEDIA_LIMITS.packet_bytes_max + 1);
    await expect(writer.write(huge)).rejects.toMatchObject({ code: 'MEDIA_LIMIT' });
  });

  it('refuses times too far apart for its index', async () => {
    const writer = createMasterWriter({ stream: STREAM, sink: collect().sink });
    await writer.write(packet(0, 10));
    await writer.write({ ...packet(1, 10), device_time_us: 1_000_000 + 50_000 * 1_000_000 });
    await expect(writer.finish()).rejects.toMatchObject({ code: 'MEDIA_LIMIT' });
  });

  it.each([
    [
      'to begin without a keyframe',
      async (w: ReturnType<typeof createMasterWriter>) => w.write(packet(1, 10)),
    ],
    ['to end without a frame', async (w: ReturnType<typeof createMasterWriter>) => void (await w.finish())],
  ])('refuses %s', async (_label, act) => {
    const writer = createMasterWriter({ stream: STREAM, sink: collect().sink });
    await expect(act(writer)).rejects.toThrow();
  });
});
