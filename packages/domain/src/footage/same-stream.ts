import type { StreamDescription } from '../ports/footage.ts';

/** True when a decoder set up for one can go on with the other. */
export function sameStream(a: StreamDescription, b: StreamDescription): boolean {
  return (
    a.codec === b.codec &&
    a.width === b.width &&
    a.height === b.height &&
    sameBytes(a.decoder_configuration, b.decoder_configuration)
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
