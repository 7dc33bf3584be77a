import { run } from './run.ts';

const RATE_HZ = 48_000;

/** When a film flashes, in seconds: the first bright frame of each flash. */
export async function flashesOf(path: string): Promise<number[]> {
  const listed = await run(
    'ffprobe',
    ...['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'frame=best_effort_timestamp_time'],
    ...['-of', 'csv=p=0', path],
  );
  // Frames with SEI come with lines that hold no time.
  const times = listed.toString().split('\n').map(Number.parseFloat).filter(Number.isFinite);
  const planes = await run(
    'ffmpeg',
    ...[
      '-v',
      'error',
      '-i',
      path,
      '-map',
      '0:v:0',
      '-fps_mode',
      'passthrough',
      '-vf',
      'scale=1:1,format=gray',
    ],
    ...['-f', 'rawvideo', '-'],
  );
  const is_bright = [...planes].map((grey) => grey > 120);
  return times.filter((_, frame) => is_bright[frame] && !is_bright[frame - 1]);
}

/** When it beeps, in seconds: where sound becomes loud after quiet, as a player lays it beside the pictures. */
export async function beepsOf(inputs: readonly string[], delay_s = 0): Promise<number[]> {
  // Silence before the first packet and in holes, as players fill them.
  const filter = `aresample=${RATE_HZ}:async=1:min_hard_comp=0.001:first_pts=0`;
  const pcm = await run(
    'ffmpeg',
    ...['-v', 'error', ...inputs, '-map', '0:a:0', '-af', filter, '-ac', '1', '-f', 's16le', '-'],
  );
  const beeps: number[] = [];
  let quiet_since = Number.NEGATIVE_INFINITY;
  for (let sample = 0; sample * 2 < pcm.length; sample++) {
    if (Math.abs(pcm.readInt16LE(sample * 2)) < 8_000) continue;
    if (sample - quiet_since > RATE_HZ / 4) beeps.push(sample / RATE_HZ + delay_s);
    quiet_since = sample;
  }
  return beeps;
}

/** The largest distance between a flash and the beep nearest to it, in seconds. Throws when there are none. */
export function stepBetween(flashes: readonly number[], beeps: readonly number[]): number {
  if (flashes.length === 0 || beeps.length === 0)
    throw new Error(`${flashes.length} flashes, ${beeps.length} beeps`);
  return Math.max(...flashes.map((flash) => Math.min(...beeps.map((beep) => Math.abs(beep - flash)))));
}
