/** Recorded files: their boxes and elements changed, then opened and read through as recordings are. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openContainer } from '../../packages/media/src/reading/container-file.ts';
import { makeVideo } from '../hostile/good-video.ts';
import { asyncGroup, type FuzzGroup, mustHold } from './group.ts';
import { mutated } from './mutation.ts';

const CONTAINERS = {
  mp4: ['-f', 'mp4'],
  fmp4: ['-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov'],
  matroska: ['-f', 'matroska'],
  mpegts: ['-f', 'mpegts'],
} as const;
/** Small: every case is written to a file, and what matters is the structure. */
const SMALL = ['-t', '0.4', '-s', '64x48', '-qp', '40'];
const FRAMES_MAX = 100_000;

/** Makes one file of each container, and a group of cases for each. `close` removes the folder of work. */
export async function containerGroups(): Promise<{ groups: FuzzGroup[]; close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'minhchung-fuzz-'));
  const groups: FuzzGroup[] = [];
  for (const [name, options] of Object.entries(CONTAINERS)) {
    const path = join(folder, name);
    await makeVideo(path, [...SMALL, ...options]);
    groups.push(containerGroup(name, await readFile(path), join(folder, `${name}.case`)));
  }
  return { groups, close: () => rmSync(folder, { recursive: true }) };
}

function containerGroup(name: string, good: Buffer, path: string): FuzzGroup {
  // Structure is at both ends; in between lie pictures.
  const structured = fc.constantFrom(...[0, 1].map(() => good));
  return asyncGroup(
    `file-${name}`,
    `${name} files opened and read`,
    mutated(structured, 8),
    async (bytes) => {
      writeFileSync(path, bytes);
      const { signal } = new AbortController();
      // No tool is started: what our own reader gives up on is not what is tried here.
      const file = await openContainer(path, signal, { ffprobe_path: '/nonexistent/ffprobe' });
      if (file === null) return;
      try {
        mustHold(
          Number.isFinite(file.first_time_us) && Number.isFinite(file.end_time_us),
          'a file has an extent',
        );
        let frames = 0;
        let frame_bytes = 0;
        for await (const { data, time_us } of file.packetsFrom(0, signal)) {
          frames += 1;
          frame_bytes = Math.max(frame_bytes, data.length);
          mustHold(Number.isFinite(time_us), 'a frame has a time');
          mustHold(frames <= FRAMES_MAX, 'frames do not come without end');
        }
        mustHold(frame_bytes <= bytes.length * 2, 'no frame is larger than its file');
      } finally {
        await file.close();
      }
    },
  );
}
