import { createHash, createPublicKey, verify } from 'node:crypto';
import { encodePublicKeyPem, FormatError, parsePublicKeyPem, SIGNATURE_BYTES } from '@minhchung/formats';
import type { Findings } from '../report/findings.ts';

/** The bytes the signature is about; null where a file is missing or too long. */
export interface SignedIndex {
  readonly sums: Uint8Array | null;
  readonly signature: Uint8Array | null;
  /** `public-key.pem` of the package. */
  readonly enclosed_key_pem: Uint8Array | null;
}

/** The key that made the signature, and who says that it is to be trusted. */
export interface FoundKey {
  readonly key_id: string;
  readonly origin: 'given' | 'package';
}

/**
 * Checks the Ed25519 signature over `SHA256SUMS` with the keys given, or, when none is given, with the one in
 * the package. Returns the key that fits, or null.
 */
export function checkSignature(
  index: SignedIndex,
  given_keys: readonly Uint8Array[],
  findings: Findings,
): FoundKey | null {
  const enclosed = enclosedKey(index.enclosed_key_pem);
  const origin = given_keys.length > 0 ? 'given' : 'package';
  const candidates = origin === 'given' ? given_keys : enclosed.raw === null ? [] : [enclosed.raw];
  const { sums, signature } = index;
  const problem = problemBefore(sums, signature, candidates);
  const signer = problem !== null ? undefined : candidates.find((raw) => isSignedBy(raw, sums!, signature!));
  if (signer === undefined) {
    findings.fail('signature', {
      problem: problem ?? `it was not made by ${candidates.map(keyIdOf).join(', ')}`,
    });
    return null;
  }
  const key_id = keyIdOf(signer);
  findings.pass('signature', undefined, { key_id });
  if (enclosed.raw !== null && keyIdOf(enclosed.raw) === key_id) findings.pass('package_key');
  else findings.fail('package_key', { problem: enclosed.problem ?? 'it is another key' });
  return { key_id, origin };
}

function problemBefore(
  sums: Uint8Array | null,
  signature: Uint8Array | null,
  candidates: readonly Uint8Array[],
): string | null {
  if (sums === null) return 'SHA256SUMS is missing or too long';
  if (signature === null) return 'SHA256SUMS.sig is missing or too long';
  if (signature.length !== SIGNATURE_BYTES)
    return `it has ${signature.length} bytes instead of ${SIGNATURE_BYTES}`;
  if (candidates.length === 0) return 'no public key was given, and the package holds none';
  return null;
}

function enclosedKey(pem: Uint8Array | null): { raw: Uint8Array | null; problem?: string } {
  if (pem === null) return { raw: null, problem: 'public-key.pem is missing or too long' };
  try {
    return { raw: parsePublicKeyPem(Buffer.from(pem).toString('latin1')) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { raw: null, problem: error.message };
  }
}

function isSignedBy(raw: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, message, createPublicKey(encodePublicKeyPem(raw)), signature);
  } catch {
    // OpenSSL throws for bytes that are no point of the curve: no key, no signature.
    return false;
  }
}

/** First 16 bytes of SHA-256 over the raw key, in hex. */
function keyIdOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex').slice(0, 32);
}
