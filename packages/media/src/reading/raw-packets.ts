import { MEDIA_LIMITS } from '../limits.ts';
import { fileInput, QUIET_ARGUMENTS } from '../tools/input-arguments.ts';
import { type MediaToolOptions, startTool } from '../tools/run-tool.ts';
import { ByteReader } from './byte-reader.ts';
import { type ListedPacket, listPackets, type ToolStream } from './packet-list.ts';
import { unreadable } from './unreadable.ts';

/** A packet with its bytes, as the container holds them. */
export interface RawPacket extends ListedPacket {
  readonly data: Uint8Array;
}

/** Packets with their bytes, from the first one on: ffprobe lists them, ffmpeg hands them out. */
export async function* rawPackets(
  stream: ToolStream,
  signal: AbortSignal,
  options: MediaToolOptions,
): AsyncGenerator<RawPacket> {
  const running = await startTool(
    {
      tool: 'ffmpeg',
      args: [
        ...QUIET_ARGUMENTS,
        '-nostdin',
        ...fileInput(stream.path),
        '-map',
        `0:${stream.specifier}`,
        '-c',
        'copy',
        '-copyinkf',
        '-f',
        'data',
        'pipe:1',
      ],
      deadline_ms: options.deadline_ms ?? MEDIA_LIMITS.derivative_deadline_ms,
      signal,
    },
    options,
  );
  try {
    const bytes = new ByteReader(running.stdout);
    for await (const listed of listPackets(stream, signal, options)) {
      const data = await bytes.take(listed.size_bytes);
      if (data === null) {
        await running.finished;
        throw unreadable(stream.path, 'its packets are fewer than its index says');
      }
      yield { ...listed, data };
    }
  } finally {
    running.stop();
  }
}
