import type { AudioStreamDescription } from '@minhchung/domain';

/** wFormatTag of G.711 (RFC 2361). */
const FORMAT_TAGS = { pcma: 6, pcmu: 7 } as const;
/** `fmt ` of a coded form has 18 bytes, and a `fact` chunk follows it. */
const FORMAT_BYTES = 18;
const FACT_BYTES = 4;

/** Bytes before the first sample in a file of `waveHeader`. */
export const WAVE_HEADER_BYTES = 12 + 8 + FORMAT_BYTES + 8 + FACT_BYTES + 8;

/**
 * Head of a WAVE file with `data_bytes` of G.711 after it. The file is padded to an even length by whoever writes it:
 * a chunk of odd length is followed by a zero byte that it does not count.
 */
export function waveHeader(
  { codec, sample_rate_hz, channel_count }: AudioStreamDescription,
  data_bytes: number,
): Uint8Array {
  if (codec === 'aac') throw new Error('AAC lies in the master');
  const header = Buffer.alloc(WAVE_HEADER_BYTES);
  const padding = data_bytes % 2;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(WAVE_HEADER_BYTES - 8 + data_bytes + padding, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(FORMAT_BYTES, 16);
  header.writeUInt16LE(FORMAT_TAGS[codec], 20);
  header.writeUInt16LE(channel_count, 22);
  header.writeUInt32LE(sample_rate_hz, 24);
  header.writeUInt32LE(sample_rate_hz * channel_count, 28);
  header.writeUInt16LE(channel_count, 32);
  header.writeUInt16LE(8, 34);
  header.writeUInt16LE(0, 36);
  header.write('fact', 38, 'latin1');
  header.writeUInt32LE(FACT_BYTES, 42);
  header.writeUInt32LE(Math.floor(data_bytes / channel_count), 46);
  header.write('data', 50, 'latin1');
  header.writeUInt32LE(data_bytes, 54);
  return header;
}
