import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDerivativeMaker } from '../src/index.ts';
import { cutFile, never } from './support/cut-file.ts';
import { readForeign } from './support/foreign-reader.ts';
import { makeGreyFrames, readBrightness, readGreyFrames } from './support/grey-frames.ts';

const maker = createDerivativeMaker({ threads: 1 });
/** Frames of the sample that are coded: some are dropped, so that distances vary. */
const KEPT_FRAMES = Array.from({ length: 50 }, (_, n) => n).filter((n) => n % 7 !== 0 && n % 31 < 26);

let folder: string;
let master_path: string;
/** Number and offset from the first presented frame, in microseconds, of each frame of the master. */
let frames: { number: number; at_us: number }[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-derivatives-'));
  const filter = "select='mod(n,7)*lt(mod(n,31),26)'";
  const source = await makeGreyFrames(join(folder, 'source.mp4'), { frames: 50, filter });
  const cut = await cutFile(source, 0, 60_000, join(folder, 'master'));
  master_path = cut.paths[0]!;
  const times = (await readForeign(master_path)).map((packet) => packet.pts).sort((a, b) => a - b);
  frames = times.map((pts, index) => ({ number: KEPT_FRAMES[index]!, at_us: Math.round((pts * 100) / 9) }));
});
afterAll(() => rm(folder, { recursive: true }));

function outputPath(name: string): string {
  return join(folder, name);
}

function nearestIndex(values: readonly number[], value: number): number {
  const distances = values.map((candidate) => Math.abs(candidate - value));
  return distances.indexOf(Math.min(...distances));
}

describe('a playable copy', () => {
  it.each([
    ['the whole master', 0, 50],
    ['from one frame up to another', 7, 29],
    ['one frame', 20, 21],
  ])('shows exactly the frames asked for: %s', async (_label, from, to) => {
    const from_us = frames[from]?.at_us ?? 0;
    const to_us = frames[to]?.at_us ?? 60_000_000;
    const output_path = outputPath(`playable-${from}.mp4`);
    const result = await maker.playable({ master_path, output_path, from_us, to_us, signal: never });
    const expected = frames.slice(from, to);
    expect(await readGreyFrames(output_path)).toEqual(expected.map((frame) => frame.number));
    expect(result.frame_count).toBe(expected.length);
    const times = (await readForeign(output_path)).map((packet) => packet.pts);
    expect(times).toEqual(
      expected.map((frame) => Math.round(((frame.at_us - expected[0]!.at_us) * 9) / 100)),
    );
  });

  it('has its index in front of the pictures, and goes forward with progress up to the end', async () => {
    const progress: number[] = [];
    const output_path = outputPath('fast-start.mp4');
    const to_us = frames.at(-1)!.at_us + 1;
    const on_progress = (fraction: number) => progress.push(fraction);
    await maker.playable({ master_path, output_path, from_us: 0, to_us, signal: never, on_progress });
    const bytes = await readFile(output_path);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    expect(progress.at(-1)).toBeGreaterThan(0.9);
    expect(Math.max(...progress)).toBeLessThanOrEqual(1);
  });

  it('takes names as names, whatever they look like', async () => {
    const odd = join(folder, "-i 'x'; %03d $(y) Đông Vệ");
    await writeFile(`${odd}.mp4`, await readFile(master_path));
    const output_path = `${odd} out.mp4`;
    const request = { master_path: `${odd}.mp4`, output_path, from_us: 0, to_us: 1e6, signal: never };
    expect((await maker.playable(request)).frame_count).toBeGreaterThan(0);
    expect(await readdir(folder)).toContain("-i 'x'; %03d $(y) Đông Vệ out.mp4");
  });
});

describe('a contact sheet', () => {
  /** Width of a still with its border, height of a still, as laid out for 64×48. */
  const CELL = { width: 488, still_height: 360, height: 400, border: 8 };

  async function makeSheet(name: string, stills: { at_us: number; label: string }[]) {
    const output_path = outputPath(name);
    await maker.contactSheet({ master_path, output_path, stills, signal: never });
    return sharp(await readFile(output_path));
  }

  /** Part of a sheet: the still or the label of a cell. */
  async function meanGrey(
    sheet: Sharp,
    region: { left: number; top: number; width: number; height: number },
  ) {
    const { channels } = await sharp(await sheet.clone().extract(region).png().toBuffer()).stats();
    return channels[0]!.mean;
  }

  it('shows at each time the frame that was on screen then', async () => {
    const between = { at_us: frames[10]!.at_us + 1_000, label: 'just after frame 10' };
    const exact = { at_us: frames[30]!.at_us, label: 'at frame 30' };
    const beyond = { at_us: 60_000_000, label: 'after the last' };
    const sheet = await makeSheet('sheet.jpg', [between, exact, beyond]);
    const greys: number[] = [];
    for (let column = 0; column < 3; column++) {
      const left = CELL.border + column * CELL.width + 20;
      greys.push(await meanGrey(sheet, { left, top: 20, width: 400, height: 300 }));
    }
    const brightness = await readBrightness(master_path);
    const shown = greys.map((grey) => nearestIndex(brightness, grey));
    expect(shown).toEqual([10, 30, frames.length - 1]);
  });

  it('lays stills out in rows of four', async () => {
    const stills = frames.slice(0, 5).map(({ at_us }) => ({ at_us, label: 'x' }));
    const { width, height } = await (await makeSheet('rows.jpg', stills)).metadata();
    expect({ width, height }).toEqual({
      width: CELL.border + 4 * CELL.width,
      height: CELL.border + 2 * CELL.height,
    });
  });

  it('draws the label below, and takes markup in it as text', async () => {
    const at_us = frames[0]!.at_us;
    const label = '</text><rect width="480" height="32" fill="black"/>';
    const sheet = await makeSheet('label.jpg', [
      { at_us, label: '' },
      { at_us, label },
    ]);
    const below = { top: CELL.border + CELL.still_height + 2, width: 470, height: 28 };
    expect(await meanGrey(sheet, { ...below, left: CELL.border })).toBe(255);
    const drawn = await meanGrey(sheet, { ...below, left: CELL.border + CELL.width });
    expect(drawn).toBeLessThan(254);
    expect(drawn).toBeGreaterThan(150);
  });

  it('refuses more stills than a person takes in', async () => {
    const stills = Array.from({ length: 49 }, () => ({ at_us: 0, label: '' }));
    await expect(makeSheet('many.jpg', stills)).rejects.toMatchObject({ code: 'MEDIA_LIMIT' });
  });
});
