import type { AudioPacket, AudioStreamDescription } from '@minhchung/domain';
import { sampleRateOf, samplesIn } from '../sound/sound-duration.ts';
import { createSampleTable, type SampleTable } from './sample-table.ts';
import type { SampleTimes } from './sample-times.ts';

/** Sound of one description in one master, in order of time. */
export interface AudioTrack {
  readonly stream: AudioStreamDescription;
  readonly table: SampleTable;
  /** Ticks a second: the rate of its samples, so that each of them has its own tick. */
  readonly timescale: number;
}

/** An empty track. Throws `BrokenBitstream` for a configuration that cannot be read. */
export function createAudioTrack(stream: AudioStreamDescription): AudioTrack {
  return { stream, table: createSampleTable(), timescale: sampleRateOf(stream) };
}

/** True when a packet can follow in this track: the same sound, later than what is there. */
export function continuesTrack(
  { stream, table }: AudioTrack,
  next_stream: AudioStreamDescription,
  { device_time_us }: AudioPacket,
): boolean {
  const times_us = table.presentation_times_us;
  return isSameSound(stream, next_stream) && device_time_us > times_us.view()[times_us.length - 1]!;
}

/** True when one decoder serves both. */
export function isSameSound(one: AudioStreamDescription, other: AudioStreamDescription): boolean {
  return (
    one === other ||
    (one.codec === other.codec &&
      one.sample_rate_hz === other.sample_rate_hz &&
      one.channel_count === other.channel_count &&
      Buffer.compare(one.decoder_configuration, other.decoder_configuration) === 0)
  );
}

/** Times of a track of sound in a master, in ticks of its own timescale. */
export interface AudioTimes extends Omit<SampleTimes, 'presentation' | 'last_us'> {
  /**
   * Where the track begins against the first presented frame, in microseconds; negative where its first packet
   * begins before it.
   */
  readonly start_us: number;
}

/**
 * Times of sound, which is decoded in the order in which it is heard. They are the source's own: a packet that comes
 * later than the one before it ended leaves a hole, and nothing is moved to close it.
 */
export function audioTimes(track: AudioTrack, first_frame_us: number): AudioTimes {
  const times_us = track.table.presentation_times_us.view();
  const origin_us = times_us[0]!;
  const decode = new Float64Array(times_us.length);
  for (let index = 0; index < times_us.length; index++) {
    const tick = Math.round(((times_us[index]! - origin_us) * track.timescale) / 1_000_000);
    // Times that fall into one tick: an index cannot say that two packets are heard at once.
    decode[index] = index === 0 ? 0 : Math.max(tick, decode[index - 1]! + 1);
  }
  const last_samples = samplesIn(track.stream, new Uint8Array());
  return {
    origin_us,
    start_us: origin_us - first_frame_us,
    decode,
    duration: decode[decode.length - 1]! + last_samples,
  };
}
