import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaReader } from '../src/index.ts';
import { never } from './support/cut-file.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-may-have-sound-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A second of pictures, with sound in this coding or without. */
async function made(name: string, sound: readonly string[] | null): Promise<string> {
  const path = join(folder, name);
  const tone = sound === null ? [] : ['-f', 'lavfi', '-i', 'sine=d=1', ...sound];
  const pictures = ['-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=10:d=1'];
  await run('ffmpeg', [
    '-v',
    'error',
    '-y',
    ...pictures,
    ...tone,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    path,
  ]);
  return path;
}

describe('whether a file may have sound', () => {
  it.each<[string, readonly string[] | null, boolean]>([
    ['silent.mp4', null, false],
    ['silent.ts', null, false],
    ['aac.mp4', ['-c:a', 'aac'], true],
    ['opus.ts', ['-c:a', 'libopus'], true],
    ['alaw.ts', ['-ar', '8000', '-c:a', 'pcm_alaw'], true],
    ['alaw.mkv', ['-ar', '8000', '-c:a', 'pcm_alaw'], true],
  ])('%s', async (name, sound, expected) => {
    expect(await createMediaReader().mayHaveSound(await made(name, sound), never)).toBe(expected);
  });

  it('a clock beside the pictures of an MP4 is none', async () => {
    const path = join(folder, 'timecode.mov');
    const silent = await made('plain.mp4', null);
    await run('ffmpeg', ['-v', 'error', '-y', '-i', silent, '-c', 'copy', '-timecode', '10:00:00:00', path]);
    expect(await createMediaReader().mayHaveSound(path, never)).toBe(false);
  });

  it('is not denied where no tool can look, or the file is broken', async () => {
    const silent = await made('other.mp4', null);
    const blind = createMediaReader({ ffprobe_path: '/nonexistent/ffprobe' });
    expect(await blind.mayHaveSound(silent, never)).toBe(true);
    const broken = join(folder, 'broken.mp4');
    await writeFile(broken, 'nothing');
    expect(await createMediaReader().mayHaveSound(broken, never)).toBe(true);
  });
});
