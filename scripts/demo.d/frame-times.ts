import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Presentation times of a video's frames in order, in microseconds from the first, as ffprobe reads them out of
 * the file: a reader that shares nothing with the code that wrote it.
 */
export async function framePresentationTimes(path: string): Promise<number[]> {
  const { stdout } = await run(
    'ffprobe',
    [
      ...['-v', 'error', '-select_streams', 'v:0'],
      ...['-show_entries', 'stream=time_base:packet=pts', '-of', 'json', `file:${path}`],
    ],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  const { packets, streams } = JSON.parse(stdout) as {
    packets: { pts: number }[];
    streams: { time_base: string }[];
  };
  const [numerator = 0, denominator = 1] = (streams[0]?.time_base ?? '').split('/').map(Number);
  const ticks = packets.map(({ pts }) => pts).sort((a, b) => a - b);
  const first = ticks[0] ?? 0;
  return ticks.map((tick) => ((tick - first) * numerator * 1_000_000) / denominator);
}
