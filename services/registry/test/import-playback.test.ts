import { PLAYBACK_PRESETS } from '@minhchung/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_ROW, type Row, register } from './register.ts';
import { createWorld, problemsIn, type World } from './world.ts';

const ROW: Row = {
  ...GOOD_ROW,
  recorder_code: 'NVR-02',
  recorder_kind: 'địa chỉ xem lại',
  device_url: 'rtsp://192.168.1.20:554',
  source_token: '3',
  playback_vendor: 'KBVision',
};

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const recorder = async () => (await world.store.recorders.byCode('NVR-02'))!;

describe('a row of a recorder with a playback address', () => {
  test('registers it under its maker’s template, and again changes nothing', async () => {
    expect(problemsIn(await world.run(register([ROW])))).toEqual([]);
    expect(await recorder()).toMatchObject({
      ...{ kind: 'playback_url', device_url: 'rtsp://192.168.1.20:554' },
      playback: { vendor: 'dahua', template: PLAYBACK_PRESETS.dahua, finding: null },
    });
    const again = await world.run(register([ROW]));
    expect(again.rows.every(({ changes }) => changes.length === 0)).toBe(true);
  });

  test('changes the template where another is written, and keeps it where the cell is empty', async () => {
    const template = '/rtsp/playback?channel={channel}&starttime={start:iso_z}&endtime={end:iso_z}';
    await world.run(register([{ ...ROW, playback_template: template }]));
    await world.run(register([ROW]));
    expect((await recorder()).playback?.template).toBe(template);
  });

  test.each([
    ['no maker', { playback_vendor: '' }, 'playback_vendor', 'CSV_CELL_MISSING'],
    ['an unknown maker', { playback_vendor: 'Acme' }, 'playback_vendor', 'CSV_VALUE_INVALID'],
    [
      'a generic maker without a template',
      { playback_vendor: 'khác' },
      'playback_template',
      'CSV_CELL_MISSING',
    ],
    [
      'a template with a host',
      { playback_template: 'rtsp://h/{start:unix_s}' },
      'playback_template',
      'PLAYBACK_TEMPLATE_INVALID',
    ],
    ['an RTSP address of an ONVIF recorder', { recorder_kind: 'onvif' }, 'device_url', 'DEVICE_URL_INVALID'],
  ])('is reported with %s', async (_what, change, column, code) => {
    const problems = problemsIn(await world.run(register([{ ...ROW, ...change }])));
    expect(problems.map(([, at]) => at)).toContain(column);
    if (code !== 'CSV_VALUE_INVALID') expect(problems.map(([, , said]) => said)).toContain(code);
  });
});
