import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDocument, visit } from 'yaml';
import { allOptions } from './check.ts';
import {
  DEFAULT_SETTINGS_FILE,
  describeSettings,
  loadSettings,
  readSecretFile,
  SettingsError,
} from './index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode });
  return path;
}

function problemsOf(load: () => unknown) {
  try {
    load();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  throw new Error('the settings were accepted');
}

test('the defaults alone are valid and complete', () => {
  const settings = loadSettings();
  expect(settings.api.port).toBe(8080);
  expect(describeSettings(settings).map((one) => one.option)).toContain('archive.s3.bucket');
});

test('every option there is stands in the commented defaults', () => {
  const document = parseDocument(readFileSync(DEFAULT_SETTINGS_FILE, 'utf8'));
  const written: string[] = [];
  visit(document, {
    Pair(_key, pair, path) {
      const name = [...path, pair]
        .flatMap((node) => ('key' in (node as object) ? [String((node as { key: unknown }).key)] : []))
        .join('.');
      written.push(name);
    },
  });
  expect(written.filter((name) => allOptions().includes(name)).sort()).toEqual(allOptions().sort());
});

test('a site file goes over the defaults and the environment over both', () => {
  const site = file('site.yaml', 'api:\n  port: 9000\n  session_hours: 8\n');
  const settings = loadSettings({
    files: [site],
    env: { MINHCHUNG_API__PORT: '9443', MINHCHUNG_POLLER__NETWORKS: '[lan-1, lan-2]', PATH: '/bin' },
  });
  expect(settings.api.port).toBe(9443);
  expect(settings.api.session_hours).toBe(8);
  expect(settings.api.host).toBe('127.0.0.1');
  expect(settings.poller.networks).toEqual(['lan-1', 'lan-2']);
});

test('an unknown option is refused with the nearest right name', () => {
  const site = file('typo.yaml', 'api:\n  prot: 9000\n');
  expect(problemsOf(() => loadSettings({ files: [site] }))).toEqual([
    {
      source: site,
      option: 'api.prot',
      message: {
        vi: 'không có mục này; có phải api.port?',
        en: 'is not an option; did you mean api.port?',
      },
    },
  ]);
});

test('an option in the wrong group is pointed to its own', () => {
  const problems = problemsOf(() => loadSettings({ env: { MINHCHUNG_STORE__BUCKET: 'x' } }));
  expect(problems[0]).toMatchObject({
    source: 'MINHCHUNG_STORE__BUCKET',
    message: { en: expect.stringContaining('archive.s3.bucket') },
  });
});

test('all mistakes are told at once, each with its source and what is allowed', () => {
  const site = file('bad.yaml', 'api:\n  port: 70000\nextraction:\n  workers: many\n');
  const problems = problemsOf(() =>
    loadSettings({ files: [site], env: { MINHCHUNG_STORE__ENGINE: 'oracle' } }),
  );
  expect(problems.map(({ source, option, message }) => [source, option, message.en])).toEqual([
    ['MINHCHUNG_STORE__ENGINE', 'store.engine', '"oracle": must be one of: sqlite, postgres'],
    [site, 'api.port', '70000: must be 65535 or less'],
    [site, 'extraction.workers', '"many": must be a whole number'],
  ]);
});

test('what one option demands of another is checked', () => {
  const problems = problemsOf(() => loadSettings({ env: { MINHCHUNG_ARCHIVE__KIND: 's3' } }));
  expect(problems.map((one) => one.option)).toEqual([
    'archive.s3.endpoint',
    'archive.s3.bucket',
    'archive.s3.access_key_id_file',
    'archive.s3.secret_access_key_file',
  ]);
});

test('a file that is missing or not YAML is named', () => {
  expect(() => loadSettings({ files: [join(folder, 'none.yaml')] })).toThrow(/none\.yaml/);
  expect(() => loadSettings({ files: [file('broken.yaml', 'api: [')] })).toThrow(/broken\.yaml/);
  expect(() => loadSettings({ files: [file('list.yaml', '- a')] })).toThrow(/list\.yaml/);
});

test('paths are absolute, below data_dir', () => {
  const settings = loadSettings({ env: { MINHCHUNG_DATA_DIR: join(folder, 'data') } });
  expect(settings.store.path).toBe(join(folder, 'data', 'minhchung.db'));
  expect(settings.keys.dir).toBe(join(folder, 'data', 'keys'));
  expect(loadSettings().data_dir).toBe(resolve('.minhchung'));
});

test('folders of recordings are absolute, in one form, and never the whole file system', () => {
  const rootsOf = (text: string) =>
    loadSettings({ env: { MINHCHUNG_REGISTRY__RECORDING_ROOTS: text } }).registry.recording_roots;
  expect(loadSettings().registry.recording_roots).toEqual([]);
  expect(rootsOf('[/srv/a/, /srv//.b]')).toEqual(['/srv/a', '/srv/.b']);
  for (const text of ['[recordings]', '[/]', '[//]', '[/srv/..]', '[/.]', '/srv']) {
    const [problem] = problemsOf(() => rootsOf(text));
    expect(problem?.option).toContain('registry.recording_roots');
  }
});

test('settings cannot be changed, at any depth', () => {
  const settings = loadSettings();
  expect(() => {
    (settings.api.sign_in as { window_minutes: number }).window_minutes = 1;
  }).toThrow(TypeError);
});

test('a secret is read from its file, without the line end', () => {
  expect(readSecretFile('store.connection_string_file', file('secret', 'postgres://u:p@h/d\n'))).toBe(
    'postgres://u:p@h/d',
  );
});

test('a secret file open to others, empty or missing is refused without showing its content', () => {
  for (const path of [file('open', 'hunter2', 0o644), file('empty', ''), join(folder, 'none')]) {
    try {
      readSecretFile('archive.s3.secret_access_key_file', path);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'SECRET_FILE_UNREADABLE' });
      expect(String(error)).not.toContain('hunter2');
    }
  }
});

test('blocks of addresses for devices are checked, and named by their place', () => {
  expect(loadSettings().devices.allowed_networks).toContain('192.168.0.0/16');
  const [problem] = problemsOf(() =>
    loadSettings({ env: { MINHCHUNG_DEVICES__ALLOWED_NETWORKS: '[10.0.0.0/8, 10.0.0.0/64]' } }),
  );
  expect(problem?.option).toBe('devices.allowed_networks.1');
  expect(problem?.message.en).toContain('10.0.0.0/64');
});
