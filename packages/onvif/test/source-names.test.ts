import { afterEach, describe, expect, it } from 'vitest';
import { createDeviceClient, createDeviceMemory } from '../src/index.ts';
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
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Source tokens by recording, as the client gives them out. */
async function named(
  stated: readonly (readonly [token: string, source: string])[],
  scripts: Readonly<Record<string, Script>>,
) {
  const found = stated.map(([token, source]) => recording(token, { source }));
  const recorder = await startScriptedRecorder({
    FindRecordings: started('FindRecordings'),
    GetRecordingSearchResults: page('Recording', 'Completed', ...found),
    ...scripts,
  });
  closing.push(() => recorder.close());
  const address = { device_url: recorder.device_url, username: null, password: null };
  const memory = createDeviceMemory();
  const ask = async () => {
    const client = createDeviceClient({ address, time: { now_ms: () => Date.now() }, memory });
    const recordings = await client.recordings(SIGNAL);
    await client.close();
    return recordings.map((one) => [one.recording_token, one.source_token]);
  };
  return { names: await ask(), again: ask, recorder };
}

const TWO = profiles(['p1', 'v1'], ['p1-small', 'v1'], ['p2', 'v2']);
const configuration =
  (sources: Readonly<Record<string, string>>): Script =>
  (request) => {
    const token = /<RecordingToken>([^<]*)</.exec(request)?.[1] ?? '';
    return (
      '<trc:GetRecordingConfigurationResponse><trc:RecordingConfiguration><tt:Source><tt:SourceId>' +
      `${sources[token]}</tt:SourceId></tt:Source></trc:RecordingConfiguration></trc:GetRecordingConfigurationResponse>`
    );
  };

describe('the source of a recording', () => {
  it('is what the recorder states, where that is a source of the device', async () => {
    const { names, recorder } = await named(
      [
        ['a', 'v2'],
        ['b', 'v1'],
      ],
      { GetProfiles: TWO },
    );
    expect(names).toEqual([
      ['a', 'v2'],
      ['b', 'v1'],
    ]);
    expect(recorder.asked('GetRecordingJobs')).toBe(0);
  });

  it.each([
    ['the same address for all', 'http://localhost/sourceId'],
    ['nothing', ''],
    ['the same source for all', 'v1'],
  ])('is that of its recording job, where the recorder states %s', async (_, stated) => {
    const { names } = await named(
      [
        ['a', stated],
        ['b', stated],
      ],
      {
        GetProfiles: TWO,
        GetRecordingJobs: jobs(['a', 'p2'], ['b', 'p1-small']),
      },
    );
    expect(names).toEqual([
      ['a', 'v2'],
      ['b', 'v1'],
    ]);
  });

  it('is found where the job names the source itself, or the recording its profile', async () => {
    const { names } = await named(
      [
        ['a', 'SourceId_1'],
        ['b', 'p2'],
      ],
      {
        GetProfiles: TWO,
        GetRecordingJobs: jobs(['a', 'v1']),
      },
    );
    expect(names).toEqual([
      ['a', 'v1'],
      ['b', 'v2'],
    ]);
  });

  it('is that of its configuration, where there are no jobs', async () => {
    const { names } = await named(
      [
        ['a', ''],
        ['b', ''],
      ],
      {
        GetProfiles: TWO,
        GetRecordingConfiguration: configuration({ a: 'v2', b: 'p1' }),
      },
    );
    expect(names).toEqual([
      ['a', 'v2'],
      ['b', 'v1'],
    ]);
  });

  it('is the only one there is, for the only recording', async () => {
    const { names } = await named([['a', 'axis-sd']], { GetProfiles: profiles(['p1', 'v1'], ['p2', 'v1']) });
    expect(names).toEqual([['a', 'v1']]);
  });

  it('is never guessed: without help the stated id stays, and few questions are lost on it', async () => {
    const stated = [
      ['a', 'Camera 1'],
      ['b', 'Camera 2'],
      ['c', 'Camera 3'],
    ] as const;
    const { names, recorder } = await named(stated, { GetProfiles: TWO });
    expect(names).toEqual(stated);
    expect(recorder.asked('GetRecordingConfiguration')).toBe(1);
  });

  it('is asked for once and then remembered', async () => {
    const { names, again, recorder } = await named(
      [
        ['a', ''],
        ['b', ''],
      ],
      {
        GetProfiles: TWO,
        GetRecordingJobs: jobs(['a', 'p2'], ['b', 'p1']),
      },
    );
    const before = recorder.seen.length;
    expect(await again()).toEqual(names);
    expect(recorder.seen.length - before).toBe(2);
    expect(recorder.asked('EndSearch')).toBe(0);
  });

  it('of a recording named like something every object has is still its own', async () => {
    const stated = [
      ['constructor', 'v1'],
      ['__proto__', 'v2'],
    ] as const;
    expect((await named(stated, { GetProfiles: TWO })).names).toEqual(stated);
  });
});
