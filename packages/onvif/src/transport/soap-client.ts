import { CodedError, type DeviceAddress, type TimeSource } from '@minhchung/domain';
import { accountKey } from '../auth/account-key.ts';
import { chooseChallenge } from '../auth/digest-challenge.ts';
import type { DigestSession } from '../auth/digest-session.ts';
import type { RefusedCredentials } from '../auth/refused-credentials.ts';
import { type SoapRequest, withSecurity } from '../soap/envelope.ts';
import { usernameToken } from '../soap/username-token.ts';
import type { Deadline } from './deadline.ts';
import type { HttpPool } from './http-pool.ts';
import { type Exchanged, SoapExchange, type TimedContent } from './soap-exchange.ts';

export interface SoapClientOptions {
  readonly address: DeviceAddress;
  /** `host:port`, for errors. */
  readonly label: string;
  readonly pool: HttpPool;
  readonly time: TimeSource;
  readonly refused: RefusedCredentials;
  /** How the device wants to be signed in to, kept beyond the life of this client. */
  readonly memory: AccountMemory;
  /** The device's clock now, for the token's Created; `anew`: read from the device whatever is remembered. */
  readonly deviceNow_ms: (deadline: Deadline, anew: boolean) => Promise<number>;
}

/** What is remembered about signing in. */
export interface AccountMemory {
  readonly digest: DigestSession;
  token_wanted: boolean;
  /** Which account was refused, as `accountKey` writes it. */
  refused_key: string | null;
}

interface Sent {
  readonly digest: boolean;
  readonly token: boolean;
}

/** What one question went through: each remedy is tried once. */
interface Attempts {
  was_renewed: boolean;
  was_timed_anew: boolean;
}

/** One try without credentials, digest, digest renewed, digest with token, token timed anew: nothing needs more. */
const ATTEMPTS_MAX = 5;
const SECURITY_NOT_UNDERSTOOD = {
  vi: 'nó đòi chữ ký WS-Security rồi lại từ chối chữ ký đó; hãy bật xác thực digest trên thiết bị',
  en: 'it asks for a WS-Security header and refuses it; switch digest authentication on in the device',
};
const TIME_REFUSED = {
  vi: 'nó từ chối thời điểm trong chữ ký dù đó là giờ của chính nó; hãy chỉnh giờ thiết bị rồi khởi động lại',
  en: "it refuses the time in the signature though it is its own clock's; set its clock and restart it",
};

/**
 * Asks a device, and authenticates as it demands: HTTP digest where it challenges, a WS-Security token where
 * it answers NotAuthorized in SOAP, both where it wants both. What worked is remembered for the next call. The
 * first refusal of credentials ends everything: they are remembered as refused and never sent again.
 */
export class SoapClient {
  readonly #options: SoapClientOptions;
  readonly #memory: AccountMemory;
  readonly #exchange: SoapExchange;
  #was_accepted: boolean;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: SoapClientOptions) {
    this.#options = options;
    this.#memory = options.memory;
    this.#exchange = new SoapExchange(options);
    // A challenge is remembered from a client that was accepted: an old nonce, not the account, may be refused.
    this.#was_accepted = options.memory.digest.is_open;
  }

  /** A question that carries no credentials. Throws `DEVICE_REFUSED` where the device insists on them. */
  async askOpenly(url: URL, request: SoapRequest, deadline: Deadline): Promise<TimedContent> {
    const answer = await this.#exchange.post(url, request, null, deadline);
    const { soap } = answer;
    if (soap.kind === 'denied' || (soap.kind === 'fault' && WANTS_ACCOUNT.has(soap.fault.kind))) {
      throw this.#refusal();
    }
    return timed(answer, this.#exchange.contentOf(soap, request));
  }

  /** A question with credentials where the device wants them. One at a time, so that one refusal is one. */
  ask(url: URL, request: SoapRequest, deadline: Deadline): Promise<TimedContent> {
    const turn = this.#queue.then(() => this.#ask(url, request, deadline));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #ask(url: URL, request: SoapRequest, deadline: Deadline): Promise<TimedContent> {
    if (deadline.is_over) throw deadline.error();
    const { address } = this.#options;
    if (address.username !== null && this.#isKnownRefused()) throw this.#refusal();
    const attempts: Attempts = { was_renewed: false, was_timed_anew: false };
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const { answer, sent } = await this.#send(url, request, deadline, attempts.was_timed_anew);
      const { soap } = answer;
      if (soap.kind === 'answer' || !this.#isAboutSigningIn(answer, sent)) {
        if (sent.digest || sent.token) this.#was_accepted = true;
        return timed(
          answer,
          this.#exchange.contentOf(soap as Exclude<typeof soap, { kind: 'denied' }>, request),
        );
      }
      if (!this.#mayTryAgain(answer, sent, attempts)) {
        if (address.username !== null && (sent.digest || sent.token)) this.#rememberRefusal();
        throw this.#refusal();
      }
    }
    throw this.#refusal();
  }

  #isAboutSigningIn({ soap }: Exchanged, sent: Sent): boolean {
    if (soap.kind !== 'fault') return soap.kind === 'denied';
    return (
      WANTS_ACCOUNT.has(soap.fault.kind) || (soap.fault.kind === 'security_not_understood' && sent.token)
    );
  }

  /** Changes how the next attempt signs in; false where nothing is left that was not refused. */
  #mayTryAgain(answer: Exchanged, sent: Sent, attempts: Attempts): boolean {
    const { soap } = answer;
    if (soap.kind === 'denied') return this.#answersChallenge(answer, sent, attempts);
    if (soap.kind !== 'fault' || soap.fault.kind === 'locked') return false;
    if (soap.fault.kind === 'security_not_understood') {
      this.#memory.token_wanted = false;
      if (!sent.digest) throw this.#exchange.broken(SECURITY_NOT_UNDERSTOOD);
      return true;
    }
    if (soap.fault.kind === 'time_refused' && sent.token) {
      if (attempts.was_timed_anew) throw this.#exchange.broken(TIME_REFUSED);
      attempts.was_timed_anew = true;
      return true;
    }
    if (sent.token) return false;
    this.#memory.token_wanted = true;
    return true;
  }

  #answersChallenge({ challenges, status }: Exchanged, sent: Sent, attempts: Attempts): boolean {
    const challenge = chooseChallenge(challenges);
    if (challenge === null) {
      // A bare 401 to a request without credentials: what is left is the token. 403 asks for nothing.
      if (sent.digest || sent.token || status === 403) return false;
      this.#memory.token_wanted = true;
      return true;
    }
    if (sent.digest) {
      if (attempts.was_renewed || !(challenge.is_stale || this.#was_accepted)) return false;
      attempts.was_renewed = true;
    }
    this.#memory.digest.open(challenge);
    this.#memory.token_wanted = false;
    return true;
  }

  async #send(
    url: URL,
    request: SoapRequest,
    deadline: Deadline,
    anew: boolean,
  ): Promise<{ answer: Exchanged; sent: Sent }> {
    const { username, password } = this.#options.address;
    const { digest, token_wanted } = this.#memory;
    if ((digest.is_open || token_wanted) && username === null) {
      digest.reset();
      throw this.#refusal();
    }
    const credentials = { username: username ?? '', password: password ?? '' };
    let { envelope } = request;
    if (token_wanted) {
      const created_ms = Math.round(await this.#options.deviceNow_ms(deadline, anew));
      envelope = withSecurity(envelope, usernameToken(credentials, created_ms));
    }
    const uri = `${url.pathname}${url.search}`;
    const authorization = digest.authorize({ method: 'POST', uri, body: envelope, ...credentials });
    const answer = await this.#exchange.post(url, { ...request, envelope }, authorization, deadline);
    return { answer, sent: { digest: authorization !== null, token: token_wanted } };
  }

  #isKnownRefused(): boolean {
    const { address, refused } = this.#options;
    const { refused_key } = this.#memory;
    return refused.isRefused(address) || (refused_key !== null && refused_key === accountKey(address));
  }

  #rememberRefusal(): void {
    const { address, refused } = this.#options;
    refused.remember(address);
    this.#memory.refused_key = accountKey(address);
    this.#memory.digest.reset();
  }

  #refusal(): CodedError {
    return new CodedError('DEVICE_REFUSED', { address: this.#options.label });
  }
}

/** Faults that are about who asks, not about what is asked. */
const WANTS_ACCOUNT: ReadonlySet<string> = new Set(['not_authorized', 'time_refused', 'locked']);

function timed({ sent_at_ms, received_at_ms }: Exchanged, content: TimedContent['content']): TimedContent {
  return { content, sent_at_ms, received_at_ms };
}
