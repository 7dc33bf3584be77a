import type { StreamDescription } from '@minhchung/domain';

/** True when a decoder set up for one can go on with the other. */
export function isSameStream(a: StreamDescription, b: StreamDescription): boolean {
  return (
    a.codec === b.codec &&
    a.width === b.width &&
    a.height === b.height &&
    Buffer.compare(a.decoder_configuration, b.decoder_configuration) === 0
  );
}
