import { createHash } from 'node:crypto';
import { run } from './run.ts';

/** One packet as ffprobe and ffmpeg read it. */
export interface ForeignPacket {
  /** Presentation and decode time in ticks of 1/90,000 s, rounded. */
  readonly pts: number;
  readonly dts: number;
  readonly is_key: boolean;
  /** Hash of every NAL unit, in order. */
  readonly nal_hashes: readonly string[];
}

/**
 * Reads a file with ffprobe (times) and ffmpeg (bytes), sharing no code with the package, and cuts packets
 * into NAL units behind whichever framing the container uses.
 */
export async function readForeign(path: string): Promise<ForeignPacket[]> {
  const times = await run(
    'ffprobe',
    ...['-v', 'error', '-select_streams', 'v:0', '-of', 'json'],
    ...['-show_entries', 'packet=pts_time,dts_time,pts,dts,size,flags:stream=time_base', path],
  );
  const { packets, streams } = JSON.parse(times.toString()) as {
    packets: { pts: number; dts: number; size: string; flags: string }[];
    streams: { time_base: string }[];
  };
  const [numerator, denominator] = streams[0]!.time_base.split('/').map(Number) as [number, number];
  const ticks = (units: number) => Math.round((units * numerator * 90_000) / denominator);
  const bytes = await run(
    'ffmpeg',
    ...['-v', 'error', '-i', path, '-map', '0:v:0', '-c', 'copy', '-copyinkf', '-f', 'data', '-'],
  );
  const is_byte_stream = bytes.readUInt32BE(0) === 1 || bytes.readUIntBE(0, 3) === 1;
  let offset = 0;
  const read = packets.map((packet) => {
    const data = bytes.subarray(offset, offset + Number(packet.size));
    offset += data.length;
    const units = is_byte_stream ? splitByteStream(data) : splitLengths(data);
    return {
      pts: ticks(packet.pts),
      dts: ticks(packet.dts),
      is_key: packet.flags.startsWith('K'),
      nal_hashes: units.map((unit) => createHash('md5').update(unit).digest('hex')),
    };
  });
  if (offset !== bytes.length) throw new Error(`${path}: ffprobe and ffmpeg disagree on the packets`);
  return read;
}

/** Duration of the video stream in seconds, as ffprobe states it. */
export async function foreignDuration(path: string): Promise<number> {
  const args = [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-show_entries',
    'stream=duration',
    '-of',
    'csv=p=0',
  ];
  return Number((await run('ffprobe', ...args, path)).toString());
}

function splitLengths(data: Buffer): Buffer[] {
  const units: Buffer[] = [];
  for (let offset = 0; offset < data.length; ) {
    const length = data.readUInt32BE(offset);
    units.push(data.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return units;
}

function splitByteStream(data: Buffer): Buffer[] {
  // Latin-1 keeps bytes and characters one to one, and lets the start code be a pattern.
  return data
    .toString('latin1')
    .split('\0\0\x01')
    .slice(1)
    .map((unit) => Buffer.from(unit.replace(/\0+$/, ''), 'latin1'));
}
