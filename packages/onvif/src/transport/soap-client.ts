import { CodedError, type DeviceAddress, type TimeSource } from '@minhchung/domain';
import { accountKey } from '../auth/account-key.ts';
import { chooseChallenge } from '../auth/digest-challenge.ts';
import type { DigestSession } from '../auth/digest-session.ts';
import type { RefusedCredentials } from '../auth/refused-credentials.ts';
import { readSoap, type SoapAnswer } from '../soap/answer.ts';
import { type SoapRequest, withSecurity } from '../soap/envelope.ts';
import { usernameToken } from '../soap/username-token.ts';
import type { XmlElement } from '../xml/element.ts';
import { XmlError } from '../xml/xml-error.ts';
import type { Deadline } from './deadline.ts';
import type { HttpPool } from './http-pool.ts';
import { type HttpAnswer, httpPost } from './http-post.ts';

export interface SoapClientOptions {
  readonly address: DeviceAddress;
  /** `host:port`, for errors. */
  readonly label: string;
  readonly pool: HttpPool;
  readonly time: TimeSource;
  readonly refused: RefusedCredentials;
  /** How the device wants to be signed in to, kept beyond the life of this client. */
  readonly memory: AccountMemory;
  /** The device's clock now, for the token's Created; read anew from the device when it is old. */
  readonly deviceNow_ms: (deadline: Deadline) => Promise<number>;
}

/** What is remembered about signing in. */
export interface AccountMemory {
  readonly digest: DigestSession;
  token_wanted: boolean;
  /** Which account was refused, as `accountKey` writes it. */
  refused_key: string | null;
}

/** A successful answer and the instants around its last question. */
export interface TimedContent {
  readonly content: XmlElement;
  readonly sent_at_ms: number;
  readonly received_at_ms: number;
}

interface Sent {
  readonly digest: boolean;
  readonly token: boolean;
}

/** One try without credentials, digest, digest renewed, digest with token: nothing needs more. */
const ATTEMPTS_MAX = 4;

/**
 * Asks a device, and authenticates as it demands: HTTP digest where it challenges, a WS-Security token where
 * it answers NotAuthorized in SOAP, both where it wants both. What worked is remembered for the next call. The
 * first refusal of credentials ends everything: they are remembered as refused and never sent again.
 */
export class SoapClient {
  readonly #options: SoapClientOptions;
  readonly #memory: AccountMemory;
  readonly #digest: DigestSession;
  #was_accepted: boolean;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: SoapClientOptions) {
    this.#options = options;
    this.#memory = options.memory;
    this.#digest = options.memory.digest;
    // A challenge is remembered from a client that was accepted: an old nonce, not the account, may be refused.
    this.#was_accepted = this.#digest.is_open;
  }

  /** A question that carries no credentials. Throws `DEVICE_REFUSED` where the device insists on them. */
  async askOpenly(url: URL, request: SoapRequest, deadline: Deadline): Promise<TimedContent> {
    const answer = await this.#post(url, request.envelope, request.action, deadline, null);
    const soap = this.#isUnauthorized(answer) ? null : this.#read(answer);
    if (soap === null || (soap.kind === 'fault' && soap.fault.kind === 'not_authorized'))
      throw this.#refusal();
    return { ...answer, content: this.#contentOf(soap, request) };
  }

  /** A question with credentials where the device wants them. One at a time, so that one refusal is one. */
  ask(url: URL, request: SoapRequest, deadline: Deadline): Promise<TimedContent> {
    const turn = this.#queue.then(() => this.#ask(url, request, deadline));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #ask(url: URL, request: SoapRequest, deadline: Deadline): Promise<TimedContent> {
    if (deadline.signal.aborted) throw deadline.error();
    const { address } = this.#options;
    if (address.username !== null && this.#isKnownRefused()) throw this.#refusal();
    let may_renew = true;
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const { answer, sent } = await this.#send(url, request, deadline);
      if (this.#isUnauthorized(answer)) {
        const challenge = chooseChallenge(answer.challenges);
        const is_renewal = sent.digest && challenge !== null && (challenge.is_stale || this.#was_accepted);
        if (challenge !== null && (!sent.digest || (is_renewal && may_renew))) {
          if (sent.digest) may_renew = false;
          this.#digest.open(challenge);
          this.#memory.token_wanted = false;
          continue;
        }
        if (challenge === null && !sent.token && !sent.digest) {
          this.#memory.token_wanted = true;
          continue;
        }
        break;
      }
      const soap = this.#read(answer);
      if (soap.kind === 'fault' && soap.fault.kind === 'not_authorized') {
        if (sent.token) break;
        this.#memory.token_wanted = true;
        continue;
      }
      if (soap.kind === 'fault' && soap.fault.kind === 'security_not_understood' && sent.token) {
        this.#memory.token_wanted = false;
        if (!sent.digest)
          throw this.#broken(`it asks for a security header and refuses it: ${soap.fault.reason}`);
        continue;
      }
      if (sent.digest || sent.token) this.#was_accepted = true;
      return { ...answer, content: this.#contentOf(soap, request) };
    }
    if (address.username !== null) this.#rememberRefusal();
    throw this.#refusal();
  }

  async #send(
    url: URL,
    request: SoapRequest,
    deadline: Deadline,
  ): Promise<{ answer: HttpAnswer; sent: Sent }> {
    const { username, password } = this.#options.address;
    const wants_credentials = this.#digest.is_open || this.#memory.token_wanted;
    if (wants_credentials && username === null) throw this.#refusal();
    const credentials = { username: username ?? '', password: password ?? '' };
    const envelope = this.#memory.token_wanted
      ? withSecurity(
          request.envelope,
          usernameToken(credentials, Math.round(await this.#options.deviceNow_ms(deadline))),
        )
      : request.envelope;
    const uri = `${url.pathname}${url.search}`;
    const authorization = this.#digest.authorize({ method: 'POST', uri, ...credentials });
    const sent = { digest: authorization !== null, token: this.#memory.token_wanted };
    return { answer: await this.#post(url, envelope, request.action, deadline, authorization), sent };
  }

  #post(url: URL, body: string, action: string, deadline: Deadline, authorization: string | null) {
    const headers: Record<string, string> = {
      'Content-Type': `application/soap+xml; charset=utf-8; action="${action}"`,
      ...(authorization === null ? {} : { Authorization: authorization }),
    };
    const { pool, time } = this.#options;
    return httpPost({ url, headers, body }, { pool, time, deadline });
  }

  #isUnauthorized(answer: HttpAnswer): boolean {
    return answer.status === 401;
  }

  #read(answer: HttpAnswer): SoapAnswer {
    const { status } = answer;
    if (status >= 300 && status < 400) throw this.#broken(`it redirects elsewhere (HTTP ${status})`);
    try {
      return readSoap(answer.body);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      if (status === 404 || status === 405 || status === 501) {
        return { kind: 'fault', fault: { kind: 'unsupported', reason: `HTTP ${status}` } };
      }
      throw this.#broken(`HTTP ${status} with ${error.message}`);
    }
  }

  #contentOf(soap: SoapAnswer, request: SoapRequest): XmlElement {
    const operation = request.action.slice(request.action.lastIndexOf('/') + 1);
    if (soap.kind === 'answer') {
      if (soap.content.name === `${operation}Response`) return soap.content;
      throw this.#broken(`it answers ${operation} with ${soap.content.name.slice(0, 60)}`);
    }
    if (soap.fault.kind === 'unsupported') {
      throw new CodedError('DEVICE_UNSUPPORTED', { address: this.#options.label, feature: operation });
    }
    throw this.#broken(`${operation}: ${soap.fault.reason}`);
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
    this.#digest.reset();
  }

  #broken(reason: string): CodedError {
    return new CodedError('DEVICE_BROKEN', { address: this.#options.label, reason });
  }

  #refusal(): CodedError {
    return new CodedError('DEVICE_REFUSED', { address: this.#options.label });
  }
}
