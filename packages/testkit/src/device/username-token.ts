import { createHash, timingSafeEqual } from 'node:crypto';
import { TOKEN_NONCE_COUNT_MAX } from '../limits.ts';
import { findXml, type XmlElement, xmlText } from '../soap/xml-reader.ts';
import type { DeviceClock } from '../time/device-clock.ts';
import type { Credentials } from './credentials.ts';
import type { DeviceQuirks } from './quirks.ts';

/** Checks WS-UsernameToken in its digest form (WSS UsernameToken Profile 1.0) against the device's own clock. */
export class UsernameTokenAuthority {
  readonly #credentials: Credentials;
  readonly #clock: DeviceClock;
  readonly #age_ms_max: number;
  readonly #quirks: DeviceQuirks;
  readonly #used_nonces = new Set<string>();

  constructor(credentials: Credentials, clock: DeviceClock, age_ms_max: number, quirks: DeviceQuirks) {
    this.#credentials = credentials;
    this.#clock = clock;
    this.#age_ms_max = age_ms_max;
    this.#quirks = quirks;
  }

  /** Null when the token is good, else the reason of refusal. */
  refusalOf(security: XmlElement): string | null {
    const token = findXml(security, 'UsernameToken');
    const nonce = xmlText(token, 'Nonce') ?? '';
    const created = xmlText(token, 'Created') ?? '';
    const digest = createHash('sha1')
      .update(Buffer.from(nonce, 'base64'))
      .update(created + this.#credentials.password)
      .digest();
    const given = Buffer.from(xmlText(token, 'Password') ?? '', 'base64');
    if (xmlText(token, 'Username') !== this.#credentials.username) return 'unknown user';
    if (given.length !== digest.length || !timingSafeEqual(given, digest)) return 'wrong password';
    const age_ms = this.#clock.now_ms() - Date.parse(created);
    if (this.#quirks.refuses_every_token_time || !(Math.abs(age_ms) <= this.#age_ms_max))
      return 'authorized time check failed';
    if (this.#used_nonces.has(nonce)) return 'nonce used twice';
    this.#remember(nonce);
    return null;
  }

  #remember(nonce: string): void {
    this.#used_nonces.add(nonce);
    if (this.#used_nonces.size > TOKEN_NONCE_COUNT_MAX)
      this.#used_nonces.delete(this.#used_nonces.values().next().value!);
  }
}
