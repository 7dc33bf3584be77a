import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CodedError, type FilePacket, type MediaFile, type MediaReader } from '@minhchung/domain';

const SECOND = 1_000_000;

/** Names of files by their start, `2026-11-22_08-00-00.mp4` for 8 h of that day. */
export const NAMED = '%Y-%m-%d_%H-%M-%S.mp4';
export const DAY_MS = Date.UTC(2026, 10, 22);
export const HOUR_MS = 3_600_000;

export const two = (n: number): string => String(n).padStart(2, '0');
/** Instants of that day, and names of files that begin then. */
export const at = (hour: number, minute = 0): number => DAY_MS + hour * HOUR_MS + minute * 60_000;
export const nameAt = (hour: number, minute: number): string =>
  `2026-11-22_${two(hour)}-${two(minute)}-00.mp4`;
export const span = (from: [number, number], to: [number, number]) => ({
  start_ms: at(...from),
  end_ms: at(...to),
});

/** A file of so many seconds, a keyframe a second, whose pictures carry a word; `broken` cannot be read. */
export async function writeTold(
  folder: string,
  name: string,
  words: string,
  modified_ms: number,
): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), words);
  await utimes(join(folder, name), modified_ms / 1000, modified_ms / 1000);
}

/** A reader of such files that counts what it opened. */
export function toldReader(): MediaReader & { readonly opened: string[] } {
  const opened: string[] = [];
  return {
    opened,
    mayHaveSound: async () => false,
    async open(path) {
      opened.push(basename(path));
      const words = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new CodedError('MEDIA_UNREADABLE', { name: basename(path), reason: error.code ?? '' });
      });
      const [seconds = '', first = '', word = ''] = words.split(' ');
      if (seconds === 'broken') {
        throw new CodedError('MEDIA_UNREADABLE', { name: basename(path), reason: 'no video in it' });
      }
      return toldFile(Number(seconds), Number(first), word);
    },
  };
}

function toldFile(seconds: number, first: number, word: string): MediaFile {
  const stream = { kind: 'video', codec: 'h264', width: 16, height: 16 } as const;
  const packets: FilePacket[] = Array.from({ length: seconds }, (_, n) => ({
    time_us: n * SECOND,
    is_keyframe: true,
    data: Buffer.from(`${word} ${first + n}`),
  }));
  return {
    stream: { ...stream, decoder_configuration: new Uint8Array() },
    other_streams: [],
    first_time_us: 0,
    end_time_us: seconds * SECOND,
    async *packetsFrom(start_time_us) {
      yield* packets.slice(Math.max(0, Math.floor(start_time_us / SECOND)));
    },
    audio: null,
    async *audioFrom() {},
    async close() {},
  };
}
