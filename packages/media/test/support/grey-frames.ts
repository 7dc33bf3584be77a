import { run } from './run.ts';

/** Makes a video whose frame `n` is grey of its own: `n` can be told from the picture. At most 50 frames. */
export async function makeGreyFrames(
  path: string,
  options: { frames: number; filter?: string },
): Promise<string> {
  const source = `color=c=black:s=64x48:r=25:d=${options.frames / 25}`;
  await run(
    'ffmpeg',
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', source],
    ...['-vf', `format=yuv420p,geq=lum='20+4*N':cb=128:cr=128,${options.filter ?? 'null'}`],
    ...['-fps_mode', 'passthrough', '-enc_time_base', '1:90000'],
    ...['-c:v', 'libx264', '-qp', '1', '-bf', '3', '-g', '25', '-x264-params', 'scenecut=0', path],
  );
  return path;
}

/** The numbers of the frames a video shows, in presentation order. */
export async function readGreyFrames(path: string): Promise<number[]> {
  const output = ['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'];
  const planes = await run('ffmpeg', '-v', 'error', '-i', path, ...output);
  const frame_bytes = (64 * 48 * 3) / 2;
  return Array.from({ length: planes.length / frame_bytes }, (_, frame) => {
    const luma = planes.subarray(frame * frame_bytes, frame * frame_bytes + 64 * 48);
    return Math.round((luma.reduce((sum, value) => sum + value, 0) / luma.length - 20) / 4);
  });
}

/** How bright each frame of such a video is as an RGB picture, 0 to 255, in presentation order. */
export async function readBrightness(path: string): Promise<number[]> {
  const output = ['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
  const pixels = await run('ffmpeg', '-v', 'error', '-i', path, ...output);
  const frame_bytes = 64 * 48 * 3;
  return Array.from({ length: pixels.length / frame_bytes }, (_, frame) => {
    const bytes = pixels.subarray(frame * frame_bytes, (frame + 1) * frame_bytes);
    return bytes.reduce((sum, value) => sum + value, 0) / bytes.length;
  });
}
