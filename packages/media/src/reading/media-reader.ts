import { isAbsolute } from 'node:path';
import { CodedError, isCoded, type MediaFile, type MediaReader } from '@minhchung/domain';
import type { MediaToolOptions } from '../tools/run-tool.ts';
import { openContainer } from './container-file.ts';
import { openByTool } from './converted-file.ts';
import { mayHaveSound } from './may-have-sound.ts';
import { unreadable } from './unreadable.ts';

/** Makes the reader of recorded files: MP4, fragmented MP4, Matroska, MPEG-TS; others through ffmpeg. */
export function createMediaReader(options: MediaToolOptions = {}): MediaReader {
  return {
    async open(absolute_path: string, signal: AbortSignal): Promise<MediaFile> {
      if (!isAbsolute(absolute_path)) throw unreadable(absolute_path, 'the path is not absolute');
      if (signal.aborted) throw new CodedError('CANCELLED');
      const file = await openContainer(absolute_path, signal, options);
      if (file !== null) return file;
      try {
        return await openByTool(absolute_path, signal, options);
      } catch (error) {
        if (isCoded(error) && error.code !== 'TOOL_FAILED') throw error;
        throw unreadable(absolute_path, 'it is no video, or a broken one', error);
      }
    },

    mayHaveSound: (absolute_path, signal) => mayHaveSound(absolute_path, signal, options),
  };
}
