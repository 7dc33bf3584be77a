import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runForTest } from './run-command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-'));
});
afterEach(() => rm(folder, { recursive: true }));

const run = (args: readonly string[], input = '') => runForTest(args, { MINHCHUNG_DATA_DIR: folder }, input);

async function addProvince() {
  return run(['unit', 'add', '--code', 'TH', '--name', 'Thanh Hoá', '--level', 'province', '--json']);
}

const ADD_USER = ['user', 'add', '--login', 'an', '--badge', 'CA-1', '--name', 'Nguyễn Văn An'];

test('help names every command, gives first steps and explains the exit codes', async () => {
  const { out, code } = await run(['--help']);
  expect(code).toBe(0);
  for (const word of [
    'serve',
    'migrate',
    'poll',
    'extract',
    'verify',
    'report',
    'user',
    'unit',
    'doctor',
    'settings',
  ]) {
    expect(out).toContain(word);
  }
  expect(out).toMatch(/First steps[\s\S]*Exit codes/);
});

test('an unknown command is answered with the nearest one, and exit code 2', async () => {
  const { err, code } = await run(['reprot']);
  expect(err).toContain('Did you mean report?');
  expect(code).toBe(2);
});

test('wrong settings end the command with exit code 2 and say which', async () => {
  const { err, code } = await run(['migrate', '--config', join(folder, 'none.yaml')]);
  expect(err).toMatch(/SETTINGS_FILE_UNREADABLE[\s\S]*none\.yaml/);
  expect(code).toBe(2);
});

test('settings are printed as they are in force', async () => {
  const file = await siteFile('api:\n  port: 9000\n');
  expect((await run(['settings', '--config', file])).out).toContain('api.port: 9000');
  expect((await run(['settings', '--json'])).json()).toMatchObject({ data_dir: folder, api: { port: 8080 } });
});

test('migrate brings a new database up to date, once', async () => {
  expect((await run(['migrate', '--json'])).json().applied.length).toBeGreaterThan(0);
  expect((await run(['migrate', '--json'])).json()).toEqual({ applied: [] });
});

test('a user is added with the password from standard input', async () => {
  await addProvince();
  const { code, out } = await run([...ADD_USER, '--role', 'officer@TH'], 'một câu dễ nhớ\n');
  expect(code).toBe(0);
  expect(out).not.toContain('dễ nhớ');
});

test('a generated password is shown once and long enough', async () => {
  await addProvince();
  const { json } = await run([...ADD_USER, '--role', 'officer@TH', '--generate', '--json']);
  expect(json().password.length).toBeGreaterThanOrEqual(20);
});

test('two accounts of one badge belong to one person', async () => {
  await addProvince();
  const first = await run([...ADD_USER, '--role', 'officer@TH', '--generate', '--json']);
  const other = ADD_USER.map((word) => (word === 'an' ? 'an.duyet' : word));
  const second = await run([...other, '--role', 'approver@TH', '--generate', '--json']);
  expect(second.json().person_id).toBe(first.json().person_id);
});

test('a badge number that belongs to somebody else is refused', async () => {
  await addProvince();
  await run([...ADD_USER, '--role', 'officer@TH', '--generate']);
  const other = ADD_USER.map((word) => ({ an: 'binh', 'Nguyễn Văn An': 'Trần Thị Bình' })[word] ?? word);
  const { err, code } = await run([...other, '--role', 'approver@TH', '--generate']);
  expect(err).toContain('badge CA-1 belongs to Nguyễn Văn An');
  expect(code).toBe(2);
});

test.each([
  ['a role that is none', ['--role', 'boss@TH'], 2, 'boss@TH'],
  ['a unit that is none', ['--role', 'officer@XX'], 3, 'XX'],
  [
    'a password on the command line',
    ['--role', 'officer@TH', '--password', 'x'],
    2,
    "unknown option '--password'",
  ],
])('%s is refused', async (_what, args, code, says) => {
  await addProvince();
  const answer = await run([...ADD_USER, ...args], 'một câu dễ nhớ\n');
  expect(answer.err).toContain(says);
  expect(answer.code).toBe(code);
});

test('with --json an error is an object as well', async () => {
  const { json, code } = await run([
    'user',
    'add',
    '--json',
    ...ADD_USER.slice(2),
    '--role',
    'officer@XX',
    '--generate',
  ]);
  expect(json()).toMatchObject({ error: { code: 'UNKNOWN_UNIT', details: { unit: 'XX' } } });
  expect(code).toBe(3);
});

test('a role of the process that does not exist is answered with the nearest', async () => {
  const { err, code } = await run(['serve', '--roles', 'extracter']);
  expect(err).toContain('did you mean extractor?');
  expect(code).toBe(2);
});

test('counts of nothing are noughts, side by side', async () => {
  const { json } = await run(['report', 'counts', '--json']);
  expect(json()).toMatchObject({
    totals: { requests: 0, requested: 0, approved: 0, delivered: 0 },
    months: [],
  });
});

test('the yearly sentence is printed for a year, and only for a year', async () => {
  await addProvince();
  expect((await run(['report', 'year', '2026'])).out).toMatch(
    /^Năm 2026: 0 mô hình[\s\S]*In 2026: 0 security/,
  );
  expect((await run(['report', 'year', 'last'])).code).toBe(2);
});

test('the network report lists cameras, schemes and clocks', async () => {
  const { json } = await run(['report', 'network', '--cameras', '--json']);
  expect(json()).toMatchObject({ all: { cameras: 0 }, cameras: [], schemes: [] });
});

test('a report names the unit it does not know', async () => {
  const { err } = await run(['report', 'requests', '--unit', 'XX']);
  expect(err).toContain('UNKNOWN_UNIT');
});

test('the network report is read in Vietnamese first, in English when asked for', async () => {
  const vi = await run(['report', 'network']);
  expect(vi.out).toContain('TÌNH TRẠNG MẠNG CAMERA');
  expect(vi.out).toContain('VIỆC CẦN LÀM');
  const en = await run(['report', 'network', '--language', 'en']);
  expect(en.out).toContain('STATE OF THE CAMERA NETWORK');
});

test('the work list of an empty network is empty, and clocks are asked of recorders that exist', async () => {
  expect((await run(['worklist'])).out).toContain('Không có việc nào.');
  expect((await run(['worklist', '--json'])).json()).toEqual({ findings: [], has_more: false });
  expect((await run(['clock', 'offset', '--recorder', 'X'])).err).toContain('NOT_FOUND');
});

test('a sweep over no network and an extraction of nothing end well', async () => {
  expect((await run(['poll', '--json'])).json()).toMatchObject({ recorders: 0, faults: 0 });
  expect((await run(['extract', '--json'])).json()).toEqual({ attempts: 0 });
});

test('verify ends with exit code 1 when there is no package', async () => {
  const { json, code } = await run(['verify', join(folder, 'nothing'), '--json']);
  expect(json()).toMatchObject({ ok: false, path: join(folder, 'nothing') });
  expect(code).toBe(1);
});

test('doctor tells a missing ffmpeg in both languages, with how to get it, and ends with 1', async () => {
  const { json, code } = await run([
    'doctor',
    '--json',
    '--config',
    await siteFile('media:\n  ffmpeg_path: /nowhere/ffmpeg\n'),
  ]);
  expect(code).toBe(1);
  expect(json().findings.find((one: { about: string }) => one.about === 'ffmpeg')).toEqual({
    about: 'ffmpeg',
    verdict: 'bad',
    text: {
      vi: 'Thiếu ffmpeg. Cài: apt-get install ffmpeg',
      en: 'ffmpeg is missing. Install it: apt-get install ffmpeg',
    },
  });
});

async function siteFile(content: string): Promise<string> {
  const file = join(folder, 'site.yaml');
  await writeFile(file, content);
  return file;
}
