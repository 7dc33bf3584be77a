import type { RandomReader } from '../mp4/top-level.ts';

/** The bytes are not the WAVE file of G.711 that sound beside a master has to be. */
export class WaveError extends Error {
  override readonly name = 'WaveError';
}

/** What a WAVE file says of itself. */
export interface WaveFacts {
  readonly codec: 'pcmu' | 'pcma';
  readonly sample_rate_hz: number;
  readonly channel_count: number;
  /** Samples of each channel. */
  readonly sample_count: number;
}

const CODECS = new Map([
  [6, 'pcma'],
  [7, 'pcmu'],
] as const);
/** `RIFF`, `fmt ` with 18 bytes, `fact` and the head of `data`: the one accepted form. */
const HEADER_BYTES = 58;

/** Reads the head of a WAVE file and checks that it fits the file's length. Throws `WaveError`. */
export async function readWave(reader: RandomReader): Promise<WaveFacts> {
  const bytes = await reader.read(0, HEADER_BYTES);
  if (bytes.length < HEADER_BYTES) throw new WaveError('it is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const expectText = (at: number, text: string) => {
    const found = String.fromCharCode(...bytes.subarray(at, at + text.length));
    if (found !== text) throw new WaveError(`there is no "${text.trim()}" at byte ${at}`);
  };
  const expect = (what: string, found: number, expected: number) => {
    if (found !== expected) throw new WaveError(`${what} is ${found}, and should be ${expected}`);
  };
  expectText(0, 'RIFF');
  expect('its length', view.getUint32(4, true), reader.size_bytes - 8);
  expectText(8, 'WAVEfmt ');
  expect('the length of fmt', view.getUint32(16, true), 18);
  const codec = CODECS.get(view.getUint16(20, true) as 6 | 7);
  if (codec === undefined) throw new WaveError('its sound is not G.711');
  const channel_count = view.getUint16(22, true);
  const sample_rate_hz = view.getUint32(24, true);
  if (channel_count === 0 || sample_rate_hz === 0) throw new WaveError('it has no channel or no sample rate');
  expect('its byte rate', view.getUint32(28, true), sample_rate_hz * channel_count);
  expect('its block length', view.getUint16(32, true), channel_count);
  expect('its sample size', view.getUint16(34, true), 8);
  expect('its extension', view.getUint16(36, true), 0);
  expectText(38, 'fact');
  expect('the length of fact', view.getUint32(42, true), 4);
  expectText(50, 'data');
  const data_bytes = view.getUint32(54, true);
  expect('its data', HEADER_BYTES + data_bytes + (data_bytes % 2), reader.size_bytes);
  if (data_bytes % 2 === 1) expect('its padding', (await reader.read(reader.size_bytes - 1, 1))[0]!, 0);
  const sample_count = data_bytes / channel_count;
  expect('its sample count', view.getUint32(46, true), sample_count);
  return { codec, sample_rate_hz, channel_count, sample_count };
}
