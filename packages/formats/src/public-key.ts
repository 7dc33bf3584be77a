import { PUBLIC_KEY_BYTES } from './constants.ts';
import { FormatError } from './format-error.ts';

/** DER before the 32 key bytes of an Ed25519 SubjectPublicKeyInfo (RFC 8410, 4). */
const SPKI_PREFIX = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);
const BEGIN = '-----BEGIN PUBLIC KEY-----\n';
const END = '\n-----END PUBLIC KEY-----\n';

/** A raw 32-byte Ed25519 public key as PEM, byte for byte as OpenSSL writes it. Throws `FormatError`. */
export function encodePublicKeyPem(raw: Uint8Array): string {
  if (raw.length !== PUBLIC_KEY_BYTES) {
    throw new FormatError(`an Ed25519 public key has ${PUBLIC_KEY_BYTES} bytes, not ${raw.length}`);
  }
  return `${BEGIN}${btoa(String.fromCharCode(...SPKI_PREFIX, ...raw))}${END}`;
}

/** Reads the PEM that `encodePublicKeyPem` writes and nothing else; gives the raw 32 bytes. Throws `FormatError`. */
export function parsePublicKeyPem(pem: string): Uint8Array {
  const raw = decodeBody(pem).slice(SPKI_PREFIX.length);
  if (raw.length !== PUBLIC_KEY_BYTES || encodePublicKeyPem(raw) !== pem) {
    throw new FormatError('not an Ed25519 public key in PEM as OpenSSL writes it');
  }
  return raw;
}

function decodeBody(pem: string): Uint8Array {
  try {
    return Uint8Array.from(atob(pem.slice(BEGIN.length, -END.length)), (char) => char.charCodeAt(0));
  } catch {
    throw new FormatError('not a PEM file');
  }
}
