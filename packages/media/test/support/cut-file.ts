import { writeFile } from 'node:fs/promises';
import type { FootageEvent, MediaFile } from '@minhchung/domain';
import { createMediaReader, writeMasters } from '../../src/index.ts';
import { memoryArchive } from './memory-archive.ts';

/** Device time of the zero of every sample: 2026-11-22T03:00:00Z by the device's clock. */
export const ZERO_MS = 1_795_316_400_000;

export const never = new AbortController().signal;

/** A file's packets as a source yields them, from the keyframe at or before `from_ms`. */
export async function* footageOf(file: MediaFile, from_ms = 0): AsyncGenerator<FootageEvent> {
  yield { type: 'stream', stream: file.stream };
  for await (const packet of file.packetsFrom(from_ms * 1000, never)) {
    if (packet.changed_stream) yield { type: 'stream', stream: packet.changed_stream };
    yield {
      type: 'packet',
      packet: {
        device_time_us: ZERO_MS * 1000 + packet.time_us,
        is_keyframe: packet.is_keyframe,
        data: packet.data,
      },
    };
  }
}

/** Cuts `[from_ms, to_ms)` of a file's own timeline and writes the masters as `<output>-<index>.mp4`. */
export async function cutFile(input: string, from_ms: number, to_ms: number, output: string) {
  const file = await createMediaReader().open(input, never);
  const archive = memoryArchive();
  const result = await writeMasters({
    events: footageOf(file, from_ms),
    device_span: { start_ms: ZERO_MS + from_ms, end_ms: ZERO_MS + to_ms },
    openSink: archive.openSink,
    signal: never,
  });
  await file.close();
  const paths = await Promise.all(
    archive.objects.map(async ({ bytes }, index) => {
      await writeFile(`${output}-${index}.mp4`, bytes);
      return `${output}-${index}.mp4`;
    }),
  );
  return { ...result, paths };
}
