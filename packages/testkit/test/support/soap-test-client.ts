import { createHash, randomBytes } from 'node:crypto';
import type { SimulatedDevice } from '../../src/index.ts';
import { readXml, type XmlElement } from '../../src/soap/xml-reader.ts';
import { escapeXml } from '../../src/soap/xml-template.ts';
import { PASSWORD } from './bench.ts';

export type ServiceName = 'device' | 'media' | 'recording' | 'search' | 'replay';

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** First element in the body. */
  readonly body: XmlElement;
}

/** Makes the security header of a request; by default one that the device accepts. */
export interface TokenOptions {
  readonly password?: string;
  /** Default: the device's own clock. */
  readonly created_ms?: number;
  readonly nonce?: Buffer;
}

/** Posts one operation, given as `<Name …>…</Name>` without namespace. `token: null` sends no security header. */
export async function soap(
  device: SimulatedDevice,
  service: ServiceName,
  operation: string,
  token: TokenOptions | null = {},
  headers: Record<string, string> = {},
): Promise<TestAnswer> {
  const header = token ? `<Header>${securityHeader(device, token)}</Header>` : '';
  const document = `<Envelope>${header}<Body>${operation}</Body></Envelope>`;
  const url = device.device_url.replace('device_service', `${service}_service`);
  const response = await fetch(url, { method: 'POST', body: document, headers });
  const text = await response.text();
  const empty = { name: '', attributes: {}, children: [], text: '' };
  const body = text.startsWith('<?xml') ? readXml(text).children[0]!.children[0]! : empty;
  return { status: response.status, headers: response.headers, text, body };
}

function securityHeader(device: SimulatedDevice, options: TokenOptions): string {
  const nonce = options.nonce ?? randomBytes(16);
  const created = new Date(options.created_ms ?? device.clock.now_ms()).toISOString();
  const digest = createHash('sha1')
    .update(nonce)
    .update(created + (options.password ?? PASSWORD));
  return `<Security><UsernameToken><Username>${escapeXml('admin')}</Username>
    <Password>${digest.digest('base64')}</Password><Nonce>${nonce.toString('base64')}</Nonce>
    <Created>${created}</Created></UsernameToken></Security>`;
}
