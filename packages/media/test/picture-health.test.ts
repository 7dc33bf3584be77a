import { hashDistance, judgePicture } from '@minhchung/domain';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { measurePicture } from '../src/index.ts';

/** 10:00 in Vietnam, and three looks an hour apart. */
const TEN = Date.UTC(2026, 10, 22, 3);
const HOUR = 3_600_000;
const WIDTH = 640;
const HEIGHT = 360;
let street: Buffer;

/** A street as a drawing: houses, windows, a road with lines. */
function drawn(): string {
  const windows = Array.from({ length: 60 }, (_, n) => {
    const x = 20 + (n % 15) * 82 + (n % 4) * 7;
    return `<rect x="${x}" y="${60 + Math.floor(n / 15) * 90}" width="34" height="52" fill="hsl(${n * 37},40%,${20 + (n % 5) * 12}%)"/>`;
  });
  const lines = Array.from(
    { length: 12 },
    (_, n) => `<rect x="${n * 120}" y="${560 + n * 4}" width="70" height="10" fill="#eee"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" height="720" fill="#9bb7d4"/>
    <rect y="40" width="700" height="420" fill="#c9a27a"/><rect x="700" y="0" width="580" height="470" fill="#7d8a6a"/>
    <rect y="460" width="1280" height="260" fill="#555"/>${windows.join('')}${lines.join('')}</svg>`;
}

/** What a sensor adds: no two pictures are the same. */
async function taken(picture: Buffer, seed: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 4 + (seed % 3) } as const;
  const grain = await sharp({
    create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#808080', noise },
  })
    .png()
    .toBuffer();
  return await sharp(picture)
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 82 })
    .toBuffer();
}

async function health(change: (street: Buffer) => Promise<Buffer>) {
  const usual = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => measurePicture(await taken(street, n))),
  );
  const changed = await change(street);
  const now = await Promise.all([0, 1, 2].map(async (n) => measurePicture(await taken(changed, n))));
  const readings = [...usual, ...now].map((one, n) => ({
    ...one,
    at_ms: TEN + (n - 8) * HOUR * (n < 8 ? 24 : 1),
  }));
  return judgePicture(readings);
}

beforeAll(async () => {
  street = await sharp(Buffer.from(drawn())).resize(WIDTH, HEIGHT).png().toBuffer();
});

describe('a picture of a street', () => {
  it('is fine as it is, at dusk and in the rain', async () => {
    const fine = { blind: { kind: 'fine' }, moved: { kind: 'fine' } };
    expect(await health(async (one) => one)).toEqual(fine);
    expect(await health((one) => sharp(one).modulate({ brightness: 0.45 }).toBuffer())).toEqual(fine);
    expect(await health((one) => sharp(one).blur(0.5).toBuffer())).toEqual(fine);
  });
  it.each<[string, (street: Buffer) => Promise<Buffer>]>([
    ['covered', () => plain('#6b5a4a')],
    ['blurred', (one) => sharp(one).blur(6).toBuffer()],
  ])('is found %s', async (cause, change) => {
    expect((await health(change)).blind).toMatchObject({ kind: 'troubled', cause });
  });
  it('is found black', async () => {
    const readings = await Promise.all(
      [0, 1, 2].map(async (n) => ({
        ...(await measurePicture(await jpeg(await plain('#020202')))),
        at_ms: TEN + n,
      })),
    );
    expect(judgePicture(readings.map((one, n) => ({ ...one, fingerprint: `${n}` }))).blind).toMatchObject({
      cause: 'black',
    });
  });
  it('is found moved when the camera points elsewhere', async () => {
    const elsewhere = (one: Buffer) => sharp(one).flop().rotate(180).toBuffer();
    expect((await health(elsewhere)).moved).toMatchObject({ kind: 'troubled' });
  });
  it('is found frozen when the device gives the very same one again and again', async () => {
    const same = await taken(street, 1);
    const readings = await Promise.all(
      [0, 1, 2].map(async (n) => ({ ...(await measurePicture(same)), at_ms: TEN + n })),
    );
    expect(judgePicture(readings).blind).toMatchObject({ cause: 'frozen' });
  });
  it('tells colour from infrared', async () => {
    const grey = await jpeg(await sharp(street).greyscale().toBuffer());
    expect((await measurePicture(grey)).is_monochrome).toBe(true);
    expect((await measurePicture(await taken(street, 1))).is_monochrome).toBe(false);
  });
  it('leaves numbers that tell two streets apart and nothing that shows one', async () => {
    const one = await measurePicture(await taken(street, 1));
    const again = await measurePicture(await taken(street, 2));
    expect(hashDistance(one.gradient_hash, again.gradient_hash)).toBeLessThan(8);
    expect(JSON.stringify(one).length).toBeLessThan(300);
  });
});

describe('what is no picture', () => {
  it.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['nothing', () => new Uint8Array(0)],
    ['a web page', () => Buffer.from('<!DOCTYPE html><html></html>')],
    [
      'an SVG that names a file',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'),
    ],
    ['a JPEG cut short', async () => (await taken(street, 1)).subarray(0, 2_000)],
    ['a JPEG that says it is huge', async () => huge(await taken(street, 1))],
    [
      'noise behind the mark of a JPEG',
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(5_000, 0xa5)]),
    ],
  ])('%s is refused by its code', async (_, make) => {
    await expect(measurePicture(await make())).rejects.toMatchObject({ code: 'PICTURE_UNREADABLE' });
  });
});

function plain(colour: string): Promise<Buffer> {
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: colour } })
    .png()
    .toBuffer();
}

const jpeg = (picture: Buffer) => sharp(picture).jpeg().toBuffer();

/** The frame header (SOF0 or SOF2) says 65,500 × 65,500. */
function huge(picture: Buffer): Buffer {
  const changed = Buffer.from(picture);
  const at = changed.findIndex((byte, n) => byte === 0xff && [0xc0, 0xc2].includes(changed[n + 1]!));
  changed.writeUInt16BE(65_500, at + 5);
  changed.writeUInt16BE(65_500, at + 7);
  return changed;
}
