import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMasterWriter } from '../src/index.ts';
import { run } from './support/run.ts';

const FRAME_BYTES = 30 * 1024 * 1024;
const FRAMES = 142;
/** Beginning of each frame that is really written; the rest stays a hole in the file. */
const MARK_BYTES = 64;

let folder: string;
let handle: FileHandle;
const path = () => join(folder, 'large.mp4');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-large-'));
  handle = await open(path(), 'w');
});
afterAll(async () => {
  await handle.close();
  await rm(folder, { recursive: true });
});

it('a master beyond 4 GiB points to every frame where it lies', async () => {
  let size_bytes = 0;
  const data = new Uint8Array(FRAME_BYTES);
  const writer = createMasterWriter({
    stream: {
      kind: 'video',
      codec: 'h264',
      width: 320,
      height: 240,
      decoder_configuration: Buffer.from('0164000dffe1000467640000010004 68ebe3cb'.replace(' ', ''), 'hex'),
    },
    sink: {
      // A sparse file: a long run of zeros is left out of the disk.
      async write(chunk) {
        const is_frame = chunk.length >= FRAME_BYTES;
        await handle.write(chunk, 0, is_frame ? 16 + MARK_BYTES : chunk.length, size_bytes);
        size_bytes += chunk.length;
      },
    },
  });
  for (let index = 0; index < FRAMES; index++) {
    await writer.write({ device_time_us: index * 40_000, is_keyframe: true, data });
  }
  const summary = await writer.finish();
  expect(summary.size_bytes).toBeGreaterThan(4 * 1024 ** 3);
  const positions = await run(
    'ffprobe',
    ...['-v', 'quiet', '-probesize', '32', '-show_entries', 'packet=pos,size,pts', '-of', 'csv=p=0', path()],
  );
  const packets = positions.toString().trim().split('\n');
  const file_type_bytes = 32;
  expect(packets).toEqual(
    Array.from({ length: FRAMES }, (_, index) => {
      const position = file_type_bytes + index * (FRAME_BYTES + 8) + 8;
      return `${index * 3600},${FRAME_BYTES},${position}`;
    }),
  );
});
