import { randomBytes } from 'node:crypto';
import { CodedError } from '@minhchung/domain';
import { hash, verify } from '@node-rs/argon2';
import { GENERATED_PASSWORD_BYTES, PASSWORD_CHARS_MIN } from '../limits.ts';

/** Argon2id, 19 MiB, 2 passes: the first choice of the OWASP password storage guide. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface Passwords {
  /** Encoded hash of a new password. Throws `PASSWORD_TOO_SHORT`. */
  hash(password: string): Promise<string>;
  /** Compares; with null (no such account) it takes the same time and is always false. */
  matches(password_hash: string | null, password: string): Promise<boolean>;
}

/** Passwords are normalised, so that the same Vietnamese sentence typed on another machine is the same. */
export async function createPasswords(): Promise<Passwords> {
  const nobodys_hash = await hash(randomBytes(GENERATED_PASSWORD_BYTES), COST);
  return {
    async hash(password) {
      const normal = password.normalize('NFC');
      if ([...normal].length < PASSWORD_CHARS_MIN) {
        throw new CodedError('PASSWORD_TOO_SHORT', { chars_min: PASSWORD_CHARS_MIN });
      }
      return hash(normal, COST);
    },
    async matches(password_hash, password) {
      const is_same = await verify(password_hash ?? nobodys_hash, password.normalize('NFC'));
      return is_same && password_hash !== null;
    },
  };
}

/** A password nobody has to invent. */
export function generatePassword(): string {
  return randomBytes(GENERATED_PASSWORD_BYTES).toString('base64url');
}
