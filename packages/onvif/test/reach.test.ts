import type { LookupAddress, lookup as systemLookup } from 'node:dns';
import { createServer as createTcpServer } from 'node:net';
import { type SimulatedDevice, startDevice } from '@minhchung/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createConnectGuard,
  createDeviceClient,
  createHttpPool,
  createRefusedCredentials,
  createReplayClient,
  createStillFetcher,
} from '../src/index.ts';

const SIGNAL = new AbortController().signal;
const ORDINARY = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];
const time = { now_ms: () => Date.now() };
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function simulated(): Promise<SimulatedDevice> {
  const device = await startDevice({ channels: [], password: 'bí-mật' });
  closers.push(() => device.close());
  return device;
}

/** A resolver that answers in turn with these lists; the last one for ever. */
function resolver(...answers: string[][]) {
  let asked = 0;
  const lookup = (
    _name: string,
    _options: object,
    callback: (error: null, found: LookupAddress[]) => void,
  ) => {
    const list = answers[Math.min(asked, answers.length - 1)]!;
    asked += 1;
    callback(
      null,
      list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return lookup as unknown as typeof systemLookup;
}

function client(device_url: string, options: Parameters<typeof createConnectGuard>[0], cidrs?: string[]) {
  const pool = createHttpPool({ guard: createConnectGuard(options) });
  closers.push(() => pool.close());
  const address = { device_url, username: 'admin', password: 'bí-mật', network_cidrs: cidrs };
  return createDeviceClient({ address, time, pool });
}

describe('what a device address may reach, over HTTP', () => {
  it.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://127.1',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[64:ff9b::127.0.0.1]',
    'http://[2002:7f00:1::]',
    'http://169.254.169.254',
    'http://[fd00:ec2::254]',
    'http://0.0.0.0',
    'http://8.8.8.8',
  ])('refuses %s before a connection is tried', async (origin) => {
    const device = await simulated();
    const url = `${origin}:${device.http_port}/onvif/device_service`;
    const asked = client(url, { allowed_networks: ORDINARY }).readClock(SIGNAL);
    await expect(asked).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    expect(device.http_request_count).toBe(0);
  });

  it('reaches loopback where a block names it, as the demonstration does', async () => {
    const device = await simulated();
    const own = client(device.device_url, { allowed_networks: ['127.0.0.0/8'] });
    await expect(own.readClock(SIGNAL)).resolves.toMatchObject({ resolution_ms: 1000 });
  });

  it('refuses a name that resolves to this server', async () => {
    const device = await simulated();
    const url = `http://camera.example:${device.http_port}/onvif/device_service`;
    const lookup = resolver(['127.0.0.1']);
    const asked = client(url, { allowed_networks: ORDINARY, lookup }).readClock(SIGNAL);
    await expect(asked).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    expect(device.http_request_count).toBe(0);
  });

  it('refuses a name whose answer changes after it was checked', async () => {
    const device = await simulated();
    const url = `http://camera.example:${device.http_port}/onvif/device_service`;
    // Whatever a first look would have said, the connection goes by the answer it is made with.
    const lookup = resolver(['127.0.0.1'], ['169.254.169.254']);
    const own = client(url, { allowed_networks: ['127.0.0.0/8'], lookup });
    await own.readClock(SIGNAL);
    await device.goOffline();
    await device.goOnline();
    await expect(own.readClock(SIGNAL)).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
  });

  it('connects to the allowed one of the addresses of a name only', async () => {
    const device = await simulated();
    const url = `http://camera.example:${device.http_port}/onvif/device_service`;
    const lookup = resolver(['169.254.169.254', '::1', '127.0.0.1']);
    const own = client(url, { allowed_networks: ['127.0.0.1/32'], lookup });
    await expect(own.readClock(SIGNAL)).resolves.toBeDefined();
  });

  it('refuses what lies outside the blocks of its own network, even on a connection another one left open', async () => {
    const device = await simulated();
    const pool = createHttpPool({ guard: createConnectGuard({ allowed_networks: ['127.0.0.0/8'] }) });
    closers.push(() => pool.close());
    const account = { device_url: device.device_url, username: 'admin', password: 'bí-mật' };
    const near = { ...account, network_cidrs: ['127.0.0.0/8'] };
    await createDeviceClient({ address: near, time, pool }).readClock(SIGNAL);
    const far = { ...account, network_cidrs: ['10.0.0.0/8'] };
    const asked = createDeviceClient({ address: far, time, pool }).readClock(SIGNAL);
    await expect(asked).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
  });

  it('does not hand a connection that one network made to another, though nobody resolves the name again', async () => {
    const device = await simulated();
    const guard = createConnectGuard({ allowed_networks: ['127.0.0.0/8'], lookup: resolver(['127.0.0.1']) });
    const pool = createHttpPool({ guard });
    closers.push(() => pool.close());
    const device_url = `http://camera.example:${device.http_port}/onvif/device_service`;
    const account = { device_url, username: 'admin', password: 'bí-mật' };
    const near = { ...account, network_cidrs: ['127.0.0.0/8'] };
    await createDeviceClient({ address: near, time, pool }).readClock(SIGNAL);
    const asked_by_near = device.http_request_count;
    const far = { ...account, network_cidrs: ['127.9.0.0/16'] };
    const asked = createDeviceClient({ address: far, time, pool }).readClock(SIGNAL);
    await expect(asked).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    expect(device.http_request_count).toBe(asked_by_near);
  });

  it('does not follow a redirect', async () => {
    const device = await simulated();
    const other = await simulated();
    device.faults.force_answer = () => ({ status: 302, body: `<a href="${other.device_url}">there</a>` });
    const own = client(device.device_url, { allowed_networks: ['127.0.0.0/8'] });
    await expect(own.readClock(SIGNAL)).rejects.toMatchObject({ code: 'DEVICE_BROKEN' });
    expect(other.http_request_count).toBe(0);
  });

  it('asks no ports of other services', async () => {
    const own = client('http://127.0.0.1:6379/', { allowed_networks: ['127.0.0.0/8'] });
    await expect(own.readClock(SIGNAL)).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
      details: { refusal: 'port' },
    });
  });
});

describe('what a device address may reach, over RTSP and for pictures', () => {
  const play = async (
    uri: string,
    allowed_networks: string[],
    device_url: string,
    lookup?: typeof systemLookup,
  ) => {
    const guard = createConnectGuard({ allowed_networks, lookup });
    const address = { device_url, username: 'admin', password: 'bí-mật' };
    const request = { uri, device_span: { start_ms: 0, end_ms: 1000 }, address };
    for await (const _event of createReplayClient({ guard }).replay(request, SIGNAL)) return;
  };

  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '169.254.169.254'])('refuses %s', async (host) => {
    let connections = 0;
    const server = createTcpServer(() => {
      connections += 1;
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    closers.push(() => void server.close());
    const { port } = server.address() as { port: number };
    const uri = `rtsp://${host}:${port}/replay/1`;
    await expect(play(uri, ORDINARY, `http://${host}/`)).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
    });
    expect(connections).toBe(0);
  });

  it('refuses decimal addresses and names that resolve to this server', async () => {
    for (const host of ['2130706433', 'camera.example']) {
      const played = play(`rtsp://${host}:5554/1`, ORDINARY, `rtsp://${host}/`, resolver(['127.0.0.1']));
      await expect(played).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    }
  });

  it('refuses another host than the registered one, in whatever network it is', async () => {
    const played = play('rtsp://10.0.0.9/replay/1', ORDINARY, 'http://10.0.0.8/');
    await expect(played).rejects.toMatchObject({ details: { refusal: 'other_host' } });
    const pool = createHttpPool({ guard: createConnectGuard({ allowed_networks: ORDINARY }) });
    const fetchStill = createStillFetcher({ pool, refused: createRefusedCredentials() });
    const address = { device_url: 'http://10.0.0.8/', username: 'admin', password: 'bí-mật' };
    await expect(fetchStill('http://10.0.0.9/snap.jpg', address, SIGNAL)).rejects.toMatchObject({
      details: { refusal: 'other_host' },
    });
  });
});
