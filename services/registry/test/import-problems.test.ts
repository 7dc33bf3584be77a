import { isCoded } from '@minhchung/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytes, GOOD_ROW, type Row, register } from './register.ts';
import { createWorld, problemsIn, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const BROKEN_CELLS: readonly [string, Row, string, string][] = [
  ['a missing name', { camera_name: ' ' }, 'camera_name', 'CSV_CELL_MISSING'],
  ['a kind nobody knows', { kind: 'của tôi' }, 'kind', 'CSV_CELL_CHOICE'],
  ['an unknown unit', { unit_code: 'XX' }, 'unit_code', 'UNKNOWN_UNIT'],
  ["another ward's unit", { unit_code: 'DS' }, 'unit_code', 'FORBIDDEN_UNIT'],
  ['a latitude that is no number', { latitude: '19.80.67' }, 'latitude', 'CSV_CELL_NUMBER'],
  [
    'latitude and longitude exchanged',
    { latitude: '105.7', longitude: '19.8' },
    'latitude',
    'CSV_COORDINATES_SWAPPED',
  ],
  ['half a point to look at', { aim_longitude: '' }, 'aim_latitude', 'CSV_CELLS_TOGETHER'],
  ['a view of no width', { field_of_view_deg: '0' }, 'field_of_view_deg', 'CSV_CELL_RANGE'],
  ['a network nobody made', { network_code: 'WAN' }, 'network_code', 'UNKNOWN_NETWORK'],
  ['a scheme nobody made', { scheme_code: 'MH-9', site_code: 'D-1' }, 'scheme_code', 'UNKNOWN_SCHEME'],
  ['a site of no scheme', { site_code: 'D-9' }, 'site_code', 'UNKNOWN_SITE'],
  ['a code with spaces', { camera_code: 'HG 02' }, 'camera_code', 'CSV_CELL_CODE'],
  ['an address of another protocol', { device_url: 'ftp://10.0.0.1/' }, 'device_url', 'DEVICE_URL_INVALID'],
  [
    'an address with an account in it',
    { device_url: 'http://admin:hunter2@10.0.0.1/' },
    'device_url',
    'DEVICE_URL_WITH_ACCOUNT',
  ],
  ['an ONVIF recorder without address', { device_url: '' }, 'device_url', 'CSV_CELL_MISSING'],
  ['a password without account', { username: '' }, 'password', 'CSV_CELLS_TOGETHER'],
  ['a folder recorder without folder', { recorder_kind: 'thư mục' }, 'folder_path', 'CSV_CELL_MISSING'],
  ['a folder that leads out', { folder_path: '/srv/../etc' }, 'folder_path', 'FOLDER_PATH_INVALID'],
  ['a pattern without time', { folder_pattern: '%Y/%m.mp4' }, 'folder_pattern', 'FOLDER_PATTERN_INVALID'],
  ['a day that is none', { agreement_valid_from: '31/02/2026' }, 'agreement_valid_from', 'CSV_CELL_DATE'],
  [
    'an end before the beginning',
    { agreement_valid_to: '2026-02-01' },
    'agreement_valid_to',
    'CSV_DATES_REVERSED',
  ],
  ['a control character', { camera_name: 'Cổng\u0007' }, 'camera_name', 'CSV_CELL_CONTROL'],
  ['a name that is far too long', { camera_name: 'x'.repeat(201) }, 'camera_name', 'CSV_CELL_TOO_LONG'],
];

describe('a bad row', () => {
  test.each(BROKEN_CELLS)(
    'with %s is reported, and the good rows are kept',
    async (_, cells, column, code) => {
      const bad = { ...GOOD_ROW, camera_code: 'HG-02', ...cells };
      const report = await world.run(register([bad, { ...GOOD_ROW, camera_code: 'HG-03' }]));
      const [problem] = report.rows[0]!.problems;
      expect(problem).toMatchObject({ line: 2, column, code });
      expect(problem!.text.vi).not.toBe(problem!.text.en);
      expect(`${problem!.text.vi}${problem!.text.en}`).not.toMatch(/\{\w+\}/);
      expect([report.created, report.rejected]).toEqual([1, 1]);
      expect(await world.store.cameras.byCode('HG-03')).not.toBeNull();
      expect(await world.store.cameras.byCode('HG-02')).toBeNull();
    },
  );

  test('reports everything that is wrong with it at once', async () => {
    const report = await world.run(register([{ ...GOOD_ROW, kind: '?', latitude: '?', range_m: '?' }]));
    expect(problemsIn(report)).toEqual([
      [2, 'kind', 'CSV_CELL_CHOICE'],
      [2, 'latitude', 'CSV_CELL_NUMBER'],
      [2, 'range_m', 'CSV_CELL_NUMBER'],
    ]);
  });

  test('with a broken quote spoils its own line only', async () => {
    const lines = register([
      { ...GOOD_ROW, camera_code: 'A-1', password: '', username: '' },
      { ...GOOD_ROW, camera_code: 'A-2' },
    ]).split('\r\n');
    lines[1] = lines[1]!.replace('A-1', '"A-1');
    const report = await world.run(lines.join('\r\n'));
    expect(problemsIn(report)).toEqual([[2, null, 'CSV_QUOTE_BROKEN']]);
    expect(await world.store.cameras.byCode('A-2')).not.toBeNull();
  });

  test('that is not UTF-8 spoils its own line only', async () => {
    const text = register([
      { ...GOOD_ROW, camera_name: 'X@X' },
      { ...GOOD_ROW, camera_code: 'A-2' },
    ]);
    const file = bytes(text);
    file[file.indexOf('@'.charCodeAt(0))] = 0xe0;
    expect(problemsIn(await world.run(file))).toEqual([[2, null, 'CSV_NOT_UTF8']]);
  });

  test('with a cell too many is not guessed at', async () => {
    const text = register([GOOD_ROW]).replace('HG-01;', 'HG-01;;');
    expect(problemsIn(await world.run(`${text.trimEnd()}x\r\n`))).toEqual([[2, null, 'CSV_COLUMN_COUNT']]);
  });
});

describe('a folder of recordings', () => {
  const row: Row = {
    ...GOOD_ROW,
    recorder_kind: 'thư mục',
    folder_path: '/srv/recordings/cam-01',
    folder_pattern: '%Y-%m-%d_%H-%M-%S.mp4',
  };

  test.each(['/srv/recordings/cam-01', '/srv/recordings', '/srv/recordings//cam-01/'])(
    'may be %s, below an allowed one',
    async (folder_path) => {
      expect((await world.run(register([{ ...row, folder_path }]))).created).toBe(1);
    },
  );

  test.each(['/etc', '/', '/srv', '/srv/recordings-of-others', '/srv/./recordings2/x'])(
    'may not be %s',
    async (folder_path) => {
      const report = await world.run(register([{ ...row, folder_path }]));
      expect(problemsIn(report)).toEqual([[2, 'folder_path', 'FOLDER_NOT_ALLOWED']]);
      expect(report.rows[0]!.problems[0]!.text.en).toContain('registry.recording_roots');
      expect(await world.store.recorders.byCode('HG-01')).toBeNull();
    },
  );

  test('is refused altogether where the operator allows none', async () => {
    await world.close();
    world = await createWorld({ recording_roots: [] });
    expect(problemsIn(await world.run(register([row])))).toEqual([[2, 'folder_path', 'FOLDER_NOT_ALLOWED']]);
  });

  test('is kept by a row that leaves it empty', async () => {
    await world.run(register([row]));
    const { folder_path: _, ...bare } = row;
    expect((await world.run(register([bare]))).unchanged).toBe(1);
  });
});

describe('rows that contradict each other', () => {
  const nvr = { ...GOOD_ROW, recorder_code: 'NVR-1' };

  test('the same camera twice: the first counts, the second is reported with the line of the first', async () => {
    const report = await world.run(register([GOOD_ROW, { ...GOOD_ROW, camera_name: 'Khác' }]));
    expect(problemsIn(report)).toEqual([[3, 'camera_code', 'CSV_CAMERA_TWICE']]);
    expect(report.rows[1]!.problems[0]!.text.vi).toContain('dòng 2');
    expect((await world.store.cameras.byCode('HG-01'))!.name).toBe(GOOD_ROW.camera_name);
  });

  test('two cameras on one channel', async () => {
    const rows = [nvr, { ...nvr, camera_code: 'HG-02' }];
    expect(problemsIn(await world.run(register(rows)))).toEqual([[3, 'source_token', 'CSV_SOURCE_TWICE']]);
  });

  test('a recorder described in two ways', async () => {
    const rows = [
      { ...nvr, source_token: 'a' },
      { ...nvr, camera_code: 'HG-02', source_token: 'b', device_url: 'http://192.168.1.21/' },
    ];
    const report = await world.run(register(rows));
    expect(problemsIn(report)).toEqual([[3, 'device_url', 'CSV_RECORDER_DISAGREES']]);
    expect(report.created).toBe(1);
  });

  test('a channel that another registered camera has', async () => {
    await world.run(register([{ ...nvr, source_token: 'a' }]));
    const report = await world.run(register([{ ...nvr, camera_code: 'HG-02', source_token: 'a' }]));
    expect(problemsIn(report)).toEqual([[2, 'source_token', 'SOURCE_TAKEN']]);
  });
});

describe("another ward's things", () => {
  const theirs = { ...GOOD_ROW, unit_code: 'DS', recorder_code: 'NVR-DS', source_token: 'a' };
  beforeEach(() => world.run(register([theirs]), 'apply', ['DS']));

  test('are not taken over by naming their camera under a unit of one’s own', async () => {
    const row = { ...theirs, unit_code: 'HT', recorder_code: 'NVR-HT' };
    expect(problemsIn(await world.run(register([row])))).toEqual([[2, 'camera_code', 'FORBIDDEN_UNIT']]);
    expect((await world.store.cameras.byCode('HG-01'))!.unit_id).toBe('DS');
  });

  test('are not changed by naming their recorder for a camera of one’s own', async () => {
    const row = { ...theirs, camera_code: 'HG-02', unit_code: 'HT', source_token: 'b', password: 'khác' };
    expect(problemsIn(await world.run(register([row])))).toEqual([[2, 'recorder_code', 'FORBIDDEN_UNIT']]);
    const recorder = (await world.store.recorders.byCode('NVR-DS'))!;
    const credentials = await world.store.credentials.open(recorder.id, world.secrets);
    expect(credentials?.password).toBe(GOOD_ROW.password);
  });
});

describe("what only an owner's word can change", () => {
  beforeEach(() => world.run(register([GOOD_ROW])));

  test.each(['preview', 'apply'] as const)(
    'a household camera is not made a community one by a file (%s)',
    async (mode) => {
      const report = await world.run(register([{ ...GOOD_ROW, kind: 'cộng đồng' }]), mode);
      expect(problemsIn(report)).toEqual([[2, 'kind', 'CAMERA_KIND_FIXED']]);
      expect(report.rows[0]!.problems[0]!.text.en).toContain('HG-01');
      expect((await world.store.cameras.byCode('HG-01'))!.kind).toBe('household');
    },
  );

  test("a household's recorder gets no community camera by a further line", async () => {
    const row = { ...GOOD_ROW, camera_code: 'CD-01', kind: 'cộng đồng', recorder_code: 'HG-01' };
    const report = await world.run(register([{ ...row, source_token: 'b' }]));
    expect(problemsIn(report)).toEqual([[2, 'recorder_code', 'RECORDER_OF_HOUSEHOLD']]);
    expect(await world.store.cameras.byCode('CD-01')).toBeNull();
  });

  test('a community camera may become a household one, which needs more', async () => {
    const row = { ...GOOD_ROW, camera_code: 'CD-01', device_url: 'http://192.168.1.21/onvif/device_service' };
    await world.run(register([{ ...row, kind: 'cộng đồng' }]));
    const report = await world.run(register([row]));
    expect(report.rows).toMatchObject([{ outcome: 'changed', changes: ['kind'] }]);
  });

  test('an agreement does not pass to another owner with the camera', async () => {
    const other = { ...GOOD_ROW, owner_name: 'Trần Văn Bình', owner_phone: '0987' };
    const { owner_id } = (await world.store.cameras.byCode('HG-01'))!;
    const report = await world.run(register([other]));
    expect(problemsIn(report)).toEqual([[2, 'owner_name', 'CAMERA_OWNER_FIXED']]);
    expect((await world.store.cameras.byCode('HG-01'))!.owner_id).toBe(owner_id);
    const agreed = await world.run(register([{ ...other, agreement_valid_from: '20/11/2026' }]));
    expect(agreed.rows).toMatchObject([{ changes: ['owner_name', 'agreement_mode'] }]);
  });

  test('a new number of the same owner is only a new number', async () => {
    const report = await world.run(register([{ ...GOOD_ROW, owner_phone: '0900 000 000' }]));
    expect(report.rows).toMatchObject([{ outcome: 'changed', changes: ['owner_name'] }]);
  });
});

describe('secrets', () => {
  test('are in no report and in no audit event, however wrong the row is', async () => {
    const secret = 'Bí-mật-9931';
    const rows: Row[] = [
      { ...GOOD_ROW, password: secret },
      { ...GOOD_ROW, camera_code: 'B', password: secret, username: '' },
      { ...GOOD_ROW, camera_code: 'C', password: `${secret}\u0007` },
      { ...GOOD_ROW, camera_code: 'D', password: secret.repeat(20) },
      { ...GOOD_ROW, camera_code: 'E', device_url: `http://a:${secret}@h/` },
      { ...GOOD_ROW, camera_code: 'F', recorder_code: 'HG-01', password: `${secret}2`, source_token: 'z' },
    ];
    const report = await world.run(register(rows));
    const shifted = await world.run(register([{ ...GOOD_ROW, password: secret }]).replaceAll(';admin;', ';'));
    expect(report.rejected + shifted.rejected).toBe(6);
    const trail = await world.store.audit.list({}, { limit: 100, after: null });
    expect(JSON.stringify([report, shifted, trail])).not.toContain('9931');
  });
});

describe('a file that cannot be used', () => {
  async function codeOf(file: string | Uint8Array): Promise<string> {
    try {
      await world.run(file);
      return 'accepted';
    } catch (error) {
      return isCoded(error) ? error.code : String(error);
    }
  }

  test.each([
    ['empty', ''],
    ['of a header only', register([])],
  ])('%s', async (_, file) => {
    expect(await codeOf(file)).toBe('CSV_EMPTY');
  });

  test('of too many rows', async () => {
    const rows = Array.from({ length: 20_001 }, () => ({ camera_code: 'A' }));
    expect(await codeOf(register(rows))).toBe('CSV_TOO_MANY_ROWS');
  });
});
