import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { CodedError } from '@minhchung/domain';
import { readOrCreateKey } from './key-file.ts';
import { SECRET_BYTES_MAX } from './limits.ts';

/** Seals and opens small secrets (device passwords) with a key that lies outside the database. */
export interface SecretBox {
  /** Versioned sealed text, bound to `purpose` and `subject_id`: it opens for no other. */
  seal(purpose: string, subject_id: string, plain: string): string;
  /** Throws `SECRET_UNREADABLE` when the text was changed, moved to another subject or sealed by another key. */
  open(purpose: string, subject_id: string, sealed: string): string;
}

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Opens the box of a deployment; its key file is made at first use. Throws `KEY_FILE_EXPOSED`,
 * `KEY_FILE_BROKEN`.
 */
export async function openSecretBox(key_path: string): Promise<SecretBox> {
  return secretBox(await readOrCreateKey(key_path));
}

/**
 * AES-256-GCM with a random nonce. A sealed text is `v1.` and base64url of nonce, tag and cipher text. Random
 * nonces are safe for 2^32 seals under one key; passwords of cameras are far from that.
 */
export function secretBox(key: Uint8Array): SecretBox {
  return {
    seal(purpose, subject_id, plain) {
      const bytes = Buffer.from(plain);
      if (bytes.length > SECRET_BYTES_MAX)
        throw new RangeError(`a secret of ${bytes.length} bytes is too long`);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(purpose, subject_id));
      const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
      return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
    },

    open(purpose, subject_id, sealed) {
      try {
        const [version, body, ...rest] = sealed.split('.');
        if (version !== VERSION || body === undefined || rest.length > 0) throw new Error('unknown version');
        const bytes = Buffer.from(body, 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(boundTo(purpose, subject_id));
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return (
          decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        );
      } catch {
        // The cause is left out on purpose: nothing about the secret belongs into a log.
        throw new CodedError('SECRET_UNREADABLE', { purpose, subject_id });
      }
    },
  };
}

/** JSON keeps purpose and subject apart: ("a", "bc") is not ("ab", "c"). */
function boundTo(purpose: string, subject_id: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, purpose, subject_id]));
}
