import type { MediaFile, MediaPacket, Span, StreamDescription } from '@minhchung/domain';
import { REORDERED_FRAMES_MAX } from '../limits.ts';
import type { Stretch } from './timeline.ts';

/** A packet and the stream a decoder must be set up for. */
export interface StretchPacket {
  readonly packet: MediaPacket;
  /** The same object until the file's parameter sets change. */
  readonly stream: StreamDescription;
}

/**
 * Packets of one stretch in decode order, under device time: from the keyframe at or before the asked start to
 * at most one group of pictures beyond the asked end (pictures before the end may follow the first keyframe
 * after it).
 */
export async function* stretchPackets(
  file: MediaFile,
  stretch: Stretch,
  asked: Span,
  signal: AbortSignal,
): AsyncGenerator<StretchPacket> {
  const shift_us = stretch.start_us - file.first_time_us;
  const begin_us = Math.max(asked.start_ms * 1000, stretch.from_us);
  const packets = toDeviceTime(file, begin_us - shift_us, shift_us, signal);
  const resumed = stretch.from_us > stretch.start_us ? fromKeyframe(packets, stretch.from_us) : packets;
  const natural_end_us = stretch.start_us + (file.end_time_us - file.first_time_us);
  const cut = stretch.to_us < natural_end_us ? throughLastBefore(resumed, stretch.to_us) : resumed;
  yield* upToNextGroup(cut, asked.end_ms * 1000);
}

async function* toDeviceTime(
  file: MediaFile,
  begin_time_us: number,
  shift_us: number,
  signal: AbortSignal,
): AsyncGenerator<StretchPacket> {
  let { stream } = file;
  for await (const { time_us, is_keyframe, data, changed_stream } of file.packetsFrom(
    begin_time_us,
    signal,
  )) {
    // Carried along with every packet: the one that brings the change may be among those passed over.
    stream = changed_stream ?? stream;
    yield { packet: { device_time_us: Math.round(time_us + shift_us), is_keyframe, data }, stream };
  }
}

/** Everything from the first keyframe that lies at or after an instant. */
async function* fromKeyframe(
  packets: AsyncIterable<StretchPacket>,
  from_us: number,
): AsyncGenerator<StretchPacket> {
  let has_begun = false;
  for await (const told of packets) {
    has_begun ||= told.packet.is_keyframe && told.packet.device_time_us >= from_us;
    if (has_begun) yield told;
  }
}

/**
 * The decode-order prefix through the last packet presented before an instant. Never a filter by presentation
 * time: a later picture in between is what an earlier one was predicted from.
 */
async function* throughLastBefore(
  packets: AsyncIterable<StretchPacket>,
  to_us: number,
): AsyncGenerator<StretchPacket> {
  let waiting: StretchPacket[] = [];
  for await (const told of packets) {
    waiting.push(told);
    if (told.packet.device_time_us < to_us) {
      yield* waiting;
      waiting = [];
    } else if (waiting.length > REORDERED_FRAMES_MAX) {
      return;
    }
  }
}

async function* upToNextGroup(
  packets: AsyncIterable<StretchPacket>,
  end_us: number,
): AsyncGenerator<StretchPacket> {
  let keyframes_beyond = 0;
  for await (const told of packets) {
    if (told.packet.is_keyframe && told.packet.device_time_us >= end_us) keyframes_beyond += 1;
    if (keyframes_beyond > 1) return;
    yield told;
  }
}
