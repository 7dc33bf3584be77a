import { randomUUID } from 'node:crypto';
import { type DigestRequest, digestAuthorization } from './digest-answer.ts';
import type { DigestChallenge } from './digest-challenge.ts';

/**
 * One conversation under digest authentication: keeps the nonce and counts its uses, so that only the first
 * request of a conversation costs a round trip for the challenge.
 */
export class DigestSession {
  #challenge: DigestChallenge | null = null;
  #nonce_count = 0;
  #cnonce = '';

  get is_open(): boolean {
    return this.#challenge !== null;
  }

  /** Takes a new challenge; counting begins anew. */
  open(challenge: DigestChallenge): void {
    this.#challenge = detached(challenge);
    this.#nonce_count = 0;
    this.#cnonce = challenge.is_session ? randomCnonce() : '';
  }

  /** Forgets the challenge: the device speaks another scheme now. */
  reset(): void {
    this.#challenge = null;
  }

  /** The `Authorization` header for the next request, or null while no challenge is known. */
  authorize(request: Omit<DigestRequest, 'nonce_count' | 'cnonce'>): string | null {
    if (this.#challenge === null) return null;
    this.#nonce_count += 1;
    return digestAuthorization(this.#challenge, {
      ...request,
      nonce_count: this.#nonce_count,
      cnonce: this.#challenge.is_session ? this.#cnonce : randomCnonce(),
    });
  }
}

/** A copy that does not keep the headers of the whole answer alive, of which its texts are slices. */
function detached(challenge: DigestChallenge): DigestChallenge {
  const { realm, nonce, opaque, algorithm_token } = challenge;
  const copy = (text: string) => Buffer.from(text, 'utf8').toString('utf8');
  return {
    ...challenge,
    realm: copy(realm),
    nonce: copy(nonce),
    opaque: opaque === null ? null : copy(opaque),
    algorithm_token: algorithm_token === null ? null : copy(algorithm_token),
  };
}

/** Node draws randomness for many of these at once: one for every request costs next to nothing. */
function randomCnonce(): string {
  return randomUUID();
}
