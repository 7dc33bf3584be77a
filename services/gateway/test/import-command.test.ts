import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@minhchung/store';
import { readTableFile } from '@minhchung/tables';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_ROW, register } from '../../registry/test/register.ts';
import { runForTest } from './run-command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
  await run('unit', 'add', '--code', 'TH', '--name', 'Thanh Hoá', '--level', 'province');
  await run('unit', 'add', '--code', 'HT', '--name', 'Phường Hạc Thành', '--level', 'ward', '--parent', 'TH');
  await addUser('tech', 'technician@HT');
  await inStore((store) => store.networks.create({ id: 'LAN', code: 'LAN', name: 'Mạng phường', cidrs: [] }));
});
afterEach(() => rm(folder, { recursive: true }));

const run = (...args: readonly string[]) => runForTest(args, { MINHCHUNG_DATA_DIR: folder });

const addUser = (login: string, role: string) =>
  run(
    'user',
    'add',
    '--login',
    login,
    '--badge',
    `B-${login}`,
    '--name',
    login,
    '--role',
    role,
    '--generate',
  );

async function inStore<T>(use: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  const settings = (await run('settings', '--json')).json();
  const store = await openStore({ engine: 'sqlite', path: settings.store.path });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function listFile(rows: Parameters<typeof register>[0], headings = {}): Promise<string> {
  const file = join(folder, 'danh-sach.csv');
  await writeFile(file, register(rows, { headings }));
  return file;
}

const BAD = { ...GOOD_ROW, camera_code: 'HG-02', latitude: 'xa' };

describe('minhchung import cameras', () => {
  test('previews with the cell of every problem, writes nothing, and ends with 1', async () => {
    const file = await listFile([GOOD_ROW, BAD]);
    const { out, code } = await run('import', 'cameras', file, '--preview', '--account', 'tech');
    expect(out).toMatch(
      /G3 "xa" CSV_CELL_NUMBER\n.*Vĩ độ[\s\S]*new 1, .*refused 1[\s\S]*nothing was written/,
    );
    expect(code).toBe(1);
    expect(await inStore((store) => store.cameras.byCode('HG-01'))).toBeNull();
  });

  test('applies the good rows under the name of the account, and hands the wrong ones back', async () => {
    const errors = join(folder, 'loi.xlsx');
    const file = await listFile([GOOD_ROW, BAD]);
    const { code, json } = await run(
      ...['import', 'cameras', file, '--apply', '--account', 'tech', '--errors', errors, '--json'],
    );
    expect([code, json().created, json().rejected]).toEqual([1, 1, 1]);
    const [sheet] = (await readTableFile(await readFile(errors))).sheets;
    expect(sheet!.rows).toHaveLength(2);
    expect((await stat(errors)).mode & 0o077).toBe(0);
    const trail = await inStore((store) =>
      store.audit.list({ act: 'camera.import' }, { limit: 5, after: null }),
    );
    const account = await inStore((store) => store.people.accountByLogin('tech'));
    expect(trail.rows.map(({ account_id }) => account_id)).toEqual([account!.account.id]);
  });

  test('takes all or nothing, a mapping, and ends with 0 when nothing is wrong', async () => {
    const file = await listFile([GOOD_ROW], { camera_name: 'Địa bàn' });
    const args = ['import', 'cameras', file, '--apply', '--rows', 'all', '--account', 'tech', '--json'];
    expect((await run(...args)).json().file_problems).toHaveLength(1);
    const done = await run(...args, '--mapping', 'Địa bàn=camera_name', '--mapping', 'range_m=-');
    expect([done.code, done.json().created]).toEqual([0, 1]);
    expect((await run(...args)).json()).toMatchObject({ unchanged: 1, file_problems: [] });
  });

  test.each([
    ['neither preview nor apply', [], 2, '--preview or --apply'],
    ['no such account', ['--preview', '--account', 'nobody'], 3, 'NOT_FOUND'],
    ['an account that may not', ['--preview', '--account', 'officer'], 3, 'FORBIDDEN'],
    ['a mapping without field', ['--preview', '--account', 'tech', '--mapping', 'A'], 2, 'COLUMN=FIELD'],
  ])('is refused with %s', async (_what, args, code, says) => {
    await addUser('officer', 'officer@HT');
    const account = args.includes('--account') ? [] : ['--account', 'tech'];
    const answer = await run('import', 'cameras', await listFile([GOOD_ROW]), ...args, ...account);
    expect([answer.code, answer.err]).toEqual([code, expect.stringContaining(says)]);
  });

  test('names a file that cannot be read', async () => {
    const answer = await run(
      'import',
      'cameras',
      join(folder, 'none.xlsx'),
      '--preview',
      '--account',
      'tech',
    );
    expect([answer.code, answer.err]).toEqual([2, expect.stringContaining('none.xlsx')]);
  });
});

test('what minhchung export cameras writes can be imported again and changes nothing', async () => {
  await run('import', 'cameras', await listFile([GOOD_ROW]), '--apply', '--account', 'tech');
  for (const name of ['out.xlsx', 'out.csv']) {
    const out = join(folder, name);
    expect((await run('export', 'cameras', '--out', out, '--account', 'tech')).code).toBe(0);
    const again = await run('import', 'cameras', out, '--apply', '--account', 'tech', '--json');
    expect(again.json()).toMatchObject({ unchanged: 1, rows_total: 1 });
  }
  const none = join(folder, 'none.csv');
  await run('export', 'cameras', '--out', none, '--account', 'tech', '--kind', 'community');
  expect(await readFile(none, 'utf8')).not.toContain('HG-01');
});
