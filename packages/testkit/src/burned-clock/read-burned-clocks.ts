import { resolve } from 'node:path';
import { runTool, startTool } from '../process/run-tool.ts';
import { BURNED_CLOCK_CELL_COUNT, type BurnedClock, decodeBurnedClock } from './cells.ts';
import { burnedClockLayout } from './layout.ts';

/** What can be told to the reader: a format that ffmpeg cannot guess (raw H.264), and cancellation. */
export interface ReadBurnedClocksOptions {
  /** Demuxer name, e.g. `h264` for an elementary stream. */
  readonly format?: 'h264' | 'hevc';
  readonly signal?: AbortSignal;
}

/**
 * Decodes a video file and yields the burned clock of every frame, in presentation order. Nothing is buffered
 * beyond one pipe's worth. Throws `TOOL_MISSING` and `TOOL_FAILED` when the file cannot be decoded.
 */
export async function* readBurnedClocks(
  path: string,
  options: ReadBurnedClocksOptions = {},
): AsyncGenerator<BurnedClock> {
  const input = [...(options.format ? ['-f', options.format] : []), '-i', `file:${resolve(path)}`];
  const layout = burnedClockLayout(await pictureSize(input, options.signal));
  const crop = `crop=${layout.width_px}:${layout.height_px}:0:0`;
  const filter = `${crop},scale=${layout.columns}:${layout.rows}:flags=area,format=gray`;
  const output = ['-vf', filter, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'];
  const ffmpeg = startTool(
    'ffmpeg',
    ['-nostdin', '-v', 'error', '-protocol_whitelist', 'file,pipe', ...input, '-map', '0:v:0', ...output],
    { signal: options.signal },
  );
  try {
    let rest = Buffer.alloc(0);
    for await (const chunk of ffmpeg.stdout as AsyncIterable<Buffer>) {
      const bytes = Buffer.concat([rest, chunk]);
      const whole_bytes = bytes.length - (bytes.length % BURNED_CLOCK_CELL_COUNT);
      for (let at = 0; at < whole_bytes; at += BURNED_CLOCK_CELL_COUNT)
        yield decodeBurnedClock(bytes.subarray(at, at + BURNED_CLOCK_CELL_COUNT));
      rest = bytes.subarray(whole_bytes);
    }
    await ffmpeg.finished;
  } finally {
    ffmpeg.stop();
  }
}

async function pictureSize(input: readonly string[], signal?: AbortSignal) {
  const entries = ['-select_streams', 'v:0', '-show_entries', 'stream=width,height', '-of', 'json'];
  const answer = await runTool('ffprobe', ['-v', 'error', ...entries, ...input], { signal });
  const parsed = JSON.parse(answer.toString('utf8')) as { streams?: { width?: number; height?: number }[] };
  return { width: parsed.streams?.[0]?.width ?? 0, height: parsed.streams?.[0]?.height ?? 0 };
}
