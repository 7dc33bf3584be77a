import { isAbsolute } from 'node:path';
import { CodedError, type MediaFile, type MediaReader } from '@minhchung/domain';
import { openContainer } from './container-file.ts';
import { unreadable } from './unreadable.ts';

/** Makes the reader of recorded files: MP4, fragmented MP4, Matroska, MPEG-TS; others through ffmpeg. */
export function createMediaReader(): MediaReader {
  return {
    async open(absolute_path: string, signal: AbortSignal): Promise<MediaFile> {
      if (!isAbsolute(absolute_path)) throw unreadable(absolute_path, 'the path is not absolute');
      if (signal.aborted) throw new CodedError('CANCELLED');
      const file = await openContainer(absolute_path, signal);
      if (file === null) throw unreadable(absolute_path, 'the container is not known');
      return file;
    },
  };
}
