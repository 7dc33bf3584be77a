import {
  type FootageSource,
  isCoded,
  type MediaFile,
  type MediaReader,
  normaliseSpans,
  type Span,
} from '@minhchung/domain';
import { lastPicture_us, lengthBeforeNext } from '../folder/last-picture.ts';
import { noFilesRead, readStretches } from '../folder/read-stretches.ts';
import { heldSpans, layTimeline, type MeasuredFile, type Stretch } from '../folder/timeline.ts';
import { JOIN_TOLERANCE_MS } from '../limits.ts';

/** A file somebody handed in, with the time that was declared for it. */
export interface HandedInFile {
  /** As the manifest names it. */
  readonly name: string;
  /** The first picture by the declared clock, milliseconds since 1970. */
  readonly start_ms: number;
  /** Why it is not to be opened; left out: nothing speaks against it. */
  readonly unreadable_reason?: string | null;
  /** Makes the file available to a media tool on this machine; an absolute path. */
  readonly path: (signal: AbortSignal) => Promise<string>;
}

export interface UploadSourceOptions {
  /** In any order. */
  readonly files: readonly HandedInFile[];
  /** How finely the starts were declared; of several the coarsest. */
  readonly time_resolution_ms: number;
  readonly reader: MediaReader;
}

const LABEL = 'handed in';

/**
 * Footage out of files that people handed in: a frame's device time is the declared start of its file plus its time
 * in the file. Files that follow one another as finely as they were dated are one recording. What cannot be read is
 * named among the parts left out; where that is all there is, the source holds nothing, and says why in `origin`.
 */
export function createUploadSource(options: UploadSourceOptions): FootageSource {
  const { files, time_resolution_ms, reader } = options;
  const left_out = new Map<string, string>();
  const parts_with_sound = new Set<string>();
  let read = noFilesRead();
  let laid: Promise<Stretch[]> | null = null;

  async function measure(
    file: HandedInFile,
    next: HandedInFile | undefined,
    signal: AbortSignal,
  ): Promise<MeasuredFile | null> {
    if (file.unreadable_reason != null) {
      left_out.set(file.name, file.unreadable_reason);
      return null;
    }
    const path = await file.path(signal);
    try {
      const media = await reader.open(path, signal);
      try {
        if (await hasSound(media, path, signal)) parts_with_sound.add(file.name);
        const whole_us = media.end_time_us - media.first_time_us;
        const room_us = ((next?.start_ms ?? Number.POSITIVE_INFINITY) - file.start_ms) * 1000;
        const duration_us = await lengthBeforeNext(whole_us, room_us, () => lastPicture_us(media, signal));
        return { name: file.name, path, stated_start_us: file.start_ms * 1000, duration_us };
      } finally {
        await media.close();
      }
    } catch (error) {
      if (!isCoded(error, 'MEDIA_UNREADABLE')) throw error;
      left_out.set(file.name, String(error.details.reason ?? 'it cannot be read'));
      return null;
    }
  }

  /** Also of a file that no picture will be taken from: it may go along with those that are. */
  async function hasSound(media: MediaFile, path: string, signal: AbortSignal): Promise<boolean> {
    const is_told = media.audio !== null || media.other_streams.some((name) => name.startsWith('audio'));
    return is_told || (await reader.mayHaveSound(path, signal));
  }

  async function layFiles(signal: AbortSignal): Promise<Stretch[]> {
    const measured: MeasuredFile[] = [];
    const in_order = files.toSorted((a, b) => a.start_ms - b.start_ms);
    for (const [n, file] of in_order.entries()) {
      const one = await measure(file, in_order[n + 1], signal);
      if (one !== null) measured.push(one);
    }
    return layTimeline(measured, time_resolution_ms * 1000, JOIN_TOLERANCE_MS * 1000);
  }

  /** Files are measured once: they are nobody's to change any more. */
  async function stretches(signal: AbortSignal): Promise<readonly Stretch[]> {
    laid ??= layFiles(signal);
    try {
      return await laid;
    } catch (error) {
      laid = null;
      throw error;
    }
  }

  const meeting = (all: readonly Stretch[], asked: Span) =>
    all.filter(({ from_us, to_us }) => from_us < asked.end_ms * 1000 && to_us > asked.start_ms * 1000);

  return {
    kind: 'upload',
    time_resolution_ms,

    async holdings(device_span, signal) {
      const all = await stretches(signal);
      const [first] = all;
      const last_us = Math.max(...all.map(({ to_us }) => to_us));
      const retained =
        first === undefined
          ? null
          : { start_ms: Math.floor(first.from_us / 1000), end_ms: Math.ceil(last_us / 1000) };
      return { spans: normaliseSpans(heldSpans(meeting(all, device_span), device_span)), retained };
    },

    async *read(device_span, signal, tracks) {
      read = noFilesRead();
      const meant = meeting(await stretches(signal), device_span);
      yield* readStretches({ stretches: meant, reader, device_span, signal, tracks, read });
    },

    origin: () => ({
      kind: 'upload',
      address: LABEL,
      parts: [...read.parts],
      streams_left_out: [
        ...[...read.sound_left_out].map((name) => `${name} (not asked for)`),
        ...[...read.other_streams].map((name) => `${name} (kept in the file as handed in)`),
      ],
      parts_with_sound: [...parts_with_sound],
      parts_left_out: [...left_out].map(([name, reason]) => `${name}: ${reason}`),
    }),

    async close() {},
  };
}
