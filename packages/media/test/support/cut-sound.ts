import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FootageEvent, MediaFile } from '@minhchung/domain';
import { createMediaReader, writeMasters } from '../../src/index.ts';
import { never, ZERO_MS } from './cut-file.ts';
import { memoryArchive } from './memory-archive.ts';

/** Pictures and sound of a file, the sound `late_us` behind (or, negative, ahead of) where it belongs. */
export async function* withSound(
  file: MediaFile,
  from_us: number,
  late_us = 0,
): AsyncGenerator<FootageEvent> {
  const shift_us = ZERO_MS * 1000 - file.first_time_us;
  yield { type: 'stream', stream: file.stream };
  if (file.audio !== null) yield { type: 'audio_stream', stream: file.audio };
  const sounds = file.audioFrom(from_us, never)[Symbol.asyncIterator]();
  let sound = await sounds.next();
  for await (const packet of file.packetsFrom(from_us, never)) {
    while (!sound.done && sound.value.time_us + late_us <= packet.time_us) {
      const { time_us, data } = sound.value;
      yield { type: 'audio', packet: { device_time_us: time_us + shift_us, data } };
      sound = await sounds.next();
    }
    const { time_us, is_keyframe, data } = packet;
    yield { type: 'packet', packet: { device_time_us: time_us + shift_us, is_keyframe, data } };
  }
  for (; !sound.done; sound = await sounds.next()) {
    const { time_us, data } = sound.value;
    yield { type: 'audio', packet: { device_time_us: time_us + shift_us, data } };
  }
}

/** Cuts `[from_ms, to_ms)` of a file, with its sound, into a folder; times count from its first frame. */
export async function cutWithSound(
  input: string,
  span: { readonly from_ms: number; readonly to_ms: number; readonly late_us?: number },
  folder: string,
) {
  const file = await createMediaReader().open(input, never);
  const result = await writeEvents(
    withSound(file, file.first_time_us + span.from_ms * 1000 - 2_000_000, span.late_us),
    span,
    folder,
  );
  await file.close();
  return { ...result, source_audio: file.audio };
}

/** Cuts events that begin at `ZERO_MS` and writes every file into a folder. */
export async function writeEvents(
  events: AsyncIterable<FootageEvent>,
  { from_ms, to_ms }: { readonly from_ms: number; readonly to_ms: number },
  folder: string,
) {
  const masters = memoryArchive();
  const beside = memoryArchive();
  const names: string[] = [];
  const result = await writeMasters({
    events,
    device_span: { start_ms: ZERO_MS + from_ms, end_ms: ZERO_MS + to_ms },
    openSink: masters.openSink,
    openSideFile: async (side) => {
      const name = side.kind === 'audio' ? `audio-${side.master}-${side.part}.wav` : 'metadata.jsonl';
      names.push(name);
      return { name, sink: await beside.openSink(names.length - 1) };
    },
    signal: never,
  });
  const paths = masters.objects.map((_, index) => join(folder, `master-${index}.mp4`));
  for (const [index, { bytes }] of masters.objects.entries()) await writeFile(paths[index]!, bytes);
  for (const [index, { bytes }] of beside.objects.entries())
    await writeFile(join(folder, names[index]!), bytes);
  return { ...result, paths, names, beside: beside.objects };
}
