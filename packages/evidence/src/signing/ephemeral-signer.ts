import { generateKeyPairSync, sign } from 'node:crypto';
import type { Signer } from '@minhchung/domain';
import { keyIdOf, rawPublicKey } from './public-key.ts';

/**
 * A signer whose Ed25519 key lives in this process alone and dies with it: whoever has the package can tell that
 * nothing changed since it was signed, and nobody can sign another one with the same key.
 */
export function createEphemeralSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const public_key = rawPublicKey(publicKey);
  return {
    key_id: keyIdOf(public_key),
    public_key,
    sign: async (message) => sign(null, message, privateKey),
  };
}
