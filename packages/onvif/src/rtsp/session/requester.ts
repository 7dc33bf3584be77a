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

type Headers = readonly (readonly [string, string])[];

/** Packets that may come before the answer to PLAY does. */
const EARLY_BYTES_MAX = 8 * 1024 * 1024;
const USER_AGENT = ['User-Agent', 'minh-chung'] as const;

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

  /** One request and its answer, authenticated where the recorder asks for it. */
  async ask(method: string, uri: string, headers: Headers, deadline_ms: number): Promise<RtspResponse> {
    let presented = false;
    for (;;) {
      const authorized = this.send(method, uri, headers);
      const response = await this.#answer(this.#cseq, deadline_ms);
      if (response.head.status === 200) return response;
      if (response.head.status !== 401) throw this.#statusError(method, response.head);
      const values = response.head.headers.get('www-authenticate') ?? [];
      const challenge = chooseChallenge(values);
      if (challenge === null) throw new BrokenStream('it asks for the password in a way that would show it');
      if (authorized && (presented || !challenge.is_stale)) this.#refuse();
      if (this.#address.username === null || this.#refused.isRefused(this.#address)) throw this.#refusal();
      presented = authorized;
      this.#digest.open(challenge);
    }
  }

  /** Sends without waiting. True when it went with credentials. */
  send(method: string, uri: string, headers: Headers): boolean {
    const { text, is_authorized } = this.compose(method, uri, headers);
    this.#connection.write(text);
    return is_authorized;
  }

  /** A request as it would be sent now; composing it uses up a CSeq. */
  compose(method: string, uri: string, headers: Headers): { text: string; is_authorized: boolean } {
    const { username, password } = this.#address;
    this.#cseq += 1;
    const authorization =
      username === null
        ? null
        : this.#digest.authorize({ method, uri, body: '', username, password: password ?? '' });
    const signed: Headers = authorization === null ? [] : [['Authorization', authorization]];
    const all: Headers = [['CSeq', String(this.#cseq)], USER_AGENT, ...signed, ...headers];
    return { text: formatRequest(method, uri, all), is_authorized: authorization !== null };
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
    if (status === 453 || status === 503) {
      return new CodedError('SOURCE_UNREACHABLE', { address, reason: `it is busy (RTSP ${status})` });
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
