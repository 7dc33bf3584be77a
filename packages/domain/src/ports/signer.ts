/** Signs with the deployment's key. The key itself never leaves the implementation. */
export interface Signer {
  /** First 16 bytes of SHA-256 over the raw 32-byte public key, in lower-case hex. */
  readonly key_id: string;
  /** Raw 32-byte Ed25519 public key. */
  readonly public_key: Uint8Array;
  /** Ed25519 signature of 64 bytes (RFC 8032, pure). */
  sign(message: Uint8Array): Promise<Uint8Array>;
}
