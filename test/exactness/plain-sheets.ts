import { writeFile } from 'node:fs/promises';
import type { DerivativeMaker } from '@minhchung/domain';

/** A JPEG of no size: its markers for beginning and end. */
const EMPTY_JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

/**
 * The real maker of derivatives but for contact sheets, which take most of a case's time and show stills that other
 * tests look at. Playable copies are the real ones.
 */
export function withPlainSheets(maker: DerivativeMaker): DerivativeMaker {
  return {
    playable: (request) => maker.playable(request),
    contactSheet: ({ output_path }) => writeFile(output_path, EMPTY_JPEG),
    versions: () => maker.versions(),
  };
}
