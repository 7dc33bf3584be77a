import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { VideoStreamDescription } from '@minhchung/domain';
import type { RecordedFootage } from '@minhchung/testkit';
import { buildServer } from './build-server.ts';

/** One coded picture of what is served. */
export interface ServedFrame {
  readonly device_time_us: number;
  readonly offset_bytes: number;
  readonly size_bytes: number;
  readonly is_keyframe: boolean;
}

export interface ReplayServerOptions {
  /** Stream and index are written here. */
  readonly footage: RecordedFootage;
  /** What is served, in decode order. Default: the footage as it is, its true time as the device's. */
  readonly frames?: readonly ServedFrame[];
  /** `[from_us, to_us)` in device time: pictures that are not there, with all that needs them. */
  readonly holes?: readonly (readonly [number, number])[];
  /** Keyframes sent before the one the question needs. */
  readonly preroll_keyframes?: number;
}

export interface ReplayServer {
  readonly uri: string;
  readonly pid: number;
  close(): Promise<void>;
}

/** The pictures of footage under their own true times. */
export function servedFrames(footage: RecordedFootage): ServedFrame[] {
  return footage.frames.map(({ true_time_ms, offset_bytes, size_bytes, is_keyframe }) => ({
    device_time_us: true_time_ms * 1000,
    ...{ offset_bytes, size_bytes, is_keyframe },
  }));
}

/** Starts GStreamer's ONVIF replay server on loopback. It ends by `close`, or when this process does. */
export async function startReplayServer(options: ReplayServerOptions): Promise<ReplayServer> {
  const { footage, frames = servedFrames(footage), holes = [], preroll_keyframes = 0 } = options;
  const index_path = join(footage.directory, 'served.txt');
  const stream_path = join(footage.directory, 'served.nal');
  await writeFile(index_path, indexOf(footage.stream, frames));
  await writeStream(footage, stream_path);
  const child = spawn(
    await buildServer(),
    [
      ...['--stream', stream_path, '--index', index_path],
      ...holes.flatMap(([from_us, to_us]) => ['--hole', `${from_us}:${to_us}`]),
      ...['--preroll', String(preroll_keyframes)],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const line = once(createInterface({ input: child.stdout }), 'line');
  const port = await Promise.race([line.then(([text]) => Number(text)), ended.then(() => null)]);
  if (port === null) throw new Error('the ONVIF replay server ended before it listened');
  return {
    uri: `rtsp://127.0.0.1:${port}/replay`,
    pid: child.pid!,
    async close() {
      child.stdin.end();
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** All coded pictures in decode order, one behind the other. */
async function writeStream(footage: RecordedFootage, path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for await (const { data } of footage.units()) await file.write(data);
  } finally {
    await file.close();
  }
}

function indexOf(stream: VideoStreamDescription, frames: readonly ServedFrame[]): string {
  const { codec, width, height, decoder_configuration } = stream;
  const format = codec === 'h265' ? 'hvc1' : 'avc';
  const codec_data = Buffer.from(decoder_configuration).toString('hex');
  const caps = `video/x-${codec},stream-format=${format},alignment=au,width=${width},height=${height}`;
  const lines = frames.map(
    ({ device_time_us, offset_bytes, size_bytes, is_keyframe }) =>
      `${device_time_us} ${offset_bytes} ${size_bytes} ${is_keyframe ? 1 : 0}`,
  );
  return [`${caps},codec_data=(buffer)${codec_data}`, ...lines, ''].join('\n');
}
