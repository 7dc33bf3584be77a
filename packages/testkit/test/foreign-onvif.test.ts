import { Cam } from 'onvif';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordedFootage, SimulatedDevice } from '../src/index.ts';
import { bench, OFFSET_MS, PASSWORD } from './support/bench.ts';
import { START_MS, smallFootage } from './support/small-footage.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** npm `onvif` with its own transport, as anybody would use it. */
const folder = temporaryFolder();
const { device } = bench();
let footage: RecordedFootage;

beforeAll(async () => {
  footage = await smallFootage(folder, 'plain');
});

// biome-ignore lint/suspicious/noExplicitAny: the package's answers have no shape of their own
type Answer = any;

function connect(to: SimulatedDevice, options: { useWSSecurity: boolean }): Promise<Cam> {
  const account = { username: 'admin', password: PASSWORD };
  return new Promise((resolve, reject) => {
    const cam: Cam = new Cam(
      { hostname: '127.0.0.1', port: to.http_port, timeout: 5000, ...account, ...options },
      (error) => (error ? reject(error) : resolve(cam)),
    );
  });
}

/** Calls one of its methods, which all end in a callback. */
function call(cam: Cam, method: string, ...args: unknown[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    (cam as Answer)[method](...args, (error: Error | null, answer: Answer) =>
      error ? reject(error) : resolve(answer),
    );
  });
}

describe.each([
  ['WS-UsernameToken', true],
  ['HTTP digest', false],
])('npm onvif signed in by %s', (_, useWSSecurity) => {
  let recorder: SimulatedDevice;
  let cam: Cam;
  beforeAll(async () => {
    const channels = ['Cổng chợ & <1>', 'Ngõ 2'].map((name) => ({ name, footage }));
    const sign_in = [useWSSecurity ? ('ws_security' as const) : ('http_digest' as const)];
    recorder = await device(footage, { channels, sign_in });
    cam = await connect(recorder, { useWSSecurity });
  });

  test('reads the device information', async () => {
    const information = await call(cam, 'getDeviceInformation');
    expect(information).toMatchObject({ manufacturer: 'Minh Chung', model: 'Testkit NVR' });
  });

  test('reads the clock', async () => {
    const time: Date = await call(cam, 'getSystemDateAndTime');
    expect(Math.abs(time.getTime() - Date.now() - OFFSET_MS)).toBeLessThan(2000);
  });

  test('reads the profiles and their addresses', async () => {
    const profiles = await call(cam, 'getProfiles');
    expect(profiles.map((profile: Answer) => [profile.$.token, profile.name])).toEqual([
      ['Profile_1', 'Cổng chợ & <1>'],
      ['Profile_2', 'Ngõ 2'],
    ]);
    const stream = await call(cam, 'getStreamUri', { protocol: 'RTSP', profileToken: 'Profile_2' });
    expect(stream.uri).toBe(`rtsp://127.0.0.1:${recorder.rtsp_port}/live/Profile_2`);
    const snapshot = await call(cam, 'getSnapshotUri', { profileToken: 'Profile_2' });
    expect(snapshot.uri).toBe(`http://127.0.0.1:${recorder.http_port}/snapshot/Profile_2.jpg`);
  });

  test('reads the recordings, their summary and information', async () => {
    const recordings = await call(cam, 'getRecordings');
    expect(recordings.map((item: Answer) => item.recordingToken)).toEqual(['Recording_1', 'Recording_2']);
    const summary = await call(cam, 'getRecordingSummary');
    expect(new Date(summary.dataFrom).getTime()).toBe(START_MS + OFFSET_MS);
    // Its getRecordingInformation looks for the answer of another operation, so the request is put by hand.
    const operation = '<GetRecordingInformation xmlns="http://www.onvif.org/ver10/search/wsdl">';
    const token = '<RecordingToken>Recording_2</RecordingToken>';
    const raw = cam as Answer;
    const body = `${raw._envelopeHeader()}${operation}${token}</GetRecordingInformation>${raw._envelopeFooter()}`;
    const [answer] = await call(cam, '_request', { service: 'search', body });
    const [information] = answer.getRecordingInformationResponse[0].recordingInformation;
    expect(information.recordingStatus).toEqual(['Stopped']);
  });

  test('reads the replay address', async () => {
    const uri = await call(cam, 'getReplayUri', { recordingToken: 'Recording_2' });
    expect(uri.uri ?? uri).toBe(`rtsp://127.0.0.1:${recorder.rtsp_port}/replay/Recording_2`);
  });
});

test('npm onvif is refused with a wrong password', async () => {
  const recorder = await device(footage);
  const cam = await connect(recorder, { useWSSecurity: true });
  cam.password = 'sai';
  await expect(call(cam, 'getDeviceInformation')).rejects.toThrow('Sender not Authorized');
});
