/** Identifier in every manifest. A change of meaning makes a new number; old ones stay readable. */
export const MANIFEST_FORMAT = 'minhchung-manifest/1';

/** Commit point of a package: an item is archived when, and only when, this file exists. */
export const MANIFEST_NAME = 'manifest.json';

/** Hashes of every file of the package but itself and its signature. */
export const SHA256SUMS_NAME = 'SHA256SUMS';

/** Raw 64-byte Ed25519 signature over the bytes of `SHA256SUMS`. */
export const SIGNATURE_NAME = 'SHA256SUMS.sig';

/** How to check the package by hand, in Vietnamese and English. */
export const INSTRUCTIONS_NAME = 'VERIFY.md';

/** The signing key's public half, for convenience: the root of trust is the key the deployment publishes. */
export const PUBLIC_KEY_NAME = 'public-key.pem';

/** Ed25519 sizes in bytes (RFC 8032). */
export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

/** A key id is the first 16 bytes of SHA-256 over the raw public key, in lower-case hex. */
export const KEY_ID_PATTERN = /^[0-9a-f]{32}$/;

/** SHA-256 in lower-case hex. */
export const SHA256_PATTERN = /^[0-9a-f]{64}$/;
