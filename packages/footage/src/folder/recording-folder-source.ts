import { basename, isAbsolute } from 'node:path';
import {
  CodedError,
  FOLDER_TIME_SOURCES,
  type FolderIndex,
  type FolderTimeSource,
  type FootageSource,
  folderLayoutOf,
  type MediaReader,
  parseRecordingPattern,
  type Span,
  type TimeSource,
  VIETNAM_OFFSET_MS,
} from '@minhchung/domain';
import { JOIN_TOLERANCE_MS, METADATA_RESOLUTION_MS, WRITE_DELAY_US } from '../limits.ts';
import { alternativesOf } from './alternatives.ts';
import { demandAsMeasured } from './as-measured.ts';
import { filesOfSpan, withNeighbours } from './files-of-span.ts';
import { FollowedFolder } from './followed-folder.ts';
import { createMemoryFolderIndex } from './index/memory-folder-index.ts';
import { noFilesRead, readStretches } from './read-stretches.ts';
import { heldSpans, layTimeline, type Stretch } from './timeline.ts';

/** How a folder's files tell their time. */
export interface RecordingLayout {
  /** A preset (`FOLDER_PRESETS`), or a path below the folder with the letters of `parseRecordingPattern`. */
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
  /** What `%path` in the layout stands for: the folder of one camera; left out: the layout has none. */
  readonly path?: string;
  /** Folders below which it must really lie, checked at every reading; left out: anywhere. */
  readonly roots?: readonly string[];
  /** What is known of the folder, under the recorder's id; left out: learned anew, and forgotten with the source. */
  readonly index?: FolderIndex;
  readonly recorder_id?: string;
  /** Default `JOIN_TOLERANCE_MS`. */
  readonly join_tolerance_ms?: number;
}

const ZONE_OFFSETS_MS = { 'Asia/Ho_Chi_Minh': VIETNAM_OFFSET_MS, UTC: 0 } as const;

/** A folder as it is read and followed. Throws `RECORDING_LAYOUT_INVALID`, `FOLDER_OF_CAMERA_UNKNOWN`. */
export function openFolder(options: RecordingFolderOptions) {
  const { folder, path = '', reader, time, roots, recorder_id = '' } = options;
  if (!isAbsolute(folder)) throw new TypeError('the folder must be an absolute path');
  const { pattern: text, zone } = folderLayoutOf(options.layout, path);
  const pattern = parseRecordingPattern(text, path);
  const label = basename(folder);
  const place = { folder, label, pattern, zone_us: ZONE_OFFSETS_MS[zone] * 1000 };
  const track = { recorder_id, path: text.includes('%path') ? path : '' };
  const index = options.index ?? createMemoryFolderIndex();
  const layout_key = JSON.stringify([folder, text, zone]);
  const followed = new FollowedFolder({ place, layout_key, index, track, reader, time, roots });
  return { place, label, pattern, track, index, layout_key, followed };
}

/**
 * Footage out of a folder of files named by their start, as MediaMTX, Frigate and ffmpeg's segmenter lay them out.
 * The clock is that of whoever named the files. What was recorded twice under the same device times, because a clock
 * was set back, is read once for each time, in the order in which it was written.
 *
 * Throws as `openFolder`; reading throws `FOLDER_NOT_ALLOWED`, `FOOTAGE_BEING_WRITTEN` and what every source does.
 */
export function createRecordingFolderSource(options: RecordingFolderOptions): FootageSource {
  const { reader } = options;
  const { place, label, pattern, track, index, followed } = openFolder(options);
  // Times of files that do not tell them by name are only as good as the least of what may tell them.
  const unnamed_ms = Math.max(METADATA_RESOLUTION_MS, WRITE_DELAY_US / 1000);
  const time_resolution_ms = pattern.time_resolution_ms ?? unnamed_ms;
  const resolution_us = time_resolution_ms * 1000;
  const tolerance_us = (options.join_tolerance_ms ?? JOIN_TOLERANCE_MS) * 1000;
  const slack_us = Math.max(resolution_us, tolerance_us);
  let read = noFilesRead();
  let left_out: readonly string[] = [];
  let told_by = new Map<string, FolderTimeSource>();
  let times_from = new Set<FolderTimeSource>();

  /** The timeline of every file that can meet the span; one after the other where a clock was set back. */
  async function stretchesFor(asked: Span, signal: AbortSignal): Promise<Stretch[]> {
    await followed.prepareFor(asked, signal);
    const { measure } = followed;
    const question = { asked, index, track, measure, label, resolution_us, slack_us };
    const found = await filesOfSpan(question, signal);
    left_out = found.left_out;
    told_by = new Map(found.files.map(({ path, time_from }) => [path, time_from]));
    let alternatives = alternativesOf(found.files, slack_us);
    if (alternatives.length > 1) {
      alternatives = alternativesOf(await withNeighbours(question, found.files), slack_us);
    }
    const meeting = alternatives
      .flatMap((files) => layTimeline(files, resolution_us, tolerance_us))
      .filter(({ from_us, to_us }) => from_us < asked.end_ms * 1000 && to_us > asked.start_ms * 1000);
    if (meeting.length === 0 && left_out.length > 0) {
      // Files are there and none can be read: that is not the same as holding nothing.
      throw new CodedError('SOURCE_BROKEN', { address: label, reason: left_out.join('; ').slice(0, 300) });
    }
    return meeting;
  }

  return {
    kind: 'recording_folder',
    time_resolution_ms,

    async holdings(device_span, signal) {
      const stretches = await stretchesFor(device_span, signal);
      return { spans: heldSpans(stretches, device_span), retained: await followed.retained(signal) };
    },

    async *read(device_span, signal, tracks) {
      read = noFilesRead();
      times_from = new Set();
      const stretches = await stretchesFor(device_span, signal);
      const check = async ({ file }: Stretch) => {
        times_from.add(told_by.get(file.path) ?? 'name');
        await demandAsMeasured(place, file);
      };
      yield* readStretches({ stretches, reader, device_span, signal, tracks, check, read });
    },

    origin: () => ({
      kind: 'recording_folder',
      address: label,
      parts: [...read.parts],
      streams_left_out: [...read.sound_left_out, ...read.other_streams].map(
        (name) => `${name} (not asked for)`,
      ),
      parts_left_out: [...left_out],
      times_from: FOLDER_TIME_SOURCES.filter((one) => times_from.has(one)),
    }),

    async close() {},
  };
}
