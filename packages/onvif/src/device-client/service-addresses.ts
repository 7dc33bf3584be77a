import { find, findAll, textAt, type XmlElement } from '../xml/element.ts';
import { sharedValues } from './shared-values.ts';

/** The services this product uses. */
export type ServiceName = 'media' | 'media2' | 'recording' | 'search' | 'replay';

/**
 * Where the services of a device are: the path where it is reached at the origin of the device service, else the
 * whole address. Devices of one make have the same paths, and so share this object.
 */
export type ServiceAddresses = Readonly<Partial<Record<ServiceName, string>>>;

type Found = Partial<Record<ServiceName, string>>;

const share = sharedValues<Found>();

const NAMESPACES: Readonly<Record<string, ServiceName>> = {
  'http://www.onvif.org/ver10/media/wsdl': 'media',
  'http://www.onvif.org/ver20/media/wsdl': 'media2',
  'http://www.onvif.org/ver10/recording/wsdl': 'recording',
  'http://www.onvif.org/ver10/search/wsdl': 'search',
  'http://www.onvif.org/ver10/replay/wsdl': 'replay',
};
const CAPABILITIES: readonly (readonly [ServiceName, readonly string[]])[] = [
  ['media', ['Media']],
  ['recording', ['Extension', 'Recording']],
  ['search', ['Extension', 'Search']],
  ['replay', ['Extension', 'Replay']],
];

/** Addresses out of a `GetServicesResponse`, each reached where the device itself was reached. */
export function fromServices(response: XmlElement, device_url: URL): ServiceAddresses {
  const found: Found = {};
  for (const service of findAll(response, 'Service')) {
    const name = NAMESPACES[plainNamespace(textAt(service, 'Namespace') ?? '')];
    if (name !== undefined) addAddress(found, name, textAt(service, 'XAddr'), device_url);
  }
  return share(found);
}

/** Addresses out of a `GetCapabilitiesResponse`, for devices older than GetServices. */
export function fromCapabilities(response: XmlElement, device_url: URL): ServiceAddresses {
  const found: Found = {};
  for (const [name, path] of CAPABILITIES) {
    addAddress(found, name, textAt(find(response, 'Capabilities', ...path), 'XAddr'), device_url);
  }
  return share(found);
}

/**
 * The address of a service as we can reach it. Where the device names another host than the one it was reached
 * at (its address behind the router, 127.0.0.1, or somebody else's machine), the whole origin we were given is
 * used and only the path is the device's. Null for what is no HTTP address.
 */
export function reachableServiceUrl(stated: string, device_url: URL): URL | null {
  const url = URL.parse(stated.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const same_host = url.hostname === device_url.hostname;
  const reachable = new URL(`${url.pathname}${url.search}`, same_host ? url.origin : device_url.origin);
  return reachable;
}

/**
 * The address of a replay stream as we can reach it: the host we were given, the port and path the device
 * names, no user information. Null for what is no `rtsp:` or `rtsps:` address.
 */
export function reachableStreamUrl(stated: string, device_url: URL): string | null {
  const match =
    /^(rtsps?):\/\/(?:[^/?#@]*@)?(\[[0-9a-fA-F:.]+\]|[^/?#:@\s]+)(?::(\d{1,5}))?([/?][^\s]*)?$/i.exec(
      stated.trim(),
    );
  if (match === null) return null;
  const [, scheme, , port, rest = '/'] = match;
  return `${scheme!.toLowerCase()}://${device_url.hostname}${port === undefined ? '' : `:${port}`}${rest}`;
}

/** Some devices name the file beside the namespace: `…/ver10/media/wsdl/media.wsdl`, `…/ver10/recording.wsdl`. */
function plainNamespace(stated: string): string {
  return stated
    .replace(/\/$/, '')
    .replace(/\/wsdl\/\w+\.wsdl$/, '/wsdl')
    .replace(/\/(\w+)\.wsdl$/, '/$1/wsdl');
}

function addAddress(found: Found, name: ServiceName, stated: string | null, device_url: URL): void {
  const url = stated === null ? null : reachableServiceUrl(stated, device_url);
  if (url === null || found[name] !== undefined) return;
  found[name] = url.origin === device_url.origin ? `${url.pathname}${url.search}` : url.href;
}
