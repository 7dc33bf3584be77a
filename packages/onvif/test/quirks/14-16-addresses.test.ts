import { describe, expect, it } from 'vitest';
import { createReplayClient } from '../../src/index.ts';
import { PASSWORD, recorders, SIGNAL, START_MS } from '../support/recorders.ts';

const { start, clientOf } = recorders();
/** Another loopback address than the 127.0.0.1 that devices name. */
const HOST = '127.0.0.2';

describe.each([
  ['14', 'a private address behind the router', '192.168.1.64:80'],
  ['15', 'its own loopback', '127.0.0.1'],
  ['14', 'somebody else', 'elsewhere.example:8000'],
])('quirk %s: the device names %s', (_, __, advertised_host) => {
  it('is reached in everything at the host and port we were given', async () => {
    const device = await start({ host: HOST, faults: { advertised_host } });
    const client = clientOf(device);
    expect(await client.profiles(SIGNAL)).toHaveLength(3);
    expect(await client.recordings(SIGNAL)).toHaveLength(3);
    expect(await client.streamUri('Profile_1', SIGNAL)).toBe(
      `rtsp://${HOST}:${device.rtsp_port}/live/Profile_1`,
    );
    expect(await client.snapshotUri('Profile_1', SIGNAL)).toBe(
      `http://${HOST}:${device.http_port}/snapshot/Profile_1.jpg`,
    );
    expect(await client.replayUri('Recording_1', SIGNAL)).toBe(
      `rtsp://${HOST}:${device.rtsp_port}/replay/Recording_1`,
    );
  });
});

describe('quirk 16: stream addresses are of the LAN though the services’ are right', () => {
  it('plays at our host, their port and path', async () => {
    const device = await start({ quirks: { stream_host: '10.1.2.3' } });
    const client = clientOf(device);
    expect(await client.streamUri('Profile_3', SIGNAL)).toBe(
      `rtsp://127.0.0.1:${device.rtsp_port}/live/Profile_3`,
    );
    const uri = await client.replayUri('Recording_2', SIGNAL);
    const address = { device_url: device.device_url, username: 'admin', password: PASSWORD };
    const device_span = { start_ms: START_MS, end_ms: START_MS + 1_000 };
    let units = 0;
    for await (const { type } of createReplayClient().replay({ uri, device_span, address }, SIGNAL)) {
      if (type === 'unit') units += 1;
    }
    expect(units).toBe(10);
  });
});
