/**
 * Runs in a network of its own: answers discovery on loopback like two honest devices and several hostile ones, asks,
 * and prints what was found as JSON.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { discoverDevices } from '../../src/index.ts';

const HOST = '127.0.0.1';
const GROUP = '239.255.255.250';

const answer = (relates_to: string, xaddrs: string, scopes: string) =>
  `<Envelope><Header><RelatesTo>${relates_to}</RelatesTo></Header><Body><ProbeMatches><ProbeMatch>` +
  `<Scopes>${scopes}</Scopes><XAddrs>${xaddrs}</XAddrs></ProbeMatch></ProbeMatches></Body></Envelope>`;

const responder = createSocket({ type: 'udp4', reuseAddr: true });
responder.bind(3702, GROUP);
await once(responder, 'listening');
responder.addMembership(GROUP, HOST);
responder.on('message', (datagram, from) => {
  const id = /MessageID>([^<]+)</.exec(datagram.toString())?.[1] ?? '';
  const scopes = 'onvif://www.onvif.org/name/C%E1%BB%95ng onvif://www.onvif.org/hardware/IPC-1';
  const answers = [
    answer(id, `http://10.9.9.9/x http://${HOST}:8000/onvif/device_service`, scopes),
    answer(id, `http://${HOST}:8001/onvif/device_service`, scopes),
    answer('urn:uuid:somebody-elses', `http://${HOST}:8002/x`, scopes),
    answer(id, 'http://169.254.169.254/latest', ''),
    answer(id, `http://${HOST}:8003/${'x'.repeat(20_000)}`, scopes),
    '<!DOCTYPE x [<!ENTITY a "b">]><Envelope>&a;</Envelope>',
    'no XML \u0000',
  ];
  const sender = createSocket('udp4');
  sender.bind(0, HOST, () => {
    let left = answers.length;
    for (const text of answers) {
      sender.send(text, from.port, from.address, () => {
        left -= 1;
        if (left === 0) sender.close();
      });
    }
  });
});

const allowed_networks = process.argv[2] === 'elsewhere' ? ['10.0.0.0/8'] : ['127.0.0.0/8'];
const found = await discoverDevices(
  { interface_address: HOST, allowed_networks, wait_ms: 600 },
  new AbortController().signal,
);
process.stdout.write(JSON.stringify(found));
responder.close();
