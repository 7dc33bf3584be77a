import { type Bilingual, CodedError, type DeviceAddress, type TimeSource } from '@minhchung/domain';
import { brokenDevice } from '../broken-device.ts';
import { readSoap, type SoapAnswer, type SoapFault } from '../soap/answer.ts';
import type { SoapRequest } from '../soap/envelope.ts';
import type { XmlElement } from '../xml/element.ts';
import { XmlError } from '../xml/xml-error.ts';
import type { Deadline } from './deadline.ts';
import type { HttpPool } from './http-pool.ts';
import { type HttpAnswer, httpPost } from './http-post.ts';

export interface SoapExchangeOptions {
  /** `host:port`, for errors. */
  readonly label: string;
  readonly pool: HttpPool;
  readonly time: TimeSource;
  readonly address: DeviceAddress;
}

/** A successful answer and the instants around its last question. */
export interface TimedContent {
  readonly content: XmlElement;
  readonly sent_at_ms: number;
  readonly received_at_ms: number;
}

/** An answer as it came, read: `denied` is HTTP's own no, with or without a challenge. */
export type Exchanged = HttpAnswer & { readonly soap: SoapAnswer | { readonly kind: 'denied' } };

/** One question and its answer, whatever was said about signing in. */
export class SoapExchange {
  readonly #options: SoapExchangeOptions;

  constructor(options: SoapExchangeOptions) {
    this.#options = options;
  }

  /** Posts an envelope and reads what comes back. Throws `DEVICE_BROKEN` for what is no SOAP. */
  async post(
    url: URL,
    { action, envelope }: SoapRequest,
    authorization: string | null,
    deadline: Deadline,
  ): Promise<Exchanged> {
    const content_type = `application/soap+xml; charset=utf-8; action="${action}"`;
    const headers: Record<string, string> =
      authorization === null
        ? { 'Content-Type': content_type }
        : { 'Content-Type': content_type, Authorization: authorization };
    const { pool, time, address } = this.#options;
    const answer = await httpPost({ url, headers, body: envelope }, { pool, time, deadline, address });
    return { ...answer, soap: this.#read(answer) };
  }

  /** What the answer says. Throws `DEVICE_UNSUPPORTED` and `DEVICE_BROKEN` for faults and other operations' answers. */
  contentOf(soap: SoapAnswer, request: SoapRequest): XmlElement {
    const operation = request.action.slice(request.action.lastIndexOf('/') + 1);
    if (soap.kind === 'fault') throw this.faultError(operation, soap.fault);
    if (soap.content.name === `${operation}Response`) return soap.content;
    const other = soap.content.name.slice(0, 60);
    throw this.broken({
      vi: `nó trả lời ${operation} bằng ${other}`,
      en: `it answers ${operation} with ${other}`,
    });
  }

  broken(reason: Bilingual): CodedError {
    return brokenDevice(this.#options.label, reason);
  }

  faultError(operation: string, { kind, reason }: SoapFault): CodedError {
    if (kind === 'unsupported') {
      return new CodedError('DEVICE_UNSUPPORTED', { address: this.#options.label, feature: operation });
    }
    return this.broken({ vi: `${operation} báo lỗi "${reason}"`, en: `${operation}: ${reason}` });
  }

  #read(answer: HttpAnswer): Exchanged['soap'] {
    const { status } = answer;
    if (status === 401) return { kind: 'denied' };
    if (status >= 300 && status < 400) {
      throw this.broken({
        vi: `nó chuyển hướng đi nơi khác (HTTP ${status})`,
        en: `it redirects elsewhere (HTTP ${status})`,
      });
    }
    try {
      return readSoap(answer.body);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      if (status === 403) return { kind: 'denied' };
      if (status === 404 || status === 405 || status === 501) {
        return { kind: 'fault', fault: { kind: 'unsupported', reason: `HTTP ${status}` } };
      }
      const { vi, en } = error.texts;
      throw this.broken({ vi: `HTTP ${status} với ${vi}`, en: `HTTP ${status} with ${en}` });
    }
  }
}
