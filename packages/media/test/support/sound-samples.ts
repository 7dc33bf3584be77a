import { createHash } from 'node:crypto';
import { run } from './run.ts';

/** Flashes white and beeps together, each for 40 ms at every whole second; otherwise black and silent. */
export const FLASH = "geq=lum='if(lt(mod(T,1),0.039),235,16)':cb=128:cr=128";
const BEEP = "aevalsrc='if(lt(mod(t,1),0.04),0.8*sin(2*PI*1000*t),0)'";

/** How a sample with sound is coded. */
export interface SoundSampleOptions {
  readonly video?: readonly string[];
  readonly audio: readonly string[];
  readonly rate_hz?: number;
  readonly seconds?: number;
  readonly muxer?: readonly string[];
}

export const H264_CODING = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '2', '-g', '25'];
/** Pictures in the order they are shown, for containers without presentation times. */
export const H264_IN_ORDER = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '0', '-g', '25'];
export const MJPEG_CODING = ['-c:v', 'mjpeg', '-q:v', '8', '-pix_fmt', 'yuvj420p'];

/** Makes a small film of flashes and beeps with ffmpeg; the container follows from the name. */
export async function makeSoundSample(path: string, options: SoundSampleOptions): Promise<string> {
  const { video = H264_CODING, rate_hz = 16_000, seconds = 4 } = options;
  await run(
    'ffmpeg',
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `color=c=black:s=64x48:r=25:d=${seconds},${FLASH}`],
    ...['-f', 'lavfi', '-i', `${BEEP}:s=${rate_hz}:d=${seconds}`],
    ...(video.includes('mjpeg') ? [] : ['-pix_fmt', 'yuv420p']),
    ...video,
    ...options.audio,
    ...(options.muxer ?? []),
    path,
  );
  return path;
}

/** One packet as ffprobe and ffmpeg read it: time in seconds and hash of the bytes. */
export interface ForeignSound {
  readonly time_s: number;
  readonly sha256: string;
  readonly size: number;
}

/** Packets of a stream by ffprobe and ffmpeg, with the bytes hashed as they are. */
export async function readForeignPackets(path: string, specifier: string): Promise<ForeignSound[]> {
  const listed = await run(
    'ffprobe',
    ...['-v', 'error', '-select_streams', specifier, '-show_entries', 'packet=pts_time,size'],
    ...['-of', 'json', path],
  );
  const { packets } = JSON.parse(listed.toString()) as { packets: { pts_time: string; size: string }[] };
  const bytes = await run(
    'ffmpeg',
    ...['-v', 'error', '-i', path, '-map', `0:${specifier}`, '-c', 'copy', '-f', 'data', '-'],
  );
  let offset = 0;
  return packets.map(({ pts_time, size }) => {
    const data = bytes.subarray(offset, offset + Number(size));
    offset += data.length;
    return { time_s: Number(pts_time), size: data.length, sha256: sha256(data) };
  });
}

/** SHA-256 in hex. */
export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
