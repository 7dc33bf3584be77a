import { DISCOVERY_SCOPES_MAX, DISCOVERY_TEXT_CHARS_MAX } from '../limits.ts';
import { find, findAll, textAt, type XmlElement } from '../xml/element.ts';
import { readXml } from '../xml/reader.ts';
import { XmlError } from '../xml/xml-error.ts';

/** A device that answered, as far as its answer can be believed: whoever is in the network may send one. */
export interface DiscoveredDevice {
  /** Where the answer came from: the only address that is known to be the sender's own. */
  readonly address: string;
  /** Device service at that address, or null where it names none there. */
  readonly device_url: string | null;
  readonly name: string | null;
  readonly hardware: string | null;
  readonly location: string | null;
  readonly scopes: readonly string[];
}

const SCOPE = 'onvif://www.onvif.org/';

/**
 * Devices of one `ProbeMatches` (WS-Discovery 1.0, 5.3; ONVIF core 7.3), or none for anything else: another
 * question's answer, another message, or no XML. Never throws for what was sent.
 */
export function readProbeMatches(datagram: string, message_id: string, sender: string): DiscoveredDevice[] {
  const envelope = read(datagram);
  const relates_to = textAt(find(envelope, 'Header'), 'RelatesTo');
  if (relates_to?.trim() !== message_id) return [];
  return findAll(find(envelope, 'Body', 'ProbeMatches'), 'ProbeMatch').map((match) => {
    const scopes = words(textAt(match, 'Scopes')).slice(0, DISCOVERY_SCOPES_MAX);
    return {
      address: sender,
      device_url: ownAddress(words(textAt(match, 'XAddrs')), sender),
      name: scopeValue(scopes, 'name'),
      hardware: scopeValue(scopes, 'hardware'),
      location: scopeValue(scopes, 'location'),
      scopes,
    };
  });
}

function read(datagram: string): XmlElement | undefined {
  try {
    return readXml(datagram);
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

/** An address is taken only where it is the sender's own: nobody may point us at somebody else. */
function ownAddress(addresses: readonly string[], sender: string): string | null {
  for (const text of addresses) {
    const url = URL.parse(text);
    if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.hash !== '') continue;
    if (url.hostname.replace(/^\[|\]$/g, '') === sender) return url.href;
  }
  return null;
}

function words(text: string | null): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '' && word.length <= DISCOVERY_TEXT_CHARS_MAX);
}

function scopeValue(scopes: readonly string[], kind: string): string | null {
  const scope = scopes.find((one) => one.toLowerCase().startsWith(`${SCOPE}${kind}/`));
  if (scope === undefined) return null;
  const value = scope.slice(SCOPE.length + kind.length + 1);
  try {
    return decodeURIComponent(value).replace(/\p{Cc}/gu, '');
  } catch {
    return value;
  }
}
