import {
  type FootageEvent,
  type MediaPacket,
  type MetadataPacket,
  type Span,
  type StreamDescription,
  sameStream,
} from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { HeldPackets } from '../packets/held-packets.ts';
import { PresentationTrack } from './presentation-track.ts';
import { type CutSound, SoundBeside } from './sound-beside.ts';

/** What a cut consists of: masters one after the other, each begun, filled and ended. */
export type CutEvent =
  | { readonly type: 'master'; readonly stream: StreamDescription }
  /** `wanted` is false for frames outside the span, which are there because a decoder needs them. */
  | { readonly type: 'packet'; readonly packet: MediaPacket; readonly wanted: boolean }
  /** Sound of the master, which overlaps its frames, in the order in which it came. */
  | { readonly type: 'sound'; readonly sound: CutSound }
  | { readonly type: 'end_of_master' }
  /** A document of the metadata track from inside the span, whether there are pictures or not. */
  | { readonly type: 'metadata'; readonly packet: MetadataPacket }
  /** A wanted packet that no keyframe of its stretch precedes: no master can begin with it. */
  | { readonly type: 'undecodable'; readonly packet: MediaPacket };

export interface CutOptions {
  /** A break between two groups of pictures longer than this begins a new master. */
  readonly gap_min_ms: number;
}

/**
 * The rule of cutting. From packets in decode order, each master holds the keyframe at or before the start of
 * the span and everything after it, in decode order, through the last packet whose presentation time lies
 * before the end. Nothing in between is left out, whatever its time.
 *
 * A new master begins where the stream changes, at a discontinuity, after a break longer than `gap_min_ms` and
 * where device time steps backward; inside a group of pictures, what follows the step waits for the next
 * keyframe. A stretch without a wanted frame gives no
 * master. Reading stops once nothing wanted can follow. Sound that overlaps a master's frames belongs to it; it is
 * expected beside its pictures (`inStep`).
 *
 * Holds one group of pictures before the first wanted frame, and afterwards no more than decoders reorder.
 * Throws `MEDIA_LIMIT`.
 */
export async function* cutFootage(
  events: AsyncIterable<FootageEvent>,
  device_span: Span,
  options: CutOptions,
): AsyncGenerator<CutEvent, void, undefined> {
  const start_us = device_span.start_ms * 1000;
  const end_us = device_span.end_ms * 1000;
  const held = new HeldPackets<MediaPacket>();
  const track = new PresentationTrack(options.gap_min_ms * 1000);
  const sounds = new SoundBeside();
  let stream: StreamDescription | null = null;
  let master_open = false;
  /** Packets at or after the end since the last one before it, in decode order. */
  let past_end_count = 0;

  /** Ends the stretch of footage; what is still held was needed by nothing. */
  function* endStretch(): Generator<CutEvent> {
    held.clear();
    track.reset();
    past_end_count = 0;
    if (master_open) {
      for (const sound of sounds.takeRest()) yield { type: 'sound', sound };
      yield { type: 'end_of_master' };
    }
    sounds.forgetPictures();
    master_open = false;
  }

  for await (const event of events) {
    if (event.type === 'discontinuity') {
      yield* endStretch();
      sounds.clear();
      continue;
    }
    if (event.type === 'metadata') {
      const document_us = event.packet.device_time_us;
      if (document_us >= start_us && document_us < end_us) yield { type: 'metadata', packet: event.packet };
      continue;
    }
    if (event.type === 'audio_stream') sounds.describe(event.stream);
    if (event.type === 'audio') sounds.add(event.packet);
    if (event.type === 'stream') {
      if (stream === null || !sameStream(stream, event.stream)) yield* endStretch();
      stream = event.stream;
      continue;
    }
    if (event.type !== 'packet') continue;
    if (stream === null) throw new Error('a packet came before the description of its stream');
    const { packet } = event;
    const time_us = packet.device_time_us;
    const wanted = time_us >= start_us && time_us < end_us;

    if (track.breaksBefore(packet)) yield* endStretch();
    if (packet.is_keyframe) {
      if (!master_open && time_us <= start_us) held.clear();
    } else if (!track.has_keyframe) {
      if (wanted) yield { type: 'undecodable', packet };
      continue;
    }
    track.add(packet);

    const belongs = master_open ? time_us < end_us : wanted;
    held.add(packet);
    if (belongs) {
      if (!master_open) yield { type: 'master', stream };
      master_open = true;
      for (const kept of held.take()) {
        sounds.notePicture(kept.device_time_us);
        yield {
          type: 'packet',
          packet: kept,
          wanted: kept.device_time_us >= start_us && kept.device_time_us < end_us,
        };
      }
      for (const sound of sounds.takeSettled()) yield { type: 'sound', sound };
    }
    past_end_count = time_us >= end_us ? past_end_count + 1 : 0;
    if (past_end_count > MEDIA_LIMITS.reorder_packets_max || track.provesPast(end_us)) break;
  }
  yield* endStretch();
}
