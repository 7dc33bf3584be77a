import { describe, expect, it } from 'vitest';
import type { StreamDescription } from '../ports/footage.ts';
import { sameStream } from './same-stream.ts';

const STREAM: StreamDescription = {
  kind: 'video',
  codec: 'h264',
  width: 640,
  height: 360,
  decoder_configuration: Uint8Array.of(1, 2, 3),
};

describe('two descriptions of a stream', () => {
  it('are the same when a decoder needs to be told nothing new', () => {
    expect(sameStream(STREAM, { ...STREAM, decoder_configuration: Uint8Array.of(1, 2, 3) })).toBe(true);
  });

  it.each<[string, Partial<StreamDescription>]>([
    ['codec', { codec: 'h265' }],
    ['width', { width: 320 }],
    ['height', { height: 180 }],
    ['parameter sets', { decoder_configuration: Uint8Array.of(1, 2, 4) }],
    ['length of the parameter sets', { decoder_configuration: Uint8Array.of(1, 2, 3, 4) }],
  ])('differ by %s', (_what, change) => {
    expect(sameStream(STREAM, { ...STREAM, ...change })).toBe(false);
  });
});
