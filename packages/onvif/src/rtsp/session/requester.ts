import { CodedError, type DeviceAddress } from '@minhchung/domain';
import { chooseChallenge } from '../../auth/digest-challenge.ts';
import { DigestSession } from '../../auth/digest-session.ts';
import type { RefusedCredentials } from '../../auth/refused-credentials.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { WireItem } from '../wire/demuxer.ts';
import { formatRequest, type RtspResponseHead } from '../wire/message.ts';
import type { RtspConnection } from './connection.ts';

export interface RtspResponse {
  readonly head: RtspResponseHead;
  readonly body: Uint8Array;
}

export type RequestHeaders = readonly (readonly [string, string])[];

/** Answers of servers that know PLAY and stumble over a header of it. */
export const REFUSES_A_HEADER: readonly number[] = [400, 451, 456, 551];

/** Packets that may come before the answer to PLAY does. */
const EARLY_BYTES_MAX = 8 * 1024 * 1024;
const USER_AGENT = ['User-Agent', 'minh-chung'] as const;

/** It serves as many sessions as it can: asked again a little later, it may have room. */
export class BusyRecorder extends CodedError {
  constructor(address: string, status: number) {
    super('SOURCE_UNREACHABLE', { address, reason: `it is busy (RTSP ${status})` });
  }
}

/**
 * Asks over one connection: counts CSeq, answers digest challenges with the nonce kept, and tries credentials
 * once. Throws `SOURCE_REFUSED` for refused ones, and codes of the port for answers other than 200.
 */
export class RtspRequester {
  readonly #connection: RtspConnection;
  readonly #address: DeviceAddress;
  readonly #label: string;
  readonly #refused: RefusedCredentials;
  readonly #digest = new DigestSession();
  /** The recorder wants the password itself, over a connection that is encrypted. */
  #is_basic = false;
  #cseq = 0;
  #early_bytes = 0;
  /** Packets that arrived while an answer was awaited, in order; the player reads them first. */
  readonly early: WireItem[] = [];

  constructor(
    connection: RtspConnection,
    address: DeviceAddress,
    options: { readonly refused: RefusedCredentials; readonly label: string },
  ) {
    this.#connection = connection;
    this.#address = address;
    this.#label = options.label;
    this.#refused = options.refused;
  }

  /** One request and its answer, authenticated where the recorder asks for it. Answers of `accepted` are no error. */
  async ask(
    method: string,
    uri: string,
    headers: RequestHeaders,
    deadline_ms: number,
    accepted: readonly number[] = [],
  ): Promise<RtspResponse> {
    let presented = false;
    for (;;) {
      const authorized = this.send(method, uri, headers);
      const response = await this.#answer(this.#cseq, deadline_ms);
      if (response.head.status === 200 || accepted.includes(response.head.status)) return response;
      if (response.head.status !== 401) throw this.#statusError(method, response.head);
      const values = response.head.headers.get('www-authenticate') ?? [];
      const challenge = chooseChallenge(values);
      const is_basic = challenge === null && this.#connection.is_encrypted && offersBasic(values);
      if (challenge === null && !is_basic) throw new BrokenStream(unanswerable(values));
      if (authorized && (presented || !challenge?.is_stale)) this.#refuse();
      if (this.#address.username === null || this.#refused.isRefused(this.#address)) throw this.#refusal();
      presented = authorized;
      this.#is_basic = is_basic;
      if (challenge !== null) this.#digest.open(challenge);
    }
  }

  /** Sends without waiting. True when it went with credentials. */
  send(method: string, uri: string, headers: RequestHeaders): boolean {
    const { text, is_authorized } = this.compose(method, uri, headers);
    this.#connection.write(text);
    return is_authorized;
  }

  /** A request as it would be sent now; composing it uses up a CSeq. */
  compose(method: string, uri: string, headers: RequestHeaders): { text: string; is_authorized: boolean } {
    const { username, password } = this.#address;
    this.#cseq += 1;
    const account = username === null ? null : { username, password: password ?? '' };
    const authorization = account === null ? null : this.#authorization(method, uri, account);
    const signed: RequestHeaders = authorization === null ? [] : [['Authorization', authorization]];
    const all: RequestHeaders = [['CSeq', String(this.#cseq)], USER_AGENT, ...signed, ...headers];
    return { text: formatRequest(method, uri, all), is_authorized: authorization !== null };
  }

  #authorization(
    method: string,
    uri: string,
    account: { username: string; password: string },
  ): string | null {
    if (!this.#is_basic) return this.#digest.authorize({ method, uri, body: '', ...account });
    return `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`;
  }

  /** Takes note of what an answer to a request sent without waiting demands: a new nonce for the next one. */
  notice(head: RtspResponseHead): void {
    const challenge =
      head.status === 401 ? chooseChallenge(head.headers.get('www-authenticate') ?? []) : null;
    if (challenge?.is_stale) this.#digest.open(challenge);
  }

  async #answer(cseq: number, deadline_ms: number): Promise<RtspResponse> {
    const until_ms = performance.now() + deadline_ms;
    for (;;) {
      const item = await this.#connection.read(until_ms - performance.now());
      if (item === null) throw new BrokenStream('it closed the connection without an answer');
      if (item.kind === 'message' && item.head.type === 'response') {
        const answers = item.head.headers.get('cseq')?.[0];
        if (answers === undefined || Number(answers) === cseq) return { head: item.head, body: item.body };
      } else if (item.kind === 'interleaved') {
        this.early.push(item);
        this.#early_bytes += item.payload.length;
        if (this.#early_bytes > EARLY_BYTES_MAX) throw new BrokenStream('it sends pictures and no answer');
      }
    }
  }

  #statusError(method: string, head: RtspResponseHead): Error {
    const { status, reason } = head;
    const address = this.#label;
    if (status === 403) return this.#refusal();
    if (status === 453 || status === 503) return new BusyRecorder(address, status);
    if (status >= 300 && status < 400) {
      return new BrokenStream(`it points to another address (RTSP ${status}), which is not followed`);
    }
    if (status === 551) return new BrokenStream('it does not offer ONVIF replay (RTSP 551)');
    return new BrokenStream(`${method} is answered with RTSP ${status} ${reason}`);
  }

  #refuse(): never {
    this.#refused.remember(this.#address);
    throw this.#refusal();
  }

  #refusal(): CodedError {
    return new CodedError('SOURCE_REFUSED', { address: this.#label });
  }
}

function offersBasic(challenges: readonly string[]): boolean {
  return challenges.some((value) => /(?:^|,)[ \t]*Basic(?=[ \t]|,|$)/i.test(value));
}

function unanswerable(challenges: readonly string[]): string {
  if (offersBasic(challenges)) return 'it asks for the password in a way that would show it';
  return 'it asks for a way to sign in that is not known here';
}
