import type { FilePacket, MediaFile, MediaPacket, Span } from '@minhchung/domain';
import { REORDERED_FRAMES_MAX } from '../limits.ts';
import type { Stretch } from './timeline.ts';

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
): AsyncGenerator<MediaPacket> {
  const shift_us = stretch.start_us - file.first_time_us;
  const begin_us = Math.max(asked.start_ms * 1000, stretch.from_us);
  const packets = toDeviceTime(file.packetsFrom(begin_us - shift_us, signal), shift_us);
  const resumed = stretch.from_us > stretch.start_us ? fromKeyframe(packets, stretch.from_us) : packets;
  const natural_end_us = stretch.start_us + (file.end_time_us - file.first_time_us);
  const cut = stretch.to_us < natural_end_us ? throughLastBefore(resumed, stretch.to_us) : resumed;
  yield* upToNextGroup(cut, asked.end_ms * 1000);
}

async function* toDeviceTime(
  packets: AsyncIterable<FilePacket>,
  shift_us: number,
): AsyncGenerator<MediaPacket> {
  for await (const { time_us, is_keyframe, data } of packets) {
    yield { device_time_us: Math.round(time_us + shift_us), is_keyframe, data };
  }
}

/** Everything from the first keyframe that lies at or after an instant. */
async function* fromKeyframe(
  packets: AsyncIterable<MediaPacket>,
  from_us: number,
): AsyncGenerator<MediaPacket> {
  let has_begun = false;
  for await (const packet of packets) {
    has_begun ||= packet.is_keyframe && packet.device_time_us >= from_us;
    if (has_begun) yield packet;
  }
}

/**
 * The decode-order prefix through the last packet presented before an instant. Never a filter by presentation
 * time: a later picture in between is what an earlier one was predicted from.
 */
async function* throughLastBefore(
  packets: AsyncIterable<MediaPacket>,
  to_us: number,
): AsyncGenerator<MediaPacket> {
  let waiting: MediaPacket[] = [];
  for await (const packet of packets) {
    waiting.push(packet);
    if (packet.device_time_us < to_us) {
      yield* waiting;
      waiting = [];
    } else if (waiting.length > REORDERED_FRAMES_MAX) {
      return;
    }
  }
}

async function* upToNextGroup(
  packets: AsyncIterable<MediaPacket>,
  end_us: number,
): AsyncGenerator<MediaPacket> {
  let keyframes_beyond = 0;
  for await (const packet of packets) {
    if (packet.is_keyframe && packet.device_time_us >= end_us) keyframes_beyond += 1;
    if (keyframes_beyond > 1) return;
    yield packet;
  }
}
