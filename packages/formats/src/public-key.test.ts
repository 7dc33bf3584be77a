import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FormatError } from './format-error.ts';
import { encodePublicKeyPem, parsePublicKeyPem } from './public-key.ts';

describe('a public key in PEM', () => {
  it('is byte for byte what OpenSSL writes', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    expect(encodePublicKeyPem(raw)).toBe(pem);
    expect(Buffer.from(parsePublicKeyPem(pem.toString())).equals(raw)).toBe(true);
  });

  it('is refused in any other form', () => {
    const pem = encodePublicKeyPem(new Uint8Array(32));
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    const others = ['', `${pem}\n`, pem.replaceAll('\n', '\r\n'), pem.replace('PUBLIC', 'PRIVATE')];
    for (const other of [...others, rsa.export({ type: 'spki', format: 'pem' }).toString()]) {
      expect(() => parsePublicKeyPem(other)).toThrow(FormatError);
    }
  });
});
