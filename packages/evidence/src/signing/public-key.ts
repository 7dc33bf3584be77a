import { createHash, type KeyObject } from 'node:crypto';
import { PUBLIC_KEY_BYTES } from '@minhchung/formats';

/** First 16 bytes of SHA-256 over the raw public key, in lower-case hex. */
export function keyIdOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex').slice(0, 32);
}

/** The 32 bytes of an Ed25519 public key (RFC 8032), which end its DER form. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-PUBLIC_KEY_BYTES));
}
