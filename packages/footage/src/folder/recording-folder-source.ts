import { basename, isAbsolute } from 'node:path';
import {
  CodedError,
  type FootageSource,
  type MediaReader,
  type Span,
  type StreamDescription,
  sameStream,
  type TimeSource,
  VIETNAM_OFFSET_MS,
} from '@minhchung/domain';
import {
  FILE_DURATION_MS_MAX,
  JOIN_TOLERANCE_MS,
  OPENED_FILES_MAX,
  UNREADABLE_BEFORE_MAX,
} from '../limits.ts';
import { checkAllowedFolder } from './allowed-folder.ts';
import { FileMeasure } from './file-measure.ts';
import { FolderListing, type NamedFile } from './listing.ts';
import { parsePattern } from './pattern.ts';
import { stretchPackets } from './stretch-packets.ts';
import { heldSpans, layTimeline, type MeasuredFile, type Stretch } from './timeline.ts';

/** How a folder's files tell their time. */
export interface RecordingLayout {
  /** Path below the folder, `%Y %m %d %H %M %S` and, for microseconds, `%f`. */
  readonly pattern: string;
  /** Zone in which the device names files. Neither has daylight saving. */
  readonly zone: 'Asia/Ho_Chi_Minh' | 'UTC';
}

export interface RecordingFolderOptions {
  /** Absolute path. */
  readonly folder: string;
  readonly layout: RecordingLayout;
  readonly reader: MediaReader;
  readonly time: TimeSource;
  /** Folders below which it must really lie, checked at every reading; left out: anywhere. */
  readonly roots?: readonly string[];
  /** Default `JOIN_TOLERANCE_MS`. */
  readonly join_tolerance_ms?: number;
}

const ZONE_OFFSETS_MS = { 'Asia/Ho_Chi_Minh': VIETNAM_OFFSET_MS, UTC: 0 } as const;

/**
 * Footage out of a folder of files named by their start, as MediaMTX and ffmpeg's segmenter lay them out. The
 * clock is that of whoever named the files. Throws `RECORDING_LAYOUT_INVALID`; reading throws `FOLDER_NOT_ALLOWED`.
 */
export function createRecordingFolderSource(options: RecordingFolderOptions): FootageSource {
  const { folder, layout, reader, time } = options;
  if (!isAbsolute(folder)) throw new TypeError('the folder must be an absolute path');
  const pattern = parsePattern(layout.pattern);
  const label = basename(folder);
  const resolution_us = pattern.time_resolution_ms * 1000;
  const tolerance_us = (options.join_tolerance_ms ?? JOIN_TOLERANCE_MS) * 1000;
  let parts: string[] = [];
  let other_streams = new Set<string>();
  let left_out: readonly string[] = [];

  const zone_offset_ms = ZONE_OFFSETS_MS[layout.zone];

  async function listing(signal: AbortSignal): Promise<FolderListing> {
    if (options.roots !== undefined) await checkAllowedFolder(folder, options.roots, label);
    return new FolderListing(folder, pattern, { label, zone_offset_ms, signal });
  }

  /** The timeline of every file that can meet the span. */
  async function stretchesFor(asked: Span, signal: AbortSignal): Promise<Stretch[]> {
    const from_us = (asked.start_ms - FILE_DURATION_MS_MAX) * 1000;
    const named = await (await listing(signal)).beginningIn({ from_us, to_us: asked.end_ms * 1000 });
    const measure = new FileMeasure(reader, time);
    const measured = await measureMeeting(named, asked, measure, signal);
    left_out = measure.left_out;
    const stretches = layTimeline(measured, resolution_us, tolerance_us);
    const meeting = stretches.filter(
      ({ from_us: from, to_us: to }) => from < asked.end_ms * 1000 && to > asked.start_ms * 1000,
    );
    if (meeting.length === 0 && left_out.length > 0) {
      // Files are there and none can be read: that is not the same as holding nothing.
      throw new CodedError('SOURCE_BROKEN', { address: label, reason: left_out.join('; ').slice(0, 300) });
    }
    return meeting;
  }

  /** Measures files from the last one backwards, until one ends before the span begins. */
  async function measureMeeting(
    named: readonly NamedFile[],
    asked: Span,
    measure: FileMeasure,
    signal: AbortSignal,
  ): Promise<MeasuredFile[]> {
    const measured: MeasuredFile[] = [];
    let unreadable_before = 0;
    for (const file of named.toReversed()) {
      if (measured.length >= OPENED_FILES_MAX) {
        const reason = `more than ${OPENED_FILES_MAX} files meet the span`;
        throw new CodedError('SOURCE_BROKEN', { address: label, reason });
      }
      const one = await measure.measure(file, measured.at(-1) ?? null, signal);
      if (one === null) {
        if (file.stated_start_us < asked.start_ms * 1000) unreadable_before += 1;
        if (unreadable_before >= UNREADABLE_BEFORE_MAX) break;
        continue;
      }
      const latest_end_us = one.stated_start_us + one.duration_us + resolution_us;
      if (latest_end_us <= asked.start_ms * 1000) break;
      measured.push(one);
    }
    return measured.reverse();
  }

  async function retained(signal: AbortSignal): Promise<Span | null> {
    const oldest = await (await listing(signal)).edge('oldest');
    const newest = await (await listing(signal)).edge('newest');
    if (oldest === null || newest === null) return null;
    const measured = await new FileMeasure(reader, time).measure(newest, null, signal);
    const end_us = newest.stated_start_us + (measured?.duration_us ?? 0);
    return { start_ms: Math.floor(oldest.stated_start_us / 1000), end_ms: Math.ceil(end_us / 1000) };
  }

  return {
    kind: 'recording_folder',
    time_resolution_ms: pattern.time_resolution_ms,

    async holdings(device_span, signal) {
      const stretches = await stretchesFor(device_span, signal);
      return { spans: heldSpans(stretches, device_span), retained: await retained(signal) };
    },

    async *read(device_span, signal) {
      parts = [];
      other_streams = new Set();
      let stream: StreamDescription | null = null;
      for (const stretch of await stretchesFor(device_span, signal)) {
        if (signal.aborted) throw new CodedError('CANCELLED');
        const file = await reader.open(stretch.file.path, signal);
        try {
          if (!parts.includes(stretch.file.name)) parts.push(stretch.file.name);
          for (const name of file.other_streams) other_streams.add(name);
          if (file.audio !== null) other_streams.add(`audio: ${file.audio.codec}`);
          if (stream !== null && !stretch.continues) yield { type: 'discontinuity' };
          for await (const told of stretchPackets(file, stretch, device_span, signal)) {
            if (stream === null || (told.stream !== stream && !sameStream(stream, told.stream))) {
              yield { type: 'stream', stream: told.stream };
            }
            stream = told.stream;
            yield { type: 'packet', packet: told.packet };
          }
        } finally {
          await file.close();
        }
      }
    },

    origin: () => ({
      kind: 'recording_folder',
      address: label,
      parts: [...parts],
      streams_left_out: [...other_streams].map((name) => `${name} (not asked for)`),
      parts_left_out: [...left_out],
    }),

    async close() {},
  };
}
