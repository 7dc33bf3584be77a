import { beforeAll, describe, expect, test } from 'vitest';
import { FakeTime, type RecordedFootage, type SimulatedDevice } from '../src/index.ts';
import { findXml, type XmlElement, xmlText } from '../src/soap/xml-reader.ts';
import { bench, OFFSET_MS } from './support/bench.ts';
import { START_MS, smallFootage } from './support/small-footage.ts';
import { soap } from './support/soap-test-client.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const { device } = bench();
const HOLE = { start_ms: START_MS + 4000, end_ms: START_MS + 6000 };
let footage: RecordedFootage;
let recorder: SimulatedDevice;
const time = new FakeTime(START_MS + 3_600_000);

beforeAll(async () => {
  footage = await smallFootage(folder, 'plain');
  const channels = [
    { name: 'Cổng chợ & <1>', footage, holes: [HOLE] },
    { name: 'Ngõ 2', footage, holds_from_true_ms: START_MS + 5000 },
    { name: 'Trống', footage, holds_from_true_ms: START_MS + 60_000 },
  ];
  recorder = await device(footage, { channels, time });
});

function texts(parent: XmlElement, ...path: string[]): (string | null)[] {
  const last = path.pop()!;
  const root = path.length > 0 ? findXml(parent, ...path) : parent;
  return (root?.children ?? []).filter((child) => child.name === last).map((child) => child.text);
}

function iso(true_ms: number): string {
  return new Date(true_ms + OFFSET_MS).toISOString();
}

describe('the device clock', () => {
  test('is wrong by its offset and answers whole seconds', async () => {
    const { body } = await soap(recorder, 'device', '<GetSystemDateAndTime/>', null);
    const utc = findXml(body, 'SystemDateAndTime', 'UTCDateTime');
    const fields = (group: string, ...names: string[]) => names.map((name) => xmlText(utc, group, name));
    const at = new Date(time.now_ms() + OFFSET_MS);
    const told = [...fields('Date', 'Year', 'Month', 'Day'), ...fields('Time', 'Hour', 'Minute', 'Second')];
    expect(told.map(Number)).toEqual([
      ...[at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()],
      ...[at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()],
    ]);
  });

  test('steps when it is told to', async () => {
    const stepping = await device(footage, { time, clock_offset_ms: 0 });
    const second = async () => {
      const { body } = await soap(stepping, 'device', '<GetSystemDateAndTime/>', null);
      return Number(xmlText(body, 'SystemDateAndTime', 'UTCDateTime', 'Time', 'Second'));
    };
    const before = await second();
    stepping.clock.step(-7000);
    expect(await second()).toBe((before - 7 + 60) % 60);
  });
});

describe('the services', () => {
  test('every channel has a profile, a video source and a recording that refer to one another', async () => {
    const profiles = (await soap(recorder, 'media', '<GetProfiles/>')).body;
    const recordings = (await soap(recorder, 'recording', '<GetRecordings/>')).body;
    const sources = profiles.children.map((profile) =>
      xmlText(profile, 'VideoSourceConfiguration', 'SourceToken'),
    );
    const recorded = recordings.children.map((item) => xmlText(item, 'Configuration', 'Source', 'SourceId'));
    expect(sources).toEqual(['VideoSource_1', 'VideoSource_2', 'VideoSource_3']);
    expect(recorded).toEqual(sources);
    expect(xmlText(profiles.children[0]!, 'Name')).toBe('Cổng chợ & <1>');
  });

  test('addresses name the host under which the device was asked', async () => {
    const { body } = await soap(recorder, 'device', '<GetServices/>', null);
    const addresses = body.children.map((service) => xmlText(service, 'XAddr'));
    expect(addresses).toHaveLength(5);
    expect(
      addresses.every((address) => address?.startsWith(`http://127.0.0.1:${recorder.http_port}/onvif/`)),
    ).toBe(true);
  });

  test('replay addresses name the RTSP port', async () => {
    const operation = '<GetReplayUri><RecordingToken>Recording_2</RecordingToken></GetReplayUri>';
    const { body } = await soap(recorder, 'replay', operation);
    expect(xmlText(body, 'Uri')).toBe(`rtsp://127.0.0.1:${recorder.rtsp_port}/replay/Recording_2`);
  });

  test('a snapshot is a JPEG of the footage', async () => {
    const open = await device(footage, { sign_in: ['ws_security'] });
    const operation = '<GetSnapshotUri><ProfileToken>Profile_1</ProfileToken></GetSnapshotUri>';
    const { body } = await soap(open, 'media', operation);
    const picture = Buffer.from(await (await fetch(xmlText(body, 'MediaUri', 'Uri')!)).arrayBuffer());
    expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  });

  test('what a device cannot do is a fault, not a guess', async () => {
    const answer = await soap(recorder, 'device', '<SetSystemDateAndTime/>');
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('ter:ActionNotSupported');
  });

  test('a request that is no SOAP gets the fault for it', async () => {
    const answer = await soap(recorder, 'device', '<Open>');
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('ter:WellFormed');
  });
});

describe('searching recordings', () => {
  test('the summary spans all channels', async () => {
    const { body } = await soap(recorder, 'search', '<GetRecordingSummary/>');
    expect(xmlText(body, 'Summary', 'DataFrom')).toBe(iso(START_MS));
    expect(xmlText(body, 'Summary', 'DataUntil')).toBe(iso(START_MS + 10_000));
    expect(xmlText(body, 'Summary', 'NumberRecordings')).toBe('3');
  });

  test('information on a recording tells since when it holds, and that an emptied one holds nothing', async () => {
    const information = async (n: number) => {
      const operation = `<GetRecordingInformation><RecordingToken>Recording_${n}</RecordingToken></GetRecordingInformation>`;
      return findXml((await soap(recorder, 'search', operation)).body, 'RecordingInformation');
    };
    const keyframe = footage.frames.find((f) => f.is_keyframe && f.true_time_ms >= START_MS + 5000)!;
    expect(xmlText(await information(2), 'EarliestRecording')).toBe(iso(keyframe.true_time_ms));
    expect(xmlText(await information(3), 'EarliestRecording')).toBeNull();
    expect(xmlText(await information(3), 'RecordingStatus')).toBe('NoData');
  });

  test('an unknown recording is a fault', async () => {
    const operation = '<GetRecordingInformation><RecordingToken>x</RecordingToken></GetRecordingInformation>';
    expect((await soap(recorder, 'search', operation)).text).toContain('ter:NoRecording');
  });

  test('FindRecordings gives its results page by page and ends as completed', async () => {
    const found = await soap(
      recorder,
      'search',
      '<FindRecordings><KeepAliveTime>PT10S</KeepAliveTime></FindRecordings>',
    );
    const token = xmlText(found.body, 'SearchToken');
    const page = async () => {
      const operation = `<GetRecordingSearchResults><SearchToken>${token}</SearchToken><MaxResults>2</MaxResults></GetRecordingSearchResults>`;
      return (await soap(recorder, 'search', operation)).body;
    };
    const [first, second] = [await page(), await page()];
    expect(xmlText(first, 'ResultList', 'SearchState')).toBe('Searching');
    expect(xmlText(second, 'ResultList', 'SearchState')).toBe('Completed');
    const count = (body: XmlElement) => texts(body, 'ResultList', 'RecordingInformation').length;
    expect([count(first), count(second)]).toEqual([2, 1]);
  });

  test('a search is gone when it is ended or kept alive too late', async () => {
    const open = async () => {
      const operation = '<FindRecordings><KeepAliveTime>PT10S</KeepAliveTime></FindRecordings>';
      return xmlText((await soap(recorder, 'search', operation)).body, 'SearchToken');
    };
    const fetch = (token: string | null) =>
      soap(
        recorder,
        'search',
        `<GetRecordingSearchResults><SearchToken>${token}</SearchToken></GetRecordingSearchResults>`,
      );
    const ended = await open();
    await soap(recorder, 'search', `<EndSearch><SearchToken>${ended}</SearchToken></EndSearch>`);
    expect((await fetch(ended)).text).toContain('ter:InvalidToken');
    const late = await open();
    time.advance(10_001);
    expect((await fetch(late)).text).toContain('ter:InvalidToken');
  });
});

describe('searching events', () => {
  async function events(
    from_ms: number,
    to_ms: number,
    with_state: boolean,
  ): Promise<[string | null, string | undefined][]> {
    const operation = `<FindEvents><StartPoint>${iso(from_ms)}</StartPoint><EndPoint>${iso(to_ms)}</EndPoint>
      <Scope><IncludedRecordings>Recording_1</IncludedRecordings></Scope>
      <IncludeStartState>${with_state}</IncludeStartState></FindEvents>`;
    const token = xmlText((await soap(recorder, 'search', operation)).body, 'SearchToken');
    const fetch = `<GetEventSearchResults><SearchToken>${token}</SearchToken></GetEventSearchResults>`;
    const list = findXml((await soap(recorder, 'search', fetch)).body, 'ResultList');
    const results = (list?.children ?? []).filter((child) => child.name === 'Result');
    return results.map((result) => {
      const item = findXml(result, 'Event', 'Message', 'Message', 'Data', 'SimpleItem');
      return [xmlText(result, 'Time'), item?.attributes.Value];
    });
  }

  const after_hole = () =>
    footage.frames.find((frame) => frame.is_keyframe && frame.true_time_ms >= HOLE.end_ms)!;
  const before_hole = () => footage.frames.findLast((frame) => frame.true_time_ms < HOLE.start_ms)!;

  test('data begins and ends at the borders of a hole', async () => {
    expect(await events(START_MS - 1000, START_MS + 20_000, false)).toEqual([
      [iso(START_MS), 'true'],
      [iso(before_hole().true_time_ms + 80), 'false'],
      [iso(after_hole().true_time_ms), 'true'],
      [iso(START_MS + 10_000), 'false'],
    ]);
  });

  test('the state at the start is told when it is asked for', async () => {
    expect(await events(START_MS + 1000, START_MS + 2000, true)).toEqual([[iso(START_MS + 1000), 'true']]);
    expect(await events(START_MS + 5000, START_MS + 5100, true)).toEqual([[iso(START_MS + 5000), 'false']]);
  });

  test('a search backwards gives the newest first', async () => {
    const forward = await events(START_MS, START_MS + 20_000, false);
    expect(await events(START_MS + 20_000, START_MS, false)).toEqual(forward.toReversed());
  });
});
