import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import {
  addressNotAllowed,
  type Cidr,
  type DeviceAddress,
  isDevicePort,
  mayConnect,
  parseCidr,
} from '@minhchung/domain';
import { GUARDED_NETWORKS_MAX } from '../limits.ts';

/**
 * Stands before every connection to a device, HTTP and RTSP alike. What is connected to is the very address that
 * was looked at: names are resolved once, by the connection itself, through the `lookup` handed out here.
 */
export interface ConnectGuard {
  /**
   * How to connect to the host of `url` on behalf of a device. Throws `ADDRESS_NOT_ALLOWED` for a host other than
   * the device's own, for ports of other services and for refused IP literals; names are judged by `lookup`.
   */
  admit(url: URL, address: DeviceAddress): Admission;
}

export interface Admission {
  /** Fails with `ADDRESS_NOT_ALLOWED` where a name stands for no address that is allowed. */
  readonly lookup: LookupFunction;
  /** Connections may be shared where this is the same. */
  readonly key: string;
}

export interface ConnectGuardOptions {
  /** Where devices may be at all (CIDR texts); a device's own `network_cidrs` only narrow it. */
  readonly allowed_networks: readonly string[];
  /** Resolves names; the system's resolver by default. */
  readonly lookup?: typeof systemLookup;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'rtsp:': 554,
  'rtsps:': 322,
};

/** A guard for one deployment. CIDR texts that cannot be read open nothing. */
export function createConnectGuard(options: ConnectGuardOptions): ConnectGuard {
  const everywhere = readCidrs(options.allowed_networks);
  const resolve = options.lookup ?? systemLookup;
  const networks = new Map<string, readonly Cidr[]>();

  function cidrsOf(texts: readonly string[], key: string): readonly Cidr[] {
    const known = networks.get(key);
    if (known !== undefined) return known;
    if (networks.size >= GUARDED_NETWORKS_MAX) networks.clear();
    const cidrs = readCidrs(texts);
    networks.set(key, cidrs);
    return cidrs;
  }

  return {
    admit(url, address) {
      const host = bareHost(url);
      if (host !== bareHost(new URL(address.device_url))) throw addressNotAllowed(url.host, 'other_host');
      const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port);
      if (port === undefined || !isDevicePort(port)) throw addressNotAllowed(url.host, 'port');
      const texts = address.network_cidrs ?? [];
      const key = texts.join(' ');
      const lists = texts.length === 0 ? [everywhere] : [everywhere, cidrsOf(texts, key)];
      const refusalOf = (ip: string) =>
        lists.map((list) => mayConnect(ip, list)).find((verdict) => !verdict.allow) ?? null;
      if (isIP(host) !== 0) {
        const verdict = refusalOf(host);
        if (verdict !== null && !verdict.allow) throw addressNotAllowed(url.host, verdict.refusal);
      }
      return { key, lookup: guardedLookup(resolve, url.host, refusalOf) };
    },
  };
}

type Refusing = (ip: string) => ReturnType<typeof mayConnect> | null;

/** Resolves a name, drops the addresses that are refused, and fails where none is left. */
function guardedLookup(resolve: typeof systemLookup, label: string, refusalOf: Refusing): LookupFunction {
  return (hostname, { family, hints, all }, callback) => {
    resolve(hostname, { family, hints, all: true }, (error, found) => {
      if (error !== null) return callback(error, '', 0);
      const allowed = found.filter((one) => refusalOf(one.address) === null);
      const [first] = allowed;
      if (first === undefined) {
        const verdict = refusalOf(found[0]?.address ?? '');
        const refusal = verdict === null || verdict.allow ? 'no_address' : verdict.refusal;
        return callback(addressNotAllowed(label, refusal), '', 0);
      }
      if (all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function readCidrs(texts: readonly string[]): readonly Cidr[] {
  return texts.map(parseCidr).filter((cidr) => cidr !== null);
}

/** RTSP addresses keep capitals and brackets in their host as they were written. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
}
