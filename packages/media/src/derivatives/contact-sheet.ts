import { writeFile } from 'node:fs/promises';
import { CodedError, type DerivativeMaker } from '@minhchung/domain';
import sharp, { type OverlayOptions } from 'sharp';
import { MEDIA_LIMITS } from '../limits.ts';
import { openFrameTimes } from '../reading/frame-times.ts';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { labelPicture } from './label-picture.ts';
import { takeStill } from './still.ts';

type ContactSheetRequest = Parameters<DerivativeMaker['contactSheet']>[0];

const STILL_WIDTH_PX = 480;
const LABEL_HEIGHT_PX = 32;
const BORDER_PX = 8;
const COLUMNS_MAX = 4;

/**
 * Makes one JPEG of labelled stills in rows. Each still is the frame on screen at its time: the last one
 * presented at or before it.
 */
export async function makeContactSheet(
  request: ContactSheetRequest,
  options: MediaToolOptions,
): Promise<void> {
  const { stills, signal } = request;
  if (stills.length === 0 || stills.length > MEDIA_LIMITS.stills_max) {
    throw new CodedError('MEDIA_LIMIT', { what: 'ảnh mỗi trang (stills)', limit: MEDIA_LIMITS.stills_max });
  }
  const frames = await openFrameTimes(request.master_path, signal);
  try {
    const width = STILL_WIDTH_PX;
    const height = Math.max(2, Math.round((STILL_WIDTH_PX * frames.height) / frames.width));
    const columns = Math.min(COLUMNS_MAX, stills.length);
    const cell_width = width + BORDER_PX;
    const cell_height = height + LABEL_HEIGHT_PX + BORDER_PX;
    const pictures: OverlayOptions[] = [];
    for (const [index, still] of stills.entries()) {
      const frame_us = await frames.shownAt(still.at_us);
      const pixels = await takeStill(
        { master_path: request.master_path, frame_us, width, height, signal },
        options,
      );
      const left = BORDER_PX + (index % columns) * cell_width;
      const top = BORDER_PX + Math.floor(index / columns) * cell_height;
      pictures.push({ input: pixels, raw: { width, height, channels: 3 }, left, top });
      pictures.push({ input: labelPicture(still.label, width, LABEL_HEIGHT_PX), left, top: top + height });
    }
    const sheet = sharp({
      create: {
        width: BORDER_PX + columns * cell_width,
        height: BORDER_PX + Math.ceil(stills.length / columns) * cell_height,
        channels: 3,
        background: 'white',
      },
    });
    await writeFile(request.output_path, await sheet.composite(pictures).jpeg({ quality: 85 }).toBuffer());
  } finally {
    await frames.close();
  }
}
