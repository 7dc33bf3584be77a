import { readAudioSpecificConfig } from '@minhchung/bitstream';
import type { AudioStreamDescription } from '@minhchung/domain';

/**
 * Samples in one packet of sound, counted at the stream's rate: of AAC what its configuration says, of G.711 a byte a
 * sample and channel. Throws `BrokenBitstream` for a configuration that cannot be read.
 */
export function samplesIn(stream: AudioStreamDescription, data: Uint8Array): number {
  if (stream.codec !== 'aac') return Math.floor(data.length / stream.channel_count);
  return readAudioSpecificConfig(stream.decoder_configuration).samples_per_unit;
}

/** Samples a second of what `samplesIn` counts. Of AAC with bandwidth extension that is the core's rate. */
export function sampleRateOf(stream: AudioStreamDescription): number {
  if (stream.codec !== 'aac') return stream.sample_rate_hz;
  return readAudioSpecificConfig(stream.decoder_configuration).core_sample_rate_hz;
}

/** How long one packet of sound lasts, in microseconds, not rounded. */
export function soundDurationUs(stream: AudioStreamDescription, data: Uint8Array): number {
  return (samplesIn(stream, data) * 1_000_000) / sampleRateOf(stream);
}
