import type { DerivativeMaker } from '@minhchung/domain';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { createToolVersions } from '../tools/tool-versions.ts';
import { makeContactSheet } from './contact-sheet.ts';
import { makePlayable } from './playable.ts';

/** Makes the maker of playable copies and contact sheets, with ffmpeg and sharp. */
export function createDerivativeMaker(options: MediaToolOptions = {}): DerivativeMaker {
  return {
    playable: (request) => makePlayable(request, options),
    contactSheet: (request) => makeContactSheet(request, options),
    versions: createToolVersions(options),
  };
}
