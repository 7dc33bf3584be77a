import { OnvifDevice } from 'node-onvif';
import soap from 'node-onvif/lib/modules/soap.js';
import { beforeAll, expect, test } from 'vitest';
import type { RecordedFootage, SimulatedDevice } from '../src/index.ts';
import { bench, OFFSET_MS, PASSWORD } from './support/bench.ts';
import { smallFootage } from './support/small-footage.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** npm `node-onvif`, an older client by another author. */
const folder = temporaryFolder();
const { device } = bench();
let recorder: SimulatedDevice;
let client: OnvifDevice;
let information: Record<string, string>;

beforeAll(async () => {
  const footage: RecordedFootage = await smallFootage(folder, 'plain');
  recorder = await device(footage);
  client = new OnvifDevice({ xaddr: recorder.device_url, user: 'admin', pass: PASSWORD });
  information = await client.init();
});

/** A request through its SOAP module, for the services it has no methods for. */
async function request(service: string, method: string, content: string) {
  const body = `<w:${method}>${content}</w:${method}>`;
  const envelope = soap.createRequestSoap({
    ...{ body, user: 'admin', pass: PASSWORD, diff: OFFSET_MS },
    xmlns: [`xmlns:w="http://www.onvif.org/ver10/${service}/wsdl"`],
  });
  const { hostname, port } = new URL(recorder.device_url);
  const address = {
    hostname,
    port,
    pathname: `/onvif/${service}_service`,
    path: `/onvif/${service}_service`,
  };
  return (await soap.requestCommand(address, method, envelope)).data[`${method}Response`];
}

test('node-onvif reads the device information', () => {
  expect(information).toMatchObject({ Manufacturer: 'Minh Chung', FirmwareVersion: '1.10' });
});

test('node-onvif learns how far the clock is off', () => {
  expect(Math.abs(client.services.device.time_diff - OFFSET_MS)).toBeLessThan(2000);
});

test('node-onvif reads the profile with its addresses', () => {
  expect(client.getProfileList()).toMatchObject([
    {
      token: 'Profile_1',
      name: 'Cổng chợ & <1>',
      snapshot: `http://127.0.0.1:${recorder.http_port}/snapshot/Profile_1.jpg`,
      stream: { rtsp: `rtsp://127.0.0.1:${recorder.rtsp_port}/live/Profile_1` },
    },
  ]);
});

test('node-onvif fetches the snapshot, signing in by digest', async () => {
  const { headers, body } = await client.fetchSnapshot();
  expect(headers['content-type']).toBe('image/jpeg');
  expect(body.subarray(0, 3).toString('hex')).toBe('ffd8ff');
});

test('node-onvif’s SOAP module reads the recordings and the replay address', async () => {
  const recordings = await request('recording', 'GetRecordings', '');
  expect(recordings.RecordingItem.RecordingToken).toBe('Recording_1');
  const replay = await request('replay', 'GetReplayUri', '<w:RecordingToken>Recording_1</w:RecordingToken>');
  expect(replay.Uri).toBe(`rtsp://127.0.0.1:${recorder.rtsp_port}/replay/Recording_1`);
});
