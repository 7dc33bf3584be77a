import { BURNED_CLOCK_CELL_COUNT } from './cells.ts';

/** Where the cells lie: rows of square cells from the top left corner, all on even pixels. */
export interface BurnedClockLayout {
  readonly cell_px: number;
  readonly columns: number;
  readonly rows: number;
  readonly width_px: number;
  readonly height_px: number;
}

/**
 * Layout for a picture size. Cells are 8 px up to CIF and grow with the picture to 16 px at 1080p: smaller ones
 * do not survive strong compression.
 */
export function burnedClockLayout(picture: { width: number; height: number }): BurnedClockLayout {
  const cell_px = Math.max(8, 2 * Math.round((picture.height * 8) / 1080));
  const columns = 32 * cell_px <= picture.width ? 32 : 16;
  const rows = BURNED_CLOCK_CELL_COUNT / columns;
  return { cell_px, columns, rows, width_px: columns * cell_px, height_px: rows * cell_px };
}
