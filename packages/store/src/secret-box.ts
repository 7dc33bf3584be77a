import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { CodedError } from '@minhchung/domain';
import { type KeyFiles, type KeyRing, keyFiles } from './key-change.ts';
import { SECRET_BYTES_MAX } from './limits.ts';

/** Seals and opens small secrets (device passwords) with a key that lies outside the database. */
export interface SecretBox {
  /** Versioned sealed text, bound to `purpose` and `subject_id`: it opens for no other. */
  seal(purpose: string, subject_id: string, plain: string): string;
  /** Throws `SECRET_UNREADABLE` when the text was changed, moved to another subject or sealed by another key. */
  open(purpose: string, subject_id: string, sealed: string): string;
  /** Reads the key files again, where the keys come from files: another process may have changed the key. */
  refresh(): void;
}

const VERSION = 'v2';
/** Sealed before keys had names: any key of the ring may be theirs. */
const VERSION_WITHOUT_KEY = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_CHARS = 16;

/**
 * Opens the box of a deployment; its key file is made at first use. A key that is changed while the process runs is
 * taken up by itself. Throws `KEY_FILE_EXPOSED`, `KEY_FILE_BROKEN`.
 */
export async function openSecretBox(key_path: string): Promise<SecretBox> {
  return fileSecretBox(await keyFiles(key_path));
}

/** A box with one key, or with a ring of them. */
export function secretBox(keys: Uint8Array | KeyRing): SecretBox {
  const ring: KeyRing = keys instanceof Uint8Array ? [keys] : keys;
  return {
    seal: (purpose, subject_id, plain) => sealed(ring[0], purpose, subject_id, plain),
    open: (purpose, subject_id, text) => opened(ring, purpose, subject_id, text),
    refresh() {},
  };
}

function fileSecretBox(files: KeyFiles): SecretBox {
  let ring = files.read();
  const refresh = () => {
    ring = files.read();
  };
  return {
    refresh,
    seal(purpose, subject_id, plain) {
      if (files.haveChanged()) refresh();
      return sealed(ring[0], purpose, subject_id, plain);
    },
    open(purpose, subject_id, text) {
      const key_id = keyIdOf(text);
      if (key_id !== null && !ring.some((key) => keyId(key) === key_id)) refresh();
      return opened(ring, purpose, subject_id, text);
    },
  };
}

/** Name of a key: tells two apart and nothing about them. */
export function keyId(key: Uint8Array): string {
  return createHash('sha256').update('minhchung key name').update(key).digest('hex').slice(0, KEY_ID_CHARS);
}

/** The name of the key a text is sealed with; null where it does not say. */
export function keyIdOf(sealed_text: string): string | null {
  const [version, key_id, body] = sealed_text.split('.');
  return version === VERSION && body !== undefined ? (key_id ?? null) : null;
}

/**
 * AES-256-GCM with a random nonce: `v2.`, the key's name, and base64url of nonce, tag and cipher text. Random nonces
 * are safe for 2^32 seals under one key; passwords of cameras are far from that.
 */
function sealed(key: Uint8Array, purpose: string, subject_id: string, plain: string): string {
  const bytes = Buffer.from(plain);
  if (bytes.length > SECRET_BYTES_MAX) throw new RangeError(`a secret of ${bytes.length} bytes is too long`);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(VERSION, purpose, subject_id));
  const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const body = Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
  return `${VERSION}.${keyId(key)}.${body}`;
}

function opened(ring: KeyRing, purpose: string, subject_id: string, text: string): string {
  const parts = text.split('.');
  const version = parts[0];
  const is_named = version === VERSION && parts.length === 3;
  const is_old = version === VERSION_WITHOUT_KEY && parts.length === 2;
  const keys = is_named ? ring.filter((key) => keyId(key) === parts[1]) : is_old ? ring : [];
  for (const key of keys) {
    try {
      return openedWith(key, Buffer.from(parts.at(-1)!, 'base64url'), boundTo(version!, purpose, subject_id));
    } catch {
      // The cause is left out on purpose: nothing about the secret belongs into a log. Another key may fit.
    }
  }
  throw new CodedError('SECRET_UNREADABLE', { purpose, subject_id });
}

function openedWith(key: Uint8Array, bytes: Buffer, bound: Buffer): string {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bound);
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

/** JSON keeps purpose and subject apart: ("a", "bc") is not ("ab", "c"). */
function boundTo(version: string, purpose: string, subject_id: string): Buffer {
  return Buffer.from(JSON.stringify([version, purpose, subject_id]));
}
