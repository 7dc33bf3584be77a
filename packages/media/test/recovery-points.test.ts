import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cutFile } from './support/cut-file.ts';
import { readForeign } from './support/foreign-reader.ts';
import { run } from './support/run.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-refresh-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** ffmpeg lets MPEG-TS begin at 1.4 s: what is asked for there lies that much earlier in the picture. */
it.each(['mp4', 'mkv', 'ts'])(
  'a stream that is refreshed gradually is cut at a recovery point, whole, and says so (%s)',
  { timeout: 60_000 },
  async (end) => {
    const path = join(folder, `refresh.${end}`);
    const source = ['-f', 'lavfi', '-i', 'testsrc2=s=176x144:r=25:d=8'];
    const coding = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '0', '-g', '25'];
    await run('ffmpeg', '-v', 'error', '-y', ...source, ...coding, '-x264-params', 'intra-refresh=1', path);
    const { masters, paths } = await cutFile(path, 4_400, 5_600, join(folder, end));
    expect(masters).toHaveLength(1);
    const foreign = (await readForeign(path)).map(({ nal_hashes }) => nal_hashes.join());
    const written = (await readForeign(paths[0]!)).map(({ nal_hashes }) => nal_hashes.join());
    const begin = foreign.indexOf(written[0]!);
    expect(written).toEqual(foreign.slice(begin, begin + written.length));
    expect(begin).toBe(end === 'ts' ? 75 : 100);
    expect(masters[0]!.open_gop).toBe(true);
  },
);
