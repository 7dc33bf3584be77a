import type { DeviceClient } from '@minhchung/domain';
import { afterEach, describe, expect, it } from 'vitest';
import { createDeviceClient } from '../src/index.ts';
import {
  change,
  page,
  recording,
  type Script,
  started,
  startScriptedRecorder,
} from './loopback/scripted-recorder.ts';

const SIGNAL = new AbortController().signal;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function scripted(scripts: Readonly<Record<string, Script>>, search_deadline_ms = 20_000) {
  const recorder = await startScriptedRecorder(scripts);
  closing.push(() => recorder.close());
  const address = { device_url: recorder.device_url, username: null, password: null };
  const time = { now_ms: () => Date.now() };
  const client: DeviceClient = createDeviceClient({ address, time, search_deadline_ms });
  closing.push(() => client.close());
  return { recorder, client };
}

const at = (text: string) => Date.parse(`2026-11-22T${text}Z`);
const ASKED = { start_ms: at('02:00:00'), end_ms: at('04:00:00') };
const FOUND = { FindRecordings: started('FindRecordings'), FindEvents: started('FindEvents') };
const LISTED = { ...FOUND, GetRecordingSearchResults: page('Recording', 'Completed', recording('r')) };

describe('a list of recordings', () => {
  const tokens = async (pages: Script) => {
    const { client, recorder } = await scripted({ ...FOUND, GetRecordingSearchResults: pages });
    const recordings = await client.recordings(SIGNAL);
    return { recordings, tokens: recordings.map((one) => one.recording_token), recorder };
  };

  it('whose pages overlap names each recording once, as it was told last', async () => {
    const { recordings } = await tokens((_, count) =>
      count === 0
        ? page('Recording', 'Searching', recording('a'), recording('b'))
        : page('Recording', 'Completed', recording('b', { latest: '2026-11-22T10:00:00Z' }), recording('c')),
    );
    expect(recordings.map((one) => [one.recording_token, one.latest_ms])).toEqual([
      ['a', at('09:00:00')],
      ['b', at('10:00:00')],
      ['c', at('09:00:00')],
    ]);
  });

  it('may be empty at first', async () => {
    const found = await tokens((_, count) =>
      count < 3 ? page('Recording', 'Searching') : page('Recording', 'Completed', recording('a')),
    );
    expect(found.tokens).toEqual(['a']);
  });

  it('is whole when nothing more comes, though Completed is never said', async () => {
    const found = await tokens((_, count) =>
      count < 2 ? page('Recording', 'Searching', recording(`r${count}`)) : page('Recording', 'Searching'),
    );
    expect(found.tokens).toEqual(['r0', 'r1']);
    expect(found.recorder.asked('EndSearch')).toBe(1);
  });

  it('may say Completed in an attribute, and carry tokens in one', async () => {
    const found = await tokens(
      '<tse:GetRecordingSearchResultsResponse><tse:ResultList SearchState="Completed"><tse:RecordingInformation token="a">' +
        '<tt:RecordingStatus>Recording</tt:RecordingStatus></tse:RecordingInformation>' +
        '<tse:RecordingInformation/></tse:ResultList></tse:GetRecordingSearchResultsResponse>',
    );
    expect(found.tokens).toEqual(['a']);
  });

  it.each([
    ['2026-11-22T08:00:00+07:00', at('01:00:00')],
    ['2026-11-22T01:00:00.1234567Z', at('01:00:00') + 123],
    ['2026-11-22T01:00:00.5-00:30', at('01:30:00') + 500],
    ['-0001-11-30T00:00:00Z', null],
    ['0001-01-01T00:00:00Z', null],
    ['1970-01-01T00:00:00Z', null],
    ['2026-13-13T01:00:00Z', null],
    ['2026-11-22T01:00:00', null],
    ['2026-11-22 01:00:00Z', null],
    ['', null],
  ])('that begins at %j begins at %s', async (earliest, expected) => {
    const { recordings } = await tokens(page('Recording', 'Completed', recording('a', { earliest })));
    expect(recordings[0]!.earliest_ms).toBe(expected);
    expect(recordings[0]!.latest_ms).toBe(at('09:00:00'));
  });

  it('that is asked for while another search runs does not take the other’s results', async () => {
    // A recorder with one token, and one cursor, for all searches.
    let kind = 'none';
    const starting = (operation: 'FindRecordings' | 'FindEvents') => () => {
      kind = operation;
      return started(operation, '0');
    };
    const { client } = await scripted({
      FindRecordings: starting('FindRecordings'),
      FindEvents: starting('FindEvents'),
      GetRecordingSearchResults: () =>
        page('Recording', 'Completed', ...(kind === 'FindRecordings' ? [recording('r')] : [])),
      GetEventSearchResults: () =>
        page(
          'Event',
          'Completed',
          ...(kind === 'FindEvents' ? [change('r', '2026-11-22T03:00:00Z', true)] : []),
        ),
    });
    await client.recordings(SIGNAL);
    const [spans, recordings] = await Promise.all([
      client.recordedSpans('r', ASKED, SIGNAL),
      client.recordings(SIGNAL),
    ]);
    expect(spans).toEqual([{ start_ms: at('03:00:00'), end_ms: at('04:00:00') }]);
    expect(recordings).toHaveLength(1);
  });
});

describe('the history of a recording', () => {
  const spans = async (results: readonly string[], state = 'Completed') => {
    const events: Script = (_, count) => page('Event', state, ...(count === 0 ? results : []));
    const { client } = await scripted({ ...LISTED, GetEventSearchResults: events });
    return await client.recordedSpans('r', ASKED, SIGNAL);
  };
  const HALF = [{ start_ms: at('02:30:00'), end_ms: at('03:00:00') }];

  it('leaves out what is said of other recordings', async () => {
    const of_other = change('s', '2026-11-22T02:10:00Z', true);
    const own = [change('r', '2026-11-22T02:30:00Z', true), change('r', '2026-11-22T03:00:00Z', false)];
    expect(await spans([of_other, ...own])).toEqual(HALF);
  });

  it('is read in any zone, and in seven digits', async () => {
    const own = [
      change('r', '2026-11-22T09:30:00.0000000+07:00', true),
      change('r', '2026-11-21T22:00:00.0009999-05:00', false),
    ];
    expect(await spans(own)).toEqual(HALF);
  });

  it('that repeats itself counts once', async () => {
    const begin = change('r', '2026-11-22T02:30:00Z', true);
    const end = change('r', '2026-11-22T03:00:00Z', false);
    const more = change('r', '2026-11-22T03:30:00Z', true);
    const end_of_more = change('r', '2026-11-22T03:45:00Z', false);
    expect(await spans([begin, begin, end, more, end_of_more, end_of_more])).toEqual([
      ...HALF,
      { start_ms: at('03:30:00'), end_ms: at('03:45:00') },
    ]);
  });

  it('that never completes counts when nothing more comes', async () => {
    const own = [change('r', '2026-11-22T02:30:00Z', true), change('r', '2026-11-22T03:00:00Z', false)];
    expect(await spans(own, 'Searching')).toEqual(HALF);
  });

  it('with a time that is none is an error, for no span can be built on it', async () => {
    await expect(spans([change('r', '-0001-11-30T00:00:00Z', true)])).rejects.toMatchObject({
      code: 'DEVICE_BROKEN',
    });
  });
});
