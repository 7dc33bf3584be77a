import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { BrokenStream } from '../src/rtsp/broken-stream.ts';
import { JpegAssembler } from '../src/rtsp/jpeg/jpeg-assembler.ts';
import { tablesOfQuality } from '../src/rtsp/jpeg/quantisation.ts';
import { parseRtp } from '../src/rtsp/rtp/packet.ts';
import { rtp } from './loopback/rtp.ts';

/** Runs ffmpeg on standard input; its standard output. */
function ffmpeg(args: readonly string[], input: Uint8Array = Buffer.alloc(0)): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const all = ['-v', 'error', ...args];
    const options = { encoding: 'buffer' as const, maxBuffer: 32 * 1024 * 1024 };
    const child = execFile('ffmpeg', all, options, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin!.on('error', () => {});
    child.stdin!.end(input);
  });
}

interface Read {
  readonly tables: Buffer[];
  readonly width: number;
  readonly height: number;
  readonly type: 0 | 1;
  readonly restart_interval: number;
  readonly scan: Buffer;
}

/** The parts of a baseline JPEG (ISO/IEC 10918-1, B.2). */
function readJpeg(bytes: Buffer): Read {
  const tables: Buffer[] = [];
  let found = { width: 0, height: 0, type: 1 as 0 | 1 };
  let restart_interval = 0;
  for (let at = 2; ; ) {
    const marker = bytes[at + 1]!;
    const length = bytes.readUInt16BE(at + 2);
    const content = bytes.subarray(at + 4, at + 2 + length);
    if (marker === 0xdb)
      for (let t = 0; t < content.length; t += 65) tables.push(content.subarray(t + 1, t + 65));
    if (marker === 0xdd) restart_interval = content.readUInt16BE(0);
    if (marker === 0xc0) {
      const type = content[7] === 0x22 ? 1 : 0;
      found = { height: content.readUInt16BE(1), width: content.readUInt16BE(3), type };
    }
    at += 2 + length;
    if (marker === 0xda) return { ...found, tables, restart_interval, scan: bytes.subarray(at) };
  }
}

/** Packets of one picture by RFC 2435; tables in band with Q 255. */
function packets(jpeg: Read, timestamp: number, first: number, q = 255): Buffer[] {
  const list: Buffer[] = [];
  for (let at = 0; at < jpeg.scan.length; at += 1_000) {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(at, 0);
    head[4] = jpeg.type + (jpeg.restart_interval > 0 ? 64 : 0);
    head[5] = q;
    head[6] = jpeg.width > 2_040 ? 0 : jpeg.width / 8;
    head[7] = jpeg.height > 2_040 ? 0 : jpeg.height / 8;
    const restart = Buffer.from([jpeg.restart_interval >> 8, jpeg.restart_interval & 0xff, 0xff, 0xff]);
    const [luma, chroma = luma] = jpeg.tables;
    const tables = at === 0 && q >= 128 ? [Buffer.from([0, 0, 0, 128]), luma!, chroma!] : [];
    const part = jpeg.scan.subarray(at, at + 1_000);
    const payload = Buffer.concat([head, ...(jpeg.restart_interval > 0 ? [restart] : []), ...tables, part]);
    const is_marked = at + 1_000 >= jpeg.scan.length;
    list.push(rtp({ sequence: first + list.length, timestamp, payload, is_marked, payload_type: 26 }));
  }
  return list;
}

async function encode(size: string, pixels: string): Promise<Buffer> {
  const source = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=1:d=1`, '-pix_fmt', pixels, '-frames:v', '1'];
  return await ffmpeg([
    ...source,
    '-c:v',
    'mjpeg',
    '-huffman',
    'default',
    '-q:v',
    '4',
    '-f',
    'mjpeg',
    'pipe:1',
  ]);
}

const decoded = (jpeg: Uint8Array) =>
  ffmpeg(['-f', 'mjpeg', '-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'yuv444p', 'pipe:1'], jpeg);

function assemble(list: readonly Buffer[], stated: { width: number; height: number } | null = null) {
  const assembler = new JpegAssembler(stated);
  const units = list.flatMap((packet) => assembler.push(parseRtp(packet)) ?? []);
  return [...units, ...[assembler.flush(true) ?? []].flat()];
}

describe('JPEG over RTP', () => {
  it.each([
    ['4:2:0', '176x144', 'yuvj420p'],
    ['sizes of which packets cannot tell', '2048x64', 'yuvj420p'],
  ])('gives the same picture back: %s', async (_, size, pixels) => {
    const original = await encode(size, pixels);
    const read = readJpeg(original);
    const [width, height] = size.split('x').map(Number) as [number, number];
    const [unit, ...others] = assemble(packets(read, 9, 65_534), { width, height });
    expect(others).toEqual([]);
    expect(unit).toMatchObject({ is_keyframe: true, timestamp: 9, picture: { width, height } });
    expect(readJpeg(Buffer.from(unit!.data)).scan.equals(read.scan)).toBe(true);
    expect((await decoded(unit!.data)).equals(await decoded(original))).toBe(true);
  });

  it('says of type 0 that its colours are halved in width alone', async () => {
    // ffmpeg's own 4:2:2 has other MCUs than RFC 2435 knows: only the header is looked at.
    const read = { ...readJpeg(await encode('176x144', 'yuvj420p')), type: 0 as const };
    const [unit] = assemble(packets(read, 9, 1));
    expect(readJpeg(Buffer.from(unit!.data)).type).toBe(0);
  });

  it('keeps restart markers and says their interval', async () => {
    const read = { ...readJpeg(await encode('176x144', 'yuvj420p')), restart_interval: 11 };
    const [unit] = assemble(packets(read, 9, 1));
    expect(readJpeg(Buffer.from(unit!.data)).restart_interval).toBe(11);
  });

  it('computes the tables of a quality as the standard does', () => {
    // At 50 they are those of the standard itself (ISO/IEC 10918-1, K.1 and K.2).
    expect([...tablesOfQuality(50).luma.subarray(0, 8)]).toEqual([16, 11, 12, 14, 12, 10, 16, 14]);
    expect([...tablesOfQuality(25).chroma.subarray(0, 3)]).toEqual([34, 36, 36]);
    expect(new Set(tablesOfQuality(1).luma)).toEqual(new Set([255]));
    expect(new Set(tablesOfQuality(99).luma.subarray(0, 4))).toEqual(new Set([1]));
    for (const q of [0, 100, 127]) expect(() => tablesOfQuality(q)).toThrow(BrokenStream);
  });

  it('keeps tables that came once for pictures that bring none', async () => {
    const read = readJpeg(await encode('176x144', 'yuvj420p'));
    const second = packets(read, 2, 100, 200).map((packet, n) => {
      if (n > 0) return packet;
      const without = Buffer.concat([packet.subarray(0, 20), Buffer.alloc(4), packet.subarray(20 + 4 + 128)]);
      return without;
    });
    const first = packets(read, 1, 100 - packets(read, 1, 0, 200).length, 200);
    const units = assemble([...first, ...second]);
    expect(Buffer.compare(units[0]!.data, units[1]!.data)).toBe(0);
  });

  it.each([
    ['a piece missing', (list: Buffer[]) => list.toSpliced(1, 1).map(renumbered)],
    ['no beginning', (list: Buffer[]) => list.slice(1)],
    ['another type', (list: Buffer[]) => list.map((one) => patched(one, 16, 5))],
    ['a reserved quality', (list: Buffer[]) => list.map((one) => patched(one, 17, 0))],
    ['no size', (list: Buffer[]) => list.map((one) => patched(one, 18, 0))],
  ])('is refused with %s', async (_, damage) => {
    const list = packets(readJpeg(await encode('176x144', 'yuvj420p')), 1, 1);
    expect(list.length).toBeGreaterThan(2);
    expect(() => assemble(damage(list))).toThrow(BrokenStream);
  });
});

function renumbered(packet: Buffer, n: number): Buffer {
  const copy = Buffer.from(packet);
  copy.writeUInt16BE(n, 2);
  return copy;
}

function patched(packet: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(packet);
  copy[at] = value;
  return copy;
}
