import { escapeXml } from '../xml/escape.ts';
import { composeWithPackage, type PackageCall } from './onvif-package.ts';

/** A request ready to send, but for authentication. */
export interface SoapRequest {
  /** `http://www.onvif.org/…/Operation`: some devices read it from the Content-Type only. */
  readonly action: string;
  readonly envelope: string;
}

const OPERATION = /<s:Body[^>]*><([A-Za-z]+) xmlns="([^"]+)"/;

/** Requests without arguments, which are the same for every device. */
const composed = new Map<string, SoapRequest>();

/** A request whose envelope is composed by npm `onvif`. */
export function packageRequest(...call: PackageCall): SoapRequest {
  const [operation, token] = call;
  const known = token === undefined ? composed.get(operation) : undefined;
  if (known !== undefined) return known;
  const request = toRequest(composeWithPackage(...call));
  if (token === undefined) composed.set(operation, request);
  return request;
}

/** A request for an operation npm `onvif` does not have. Every value in `content` must already be escaped. */
export function ownRequest(operation: string, namespace: string, content: string): SoapRequest {
  return toRequest(
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header></s:Header>' +
      `<s:Body><${operation} xmlns="${namespace}">${content}</${operation}></s:Body></s:Envelope>`,
  );
}

/** The same envelope with a security header in it. */
export function withSecurity(envelope: string, security: string): string {
  return envelope.includes('<s:Header></s:Header>')
    ? envelope.replace('<s:Header></s:Header>', () => `<s:Header>${security}</s:Header>`)
    : envelope.replace('<s:Body', () => `<s:Header>${security}</s:Header><s:Body`);
}

/** `<tag>escaped text</tag>` */
export function element(tag: string, text: string | number): string {
  return `<${tag}>${escapeXml(String(text))}</${tag}>`;
}

function toRequest(envelope: string): SoapRequest {
  const [, operation, namespace] = OPERATION.exec(envelope)!;
  return { action: `${namespace}/${operation}`, envelope };
}
