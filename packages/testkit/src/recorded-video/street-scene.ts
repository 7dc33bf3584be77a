import { seededRandom } from './seeded-random.ts';

/** Size of a picture in pixels; both even. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const SKIES = ['0x8fb7d9', '0xa9c4dc', '0xd9c6a5', '0x7aa3c9'] as const;
const WALLS = ['0xd8a25e', '0xa8483c', '0x7f9a6d', '0xc9b58f', '0x8d7aa5', '0x5f8f98', '0xe0c46c'] as const;
const PAINTS = ['0xb02020', '0x2050b0', '0xe8e8e8', '0x2f2f33', '0xd0a020', '0x2c7a4b'] as const;

/**
 * Filter lines that draw a street with houses, trees, passing cars and people over `[canvas]`, ending in
 * `[scene]`. Each variant has other houses, colours and speeds. Still parts are drawn once; only positions are
 * computed per frame, from the canvas's own time.
 */
export function streetScene(size: PictureSize, variant: number): string[] {
  const random = seededRandom(variant + 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const kerb_y = even(size.height * 0.45);
  const road_y = even(size.height * 0.55);
  const lines = [
    `${background(size, { kerb_y, road_y }, random)}[street]`,
    '[canvas][street]overlay=0:0[moving0]',
  ];
  const movers = [
    ...[0, 1, 2].map((lane) => ({
      picture: car(size, pick(PAINTS)),
      y: even(road_y + size.height * (0.03 + 0.13 * lane)),
      pixels_per_s: Math.round(size.width * (0.1 + 0.2 * random())) * (lane === 0 ? 1 : -1),
    })),
    ...[0, 1].map((side) => ({
      picture: person(size, pick(PAINTS)),
      y: even(kerb_y - size.height * 0.05),
      pixels_per_s: Math.round(size.width * (0.02 + 0.03 * random())) * (side === 0 ? 1 : -1),
    })),
  ];
  movers.forEach((mover, n) => {
    const start_px = Math.round(size.width * random());
    const path_px = even(size.width * 1.4);
    const travelled = `mod(${start_px}+${Math.abs(mover.pixels_per_s)}*t\\,${path_px})`;
    const x = mover.pixels_per_s > 0 ? `${travelled}-w` : `W-${travelled}`;
    lines.push(
      `${mover.picture}[mover${n}]`,
      `[moving${n}][mover${n}]overlay=x='${x}':y=${mover.y}[moving${n + 1}]`,
    );
  });
  lines.push(`[moving${movers.length}]null[scene]`);
  return lines;
}

function background(size: PictureSize, at: { kerb_y: number; road_y: number }, random: () => number): string {
  const boxes: string[] = [];
  for (let x = 0; x < size.width; ) {
    const house_w = even(size.width * (0.1 + 0.1 * random()));
    const house_h = even(size.height * (0.2 + 0.18 * random()));
    const y = at.kerb_y - house_h;
    boxes.push(box(x, y, house_w, house_h, WALLS[Math.floor(random() * WALLS.length)]!));
    for (const [column, row] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const window_w = even(house_w * 0.24);
      const window_x = even(x + house_w * (0.16 + 0.44 * column));
      const window_y = even(y + house_h * (0.16 + 0.4 * row));
      boxes.push(
        box(window_x, window_y, window_w, even(house_h * 0.2), random() < 0.3 ? '0xf5e6a8' : '0x46586a'),
      );
    }
    x += house_w + even(size.width * 0.04 * random());
  }
  boxes.push(box(0, at.kerb_y, size.width, at.road_y - at.kerb_y, '0x9a9a94'));
  boxes.push(box(0, at.road_y, size.width, size.height - at.road_y, '0x55585c'));
  for (let x = 0; x < size.width; x += even(size.width / 8))
    boxes.push(
      box(x, even(at.road_y + (size.height - at.road_y) * 0.42), even(size.width / 16), 4, '0xe8e4c8'),
    );
  const sky = SKIES[Math.floor(random() * SKIES.length)]!;
  return `${still(sky, size.width, size.height)},${boxes.join(',')},format=yuv420p`;
}

function car(size: PictureSize, paint: string): string {
  const w = even(size.width * 0.14);
  const h = even(size.height * 0.11);
  const wheel_w = even(w * 0.18);
  const wheels = [0.12, 0.7].map((x) =>
    box(even(w * x), h - even(h * 0.22), wheel_w, even(h * 0.22), 'black'),
  );
  return [
    still(paint, w, h),
    box(even(w * 0.18), 2, even(w * 0.62), even(h * 0.36), '0xcfe3ee'),
    ...wheels,
  ].join(',');
}

function person(size: PictureSize, paint: string): string {
  const w = Math.max(4, even(size.width * 0.02));
  const h = even(size.height * 0.1);
  return [
    still(paint, w, h),
    box(0, 0, w, even(h * 0.28), '0xd8a984'),
    box(0, even(h * 0.66), w, h, '0x2b2b30'),
  ].join(',');
}

function still(colour: string, w: number, h: number): string {
  return `color=c=${colour}:s=${w}x${h}:r=1:d=1,trim=end_frame=1`;
}

function box(x: number, y: number, w: number, h: number, colour: string): string {
  return `drawbox=x=${x}:y=${y}:w=${w}:h=${h}:c=${colour}:t=fill`;
}

function even(value: number): number {
  return Math.max(2, 2 * Math.round(value / 2));
}
