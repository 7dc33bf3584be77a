import type { AudioCodec } from '@minhchung/domain';
import { startTool } from '../process/run-tool.ts';

/** One packet of recorded sound: an access unit of AAC, or 20 ms of G.711. */
export interface SoundUnit {
  readonly true_time_us: number;
  readonly data: Buffer;
}

/** Sound beside recorded footage, in memory: a minute of AAC is half a megabyte. */
export interface RecordedSound {
  readonly codec: AudioCodec;
  readonly sample_rate_hz: number;
  /** AudioSpecificConfig of AAC; empty for G.711. */
  readonly decoder_configuration: Buffer;
  readonly units: readonly SoundUnit[];
}

export interface RecordSoundOptions {
  readonly codec: AudioCodec;
  readonly start_true_ms: number;
  readonly duration_ms: number;
  readonly frequency_hz?: number;
}

const RATES_HZ = { aac: 16_000, pcmu: 8_000, pcma: 8_000 } as const;
const ENCODERS = {
  aac: ['-c:a', 'aac', '-b:a', '48k', '-f', 'adts'],
  pcmu: ['-c:a', 'pcm_mulaw', '-f', 'mulaw'],
  pcma: ['-c:a', 'pcm_alaw', '-f', 'alaw'],
} as const;
const G711_UNIT_BYTES = 160;
const AAC_SAMPLES = 1024;
/** AAC-LC, 16 kHz, one channel (ISO/IEC 14496-3, 1.6.2.1). */
const AAC_CONFIGURATION = Buffer.of(0x14, 0x08);
const ADTS_HEADER_BYTES = 7;

/** Encodes a tone with ffmpeg. Throws `TOOL_FAILED`. */
export async function recordSound(options: RecordSoundOptions): Promise<RecordedSound> {
  const { codec, duration_ms, start_true_ms, frequency_hz = 440 } = options;
  const sample_rate_hz = RATES_HZ[codec];
  const tone = `sine=frequency=${frequency_hz}:sample_rate=${sample_rate_hz}:duration=${duration_ms / 1000}`;
  const args = ['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', tone, ...ENCODERS[codec], 'pipe:1'];
  const ffmpeg = startTool('ffmpeg', args, {});
  ffmpeg.stdin.end();
  const chunks: Buffer[] = [];
  for await (const chunk of ffmpeg.stdout) chunks.push(chunk as Buffer);
  await ffmpeg.finished;
  const bytes = Buffer.concat(chunks);
  const data = codec === 'aac' ? accessUnits(bytes) : slices(bytes, G711_UNIT_BYTES);
  const samples = codec === 'aac' ? AAC_SAMPLES : G711_UNIT_BYTES;
  const units = data.map((unit, n) => ({
    true_time_us: start_true_ms * 1000 + Math.round((n * samples * 1_000_000) / sample_rate_hz),
    data: unit,
  }));
  const decoder_configuration = codec === 'aac' ? AAC_CONFIGURATION : Buffer.alloc(0);
  return { codec, sample_rate_hz, decoder_configuration, units };
}

/** Raw access units out of ADTS (ISO/IEC 14496-3, 1.A.2.2). */
function accessUnits(bytes: Buffer): Buffer[] {
  const units: Buffer[] = [];
  for (let at = 0; at + ADTS_HEADER_BYTES <= bytes.length; ) {
    const size_bytes = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5);
    units.push(bytes.subarray(at + ADTS_HEADER_BYTES, at + size_bytes));
    at += size_bytes;
  }
  return units;
}

function slices(bytes: Buffer, size_bytes: number): Buffer[] {
  const count = Math.floor(bytes.length / size_bytes);
  return Array.from({ length: count }, (_, n) => bytes.subarray(n * size_bytes, (n + 1) * size_bytes));
}
