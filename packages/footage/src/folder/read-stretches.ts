import {
  type AudioStreamDescription,
  CodedError,
  type FootageEvent,
  type MediaFile,
  type MediaReader,
  type Span,
  type StreamDescription,
  sameStream,
  type TracksWanted,
} from '@minhchung/domain';
import { openStretchAudio, type StretchAudio } from './interleaved.ts';
import { stretchPackets } from './stretch-packets.ts';
import type { Stretch } from './timeline.ts';

/** What a reading of files came across, for the account of its source. */
export interface FilesRead {
  /** Names of files, in the order of reading. */
  readonly parts: string[];
  /** Streams that were not given: sound that nobody asked for (`audio: aac`), and what cannot be kept. */
  readonly sound_left_out: Set<string>;
  readonly other_streams: Set<string>;
}

export interface StretchesToRead {
  readonly stretches: readonly Stretch[];
  readonly reader: MediaReader;
  readonly device_span: Span;
  readonly signal: AbortSignal;
  readonly tracks: TracksWanted | undefined;
  /** Asked right after a file was opened and again when it was read; throws where it is not to be believed. */
  readonly check?: (stretch: Stretch) => Promise<void>;
  readonly read: FilesRead;
}

/** Nothing read yet. */
export function noFilesRead(): FilesRead {
  return { parts: [], sound_left_out: new Set(), other_streams: new Set() };
}

/** Footage of stretches, one after the other, with the sound beside its pictures where it is wanted. */
export async function* readStretches(of: StretchesToRead): AsyncGenerator<FootageEvent, void, undefined> {
  const { reader, device_span, signal, tracks, check, read } = of;
  let stream: StreamDescription | null = null;
  let audio_stream: AudioStreamDescription | null = null;
  for (const stretch of of.stretches) {
    if (signal.aborted) throw new CodedError('CANCELLED');
    const file = await reader.open(stretch.file.path, signal);
    let audio: StretchAudio | null = null;
    try {
      await check?.(stretch);
      audio = tracks?.audio ? openStretchAudio(file, stretch, device_span, signal) : null;
      note(file, audio, stretch, read);
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
        yield { type: 'packet', packet: told.packet };
      }
      if (audio !== null) yield* audio.rest();
      await check?.(stretch);
    } finally {
      await audio?.close();
      await file.close();
    }
  }
}

function note(
  file: MediaFile,
  audio: StretchAudio | null,
  { file: { name } }: Stretch,
  read: FilesRead,
): void {
  if (!read.parts.includes(name)) read.parts.push(name);
  if (file.audio !== null && audio === null) read.sound_left_out.add(`audio: ${file.audio.codec}`);
  for (const other of file.other_streams) read.other_streams.add(other);
}

function sameAudio(a: AudioStreamDescription, b: AudioStreamDescription): boolean {
  const shape = ({ codec, sample_rate_hz, channel_count }: AudioStreamDescription) =>
    `${codec} ${sample_rate_hz} ${channel_count}`;
  return shape(a) === shape(b) && Buffer.compare(a.decoder_configuration, b.decoder_configuration) === 0;
}
