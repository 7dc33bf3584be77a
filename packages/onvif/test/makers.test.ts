/**
 * Answers in the shapes that makers' devices are known for, written anew: prefixes, zones, tokens, lists of
 * services, faults. Read from answers that owners of such devices published; nothing here claims a model.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { createDeviceClient, createDeviceMemory } from '../src/index.ts';
import { civil, fault, startHttpServer } from './loopback/http-server.ts';
import {
  jobs,
  page,
  profiles,
  recording,
  type Script,
  started,
  startScriptedRecorder,
} from './loopback/scripted-recorder.ts';

const SIGNAL = new AbortController().signal;
const NOON = [2026, 11, 22, 5, 0, 0] as const;
const NOON_MS = Date.UTC(2026, 10, 22, 5, 0, 0);
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function clientOf(scripts: Readonly<Record<string, Script>>, wrap?: (content: string) => string) {
  const recorder = await startScriptedRecorder(scripts, wrap);
  closing.push(() => recorder.close());
  const address = { device_url: recorder.device_url, username: 'admin', password: 'x' };
  const client = createDeviceClient({ address, time: { now_ms: () => Date.now() } });
  closing.push(() => client.close());
  return client;
}

const enveloped = (prefix: string, content: string, before = '') =>
  `${before}<${prefix}:Envelope xmlns:${prefix}="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema">` +
  `<${prefix}:Header/><${prefix}:Body>${content}</${prefix}:Body></${prefix}:Envelope>`;
const clock = (content: string) =>
  `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>${content}</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
const zone = (tz: string) => `<tt:TimeZone><tt:TZ>${tz}</tt:TZ></tt:TimeZone>`;

describe('the clock of', () => {
  const local = civil('LocalDateTime', [2026, 11, 22, 12, 0, 0]);
  it.each<[string, string, string, string]>([
    [
      'Hikvision: NTP, a long zone',
      'env',
      zone('CST-8:00:00') + civil('UTCDateTime', NOON) + local,
      'onvif_utc',
    ],
    [
      'Dahua: a zone with the sign of people',
      's',
      zone('GMT+07:00') + civil('UTCDateTime', NOON) + local,
      'onvif_utc',
    ],
    [
      'Uniview: local first',
      'SOAP-ENV',
      zone('ICT-07:00:00') + local + civil('UTCDateTime', NOON),
      'onvif_utc',
    ],
    [
      'Axis: a zone with rules',
      'SOAP-ENV',
      zone('CET-1CEST,M3.5.0,M10.5.0/3') + civil('UTCDateTime', NOON),
      'onvif_utc',
    ],
    [
      'a hobbyist: the zone without its element',
      's',
      `<tt:TimeZone>ICT-7</tt:TimeZone>${local}`,
      'onvif_local',
    ],
    ['Xiongmai: no UTC, a zone in angle brackets', 'SOAP-ENV', zone('&lt;+07&gt;-7') + local, 'onvif_local'],
  ])('%s', async (_, prefix, content, method) => {
    const body = `<tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>${content}<tt:Extension/>`;
    const client = await clientOf({ GetSystemDateAndTime: clock(body) }, (text) =>
      enveloped(prefix, text, '\uFEFF<?xml version="1.0"?>\n'),
    );
    expect(await client.readClock(SIGNAL)).toMatchObject({ device_time_ms: NOON_MS, method });
  });

  it.each(['GMT+07:00', 'UTC+7', 'GMT-7'])(
    'somebody who states local time in %s is unknown: the sign may mean either',
    async (tz) => {
      const client = await clientOf({ GetSystemDateAndTime: clock(zone(tz) + local) });
      await expect(client.readClock(SIGNAL)).rejects.toMatchObject({ code: 'DEVICE_BROKEN' });
    },
  );

  it('somebody who states an empty UTC time is unknown', async () => {
    const client = await clientOf({ GetSystemDateAndTime: clock('<tt:UTCDateTime/>') });
    await expect(client.readClock(SIGNAL)).rejects.toMatchObject({ code: 'DEVICE_BROKEN' });
  });
});

describe('the services of', () => {
  const PROFILES = profiles(['MediaProfile00000', '00000']);
  const service = (namespace: string, path: string) =>
    `<tds:Service><tds:Namespace>${namespace}</tds:Namespace><tds:XAddr>http://192.168.1.108${path}</tds:XAddr></tds:Service>`;

  it.each([
    ['the standard', 'http://www.onvif.org/ver10/media/wsdl'],
    ['devices that end it with a slash', 'http://www.onvif.org/ver10/media/wsdl/'],
    ['devices that name the file as well', 'http://www.onvif.org/ver10/media/wsdl/media.wsdl'],
    ['devices that name the file instead', 'http://www.onvif.org/ver10/media.wsdl'],
  ])('%s are found', async (_, namespace) => {
    const client = await clientOf({
      GetServices: `<tds:GetServicesResponse>${service(namespace, '/onvif/Media')}</tds:GetServicesResponse>`,
      GetProfiles: PROFILES,
    });
    expect(await client.profiles(SIGNAL)).toHaveLength(1);
  });

  it('Xiongmai, which knows no GetServices and fails with a fault of SOAP 1.1', async () => {
    const capabilities =
      '<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>http://0.0.0.0:8899/onvif/Media</tt:XAddr></tt:Media>' +
      '</tds:Capabilities></tds:GetCapabilitiesResponse>';
    const client = await clientOf({
      GetServices:
        '<s:Fault><faultcode>SOAP-ENV:Client</faultcode><faultstring>Action Failed 9341</faultstring></s:Fault>',
      GetCapabilities: capabilities,
      GetProfiles: profiles(['PROFILE_000', 'V_SRC_000']),
    });
    expect((await client.profiles(SIGNAL))[0]).toMatchObject({
      profile_token: 'PROFILE_000',
      source_token: 'V_SRC_000',
    });
    await expect(client.recordings(SIGNAL)).rejects.toMatchObject({ code: 'DEVICE_UNSUPPORTED' });
  });
});

describe('the recordings of', () => {
  const found = (...results: string[]) => ({
    FindRecordings: started('FindRecordings'),
    GetRecordingSearchResults: page('Recording', 'Completed', ...results),
  });

  it('recorders that number everything: recording, source and profile each in its own way', async () => {
    const client = await clientOf({
      ...found(
        recording('OnvifRecordingToken_1', { source: 'SourceId_1' }),
        recording('OnvifRecordingToken_2', { source: 'SourceId_2' }),
      ),
      GetProfiles: profiles(['ProfileToken001', 'VideoSource_1'], ['ProfileToken002', 'VideoSource_2']),
      GetRecordingJobs: jobs(
        ['OnvifRecordingToken_1', 'ProfileToken001'],
        ['OnvifRecordingToken_2', 'ProfileToken002'],
      ),
    });
    expect((await client.recordings(SIGNAL)).map((one) => one.source_token)).toEqual([
      'VideoSource_1',
      'VideoSource_2',
    ]);
  });

  it('Axis: one on the card, named by its beginning, with sound and metadata tracks', async () => {
    const one = recording('20260409_184304_ABCD_ACCC8E000001', {
      source: '0',
      latest: '2026-11-22T09:00:00.123456Z',
    }).replace(
      '<tt:RecordingStatus>',
      '<tt:Track><tt:TrackToken>m</tt:TrackToken><tt:TrackType>Metadata</tt:TrackType></tt:Track><tt:RecordingStatus>',
    );
    const client = await clientOf({ ...found(one), GetProfiles: profiles(['profile_1_h264', '0']) });
    expect(await client.recordings(SIGNAL)).toMatchObject([
      { source_token: '0', latest_ms: Date.UTC(2026, 10, 22, 9, 0, 0, 123) },
    ]);
  });

  it('Reolink and TP-Link, which replay nothing over ONVIF', async () => {
    const client = await clientOf({ GetServices: '<tds:GetServicesResponse/>' });
    await expect(client.recordings(SIGNAL)).rejects.toMatchObject({
      code: 'DEVICE_UNSUPPORTED',
      details: { feature: 'search' },
    });
  });
});

describe('a refusal as it is worded by', () => {
  it.each([
    ['Dahua', 'Sender not Authorized. Invalid username or password! You still have 3 attempt(s).'],
    ['TP-Link', 'Authority failure'],
    ['Hikvision', 'The action requested requires authorization and the sender is not authorized'],
    ['Vivotek', 'An error was discovered processing the &lt;wsse:Security&gt; header.'],
    ['gSOAP', 'FailedAuthentication'],
  ])('%s is understood, first as a wish for an account and then as a no', async (_, reason) => {
    const server = await startHttpServer((__, response) =>
      response.writeHead(400).end(fault('Whatever', reason)),
    );
    closing.push(() => server.close());
    const memory = createDeviceMemory();
    const address = { device_url: server.device_url, username: 'admin', password: 'x' };
    const client = createDeviceClient({ address, time: { now_ms: () => Date.now() }, memory });
    closing.push(() => client.close());
    await expect(client.describe(SIGNAL)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    expect(memory.is_refused).toBe(true);
    expect(server.seen.filter(({ body }) => body.includes('UsernameToken'))).toHaveLength(1);
  });
});
