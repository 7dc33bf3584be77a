import { find, textAt, type XmlElement } from '../xml/element.ts';
import { readXml } from '../xml/reader.ts';
import { XmlError } from '../xml/xml-error.ts';

/** What a SOAP message turned out to be. */
export type SoapAnswer =
  | { readonly kind: 'answer'; readonly content: XmlElement }
  | { readonly kind: 'fault'; readonly fault: SoapFault };

/**
 * `not_authorized` may only mean that no credentials were sent yet. `time_refused`: the time in the token, which
 * says nothing about the password. `locked`: too many wrong passwords came before, from whomever.
 */
export type FaultKind =
  | 'not_authorized'
  | 'time_refused'
  | 'locked'
  | 'security_not_understood'
  | 'unsupported'
  | 'other';

export interface SoapFault {
  readonly kind: FaultKind;
  /** Codes and reason in one line of printable text, shortened. */
  readonly reason: string;
}

const REASON_LENGTH_MAX = 160;
const NOT_AUTHORIZED =
  /not\s?authori[sz]ed|unauthori[sz]ed|failedauthentication|failedcheck|invalidsecurity|authority failure|password|processing the <?wsse:security/i;
const TIME_REFUSED =
  /time check|messageexpired|message has expired|created.{0,20}(expired|invalid)|time ?stamp/i;
const LOCKED = /\block(ed)?\b|too many (failed |wrong |login )*attempts/i;
const NOT_UNDERSTOOD = /mustunderstand|must be understood|not understood/i;
const UNSUPPORTED =
  /actionnotsupported|notimplemented|not implemented|notsupported|not supported|unknownaction|actionmismatch|method not found/i;

/** Reads a SOAP 1.1 or 1.2 message. Throws `XmlError` for anything else. */
export function readSoap(text: string): SoapAnswer {
  const body = find(envelopeOf(text), 'Body');
  const content = body?.children[0];
  if (content === undefined) throw new XmlError('nothing_in_it');
  return content.name === 'Fault' ? { kind: 'fault', fault: faultOf(content) } : { kind: 'answer', content };
}

function envelopeOf(text: string): XmlElement {
  if (text.trim() === '') throw new XmlError('empty');
  if (/^\s*(<!doctype\s+html|<html)/i.test(text.slice(0, 1_000))) {
    throw new XmlError('web_page');
  }
  const root = readXml(text);
  if (root.name !== 'Envelope') throw new XmlError('no_soap');
  return root;
}

function faultOf(fault: XmlElement): SoapFault {
  const parts = [textAt(fault, 'faultcode'), textAt(fault, 'faultstring'), textAt(fault, 'Reason', 'Text')];
  let code = find(fault, 'Code');
  while (code !== undefined) {
    parts.push(textAt(code, 'Value'));
    code = find(code, 'Subcode');
  }
  parts.push(textAt(fault, 'Detail', 'Text'));
  const reason = printable(parts.filter((part) => part !== null).join(' '));
  return { kind: kindOf(reason), reason };
}

function kindOf(reason: string): FaultKind {
  if (NOT_UNDERSTOOD.test(reason)) return 'security_not_understood';
  if (LOCKED.test(reason)) return 'locked';
  if (TIME_REFUSED.test(reason)) return 'time_refused';
  if (NOT_AUTHORIZED.test(reason)) return 'not_authorized';
  return UNSUPPORTED.test(reason) ? 'unsupported' : 'other';
}

function printable(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, REASON_LENGTH_MAX);
}
