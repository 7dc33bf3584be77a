import { basename, isAbsolute } from 'node:path';
import {
  type AudioStreamDescription,
  CodedError,
  FOLDER_TIME_SOURCES,
  type FolderIndex,
  type FolderTimeSource,
  type FootageEvent,
  type FootageSource,
  folderLayoutOf,
  type MediaFile,
  type MediaReader,
  parseRecordingPattern,
  type Span,
  type StreamDescription,
  sameStream,
  type TimeSource,
  VIETNAM_OFFSET_MS,
} from '@minhchung/domain';
import { JOIN_TOLERANCE_MS, METADATA_RESOLUTION_MS, WRITE_DELAY_US } from '../limits.ts';
import { alternativesOf } from './alternatives.ts';
import { demandAsMeasured } from './as-measured.ts';
import { filesOfSpan, withNeighbours } from './files-of-span.ts';
import { FollowedFolder } from './followed-folder.ts';
import { createMemoryFolderIndex } from './index/memory-folder-index.ts';
import { openStretchAudio, type StretchAudio } from './interleaved.ts';
import { stretchPackets } from './stretch-packets.ts';
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
  let parts: string[] = [];
  let other_streams = new Set<string>();
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
      parts = [];
      other_streams = new Set();
      times_from = new Set();
      let stream: StreamDescription | null = null;
      let audio_stream: AudioStreamDescription | null = null;
      for (const stretch of await stretchesFor(device_span, signal)) {
        if (signal.aborted) throw new CodedError('CANCELLED');
        const file = await reader.open(stretch.file.path, signal);
        await demandAsMeasured(place, stretch.file);
        const audio = tracks?.audio ? openStretchAudio(file, stretch, device_span, signal) : null;
        try {
          if (!parts.includes(stretch.file.name)) parts.push(stretch.file.name);
          times_from.add(told_by.get(stretch.file.path) ?? 'name');
          for (const name of leftOutStreams(file, audio)) other_streams.add(name);
          if (stream !== null && !stretch.continues) yield { type: 'discontinuity' };
          if (audio !== null && !(audio_stream !== null && sameAudio(audio_stream, audio.stream))) {
            audio_stream = audio.stream;
            yield { type: 'audio_stream', stream: audio.stream };
          }
          for await (const told of stretchPackets(file, stretch, device_span, signal)) {
            if (stream === null || (told.stream !== stream && !sameStream(stream, told.stream))) {
              yield { type: 'stream', stream: told.stream };
            }
            stream = told.stream;
            if (audio !== null) yield* audio.before(told.packet.device_time_us);
            yield { type: 'packet', packet: told.packet } satisfies FootageEvent;
          }
          if (audio !== null) yield* audio.rest();
          await demandAsMeasured(place, stretch.file);
        } finally {
          await audio?.close();
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
      times_from: FOLDER_TIME_SOURCES.filter((one) => times_from.has(one)),
    }),

    async close() {},
  };
}

/** Names of streams that are not given: what cannot be kept, and sound that nobody asked for. */
function leftOutStreams(file: MediaFile, audio: StretchAudio | null): string[] {
  const sound = file.audio !== null && audio === null ? [`audio: ${file.audio.codec}`] : [];
  return [...sound, ...file.other_streams];
}

function sameAudio(a: AudioStreamDescription, b: AudioStreamDescription): boolean {
  const shape = ({ codec, sample_rate_hz, channel_count }: AudioStreamDescription) =>
    `${codec} ${sample_rate_hz} ${channel_count}`;
  return shape(a) === shape(b) && Buffer.compare(a.decoder_configuration, b.decoder_configuration) === 0;
}
