import type { StreamDescription } from '@minhchung/domain';

/** True when a decoder needs to be told nothing new. */
export function sameStream(a: StreamDescription, b: StreamDescription): boolean {
  return (
    a.codec === b.codec &&
    a.width === b.width &&
    a.height === b.height &&
    Buffer.compare(a.decoder_configuration, b.decoder_configuration) === 0
  );
}
