import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { mayConnect, parseCidr } from '@minhchung/domain';
import {
  DISCOVERY_ANSWER_BYTES_MAX,
  DISCOVERY_ANSWERS_MAX,
  DISCOVERY_DEVICES_MAX,
  DISCOVERY_REPEATS,
  DISCOVERY_WAIT_MS,
} from '../limits.ts';
import { type DiscoveredDevice, readProbeMatches } from './probe-matches.ts';

/** Where ONVIF devices listen (WS-Discovery 1.0, 2.4). */
const GROUP = '239.255.255.250';
const PORT = 3_702;

export interface DiscoveryOptions {
  /** IPv4 address of the interface to ask on. */
  readonly interface_address: string;
  /** Answers from elsewhere are dropped (CIDR texts). */
  readonly allowed_networks: readonly string[];
  /** Default `DISCOVERY_WAIT_MS`. */
  readonly wait_ms?: number;
}

/**
 * Asks once, by multicast on one interface, which ONVIF devices are there, and waits for answers. Each device
 * once, in order of address. Bounded in time, number and size of answers, whatever is sent. Throws what the system
 * says where the interface cannot be used.
 */
export async function discoverDevices(
  options: DiscoveryOptions,
  signal: AbortSignal,
): Promise<DiscoveredDevice[]> {
  const allowed = options.allowed_networks.map(parseCidr).filter((cidr) => cidr !== null);
  const message_id = `urn:uuid:${randomUUID()}`;
  const found = new Map<string, DiscoveredDevice>();
  let answers = 0;
  const socket = createSocket('udp4');
  const { promise: failed, reject } = Promise.withResolvers<never>();
  socket.on('error', reject);
  socket.on('message', (datagram, { address }) => {
    answers += 1;
    if (answers > DISCOVERY_ANSWERS_MAX || datagram.length > DISCOVERY_ANSWER_BYTES_MAX) return;
    if (!mayConnect(address, allowed).allow) return;
    for (const device of readProbeMatches(datagram.toString('utf8'), message_id, address)) {
      const key = `${device.address} ${device.device_url ?? ''}`;
      if (found.has(key) || found.size < DISCOVERY_DEVICES_MAX) found.set(key, device);
    }
  });
  try {
    await Promise.race([ask(socket, options, message_id, signal), failed]);
  } finally {
    socket.close();
  }
  return [...found.values()].sort((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }));
}

async function ask(
  socket: ReturnType<typeof createSocket>,
  { interface_address, wait_ms = DISCOVERY_WAIT_MS }: DiscoveryOptions,
  message_id: string,
  signal: AbortSignal,
): Promise<void> {
  await new Promise<void>((resolve) => socket.bind(0, interface_address, resolve));
  socket.setMulticastInterface(interface_address);
  // Not beyond this network.
  socket.setMulticastTTL(1);
  const question = probeMessage(message_id);
  // UDP loses datagrams; the answers to a repeated question are the same ones.
  for (let n = 0; n < DISCOVERY_REPEATS; n += 1) {
    socket.send(question, PORT, GROUP);
    await sleep(wait_ms / DISCOVERY_REPEATS, null, { signal });
  }
}

function probeMessage(message_id: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">
<e:Header><w:MessageID>${message_id}</w:MessageID><w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To><w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>
<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>`;
}
