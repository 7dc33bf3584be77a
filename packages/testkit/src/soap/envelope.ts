import { findXml, readXml, type XmlElement } from './xml-reader.ts';
import { type XmlFragment, xml } from './xml-template.ts';

/** What a client asked: the operation's element and the security header, if any. */
export interface SoapRequest {
  readonly operation: string;
  readonly body: XmlElement;
  readonly security: XmlElement | null;
}

/** A SOAP 1.2 fault with ONVIF's subcodes (Core 5.8.2). */
export class SoapFault extends Error {
  readonly status: number;
  readonly subcodes: readonly string[];

  constructor(subcodes: readonly string[], reason: string, status = 400) {
    super(reason);
    this.name = 'SoapFault';
    this.subcodes = subcodes;
    this.status = status;
  }
}

/** Reads a request. Throws `SoapFault` (`ter:WellFormed`) for what is no SOAP. */
export function readSoapRequest(document: string): SoapRequest {
  try {
    const envelope = readXml(document);
    const body = findXml(envelope, 'Body')?.children[0];
    if (envelope.name !== 'Envelope' || !body) throw new SyntaxError('There is no operation in the body.');
    return { operation: body.name, body, security: findXml(envelope, 'Header', 'Security') };
  } catch (error) {
    throw new SoapFault(['ter:WellFormed'], error instanceof Error ? error.message : 'Not well-formed');
  }
}

/** Wraps an answer. */
export function soapEnvelope(body: XmlFragment): string {
  const envelope = xml`<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
    xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:tds="http://www.onvif.org/ver10/device/wsdl"
    xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:trc="http://www.onvif.org/ver10/recording/wsdl"
    xmlns:tse="http://www.onvif.org/ver10/search/wsdl" xmlns:trp="http://www.onvif.org/ver10/replay/wsdl"
    xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:tns1="http://www.onvif.org/ver10/topics"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ter="http://www.onvif.org/ver10/error"><s:Body>${body}</s:Body></s:Envelope>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${envelope.text}`;
}

/** The body of a fault. */
export function faultBody(fault: SoapFault): XmlFragment {
  const nested = fault.subcodes.reduceRight<XmlFragment | null>(
    (inner, code) => xml`<s:Subcode><s:Value>${code}</s:Value>${inner}</s:Subcode>`,
    null,
  );
  const code = fault.status >= 500 ? 's:Receiver' : 's:Sender';
  return xml`<s:Fault><s:Code><s:Value>${code}</s:Value>${nested}</s:Code>
    <s:Reason><s:Text xml:lang="en">${fault.message}</s:Text></s:Reason></s:Fault>`;
}
