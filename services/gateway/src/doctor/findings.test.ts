import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '@minhchung/settings';
import { expect, test } from 'vitest';
import { examineApi } from './api.ts';
import { nodeFinding } from './machine.ts';
import { encoderFinding, sandboxFinding, toolFinding } from './media.ts';
import { keyFindings } from './storage.ts';

test.each([
  ['22.13.1', 'bad'],
  ['22.14.0', 'good'],
  ['24.21.0', 'good'],
  ['20.19.0', 'bad'],
])('Node %s is %s', (version, verdict) => {
  expect(nodeFinding(version).verdict).toBe(verdict);
});

test.each([
  ['ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026', 'good'],
  ['ffmpeg version n7.1 Copyright', 'good'],
  ['ffmpeg version 4.4.2-0ubuntu Copyright', 'bad'],
  ['ffmpeg version N-112 Copyright', 'unknown'],
  [null, 'bad'],
])('a tool that says "%s" is %s', (text, verdict) => {
  expect(toolFinding('ffmpeg', text).verdict).toBe(verdict);
});

test('an ffmpeg without libx264 is told, with how to get one', () => {
  expect(encoderFinding(' V....D libx264              libx264 H.264').verdict).toBe('good');
  expect(encoderFinding(' V....D mpeg4').text.en).toContain('apt-get install');
});

test('a limit of the sandbox is told in words, with what would make it hold', () => {
  const network = { limit: 'no_network', by: 'unshare --net' } as const;
  expect(sandboxFinding({ ...network, holds: true })).toMatchObject({
    about: 'sandbox.no_network',
    verdict: 'good',
    text: { en: 'Media tools reach no network (unshare --net)' },
  });
  const missing = sandboxFinding({ ...network, holds: false });
  expect(missing.verdict).toBe('warn');
  expect(missing.text.vi).toContain('không dùng được mạng; cần: unshare --net');
});

test('keys that others can read are named, public ones may be read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'));
  const keys = join(folder, 'keys');
  await mkdir(keys, { mode: 0o700 });
  await writeFile(join(keys, 'a.public.pem'), '', { mode: 0o644 });
  await writeFile(join(keys, 'a.private.pem'), '', { mode: 0o600 });
  expect((await keyFindings(keys)).map((one) => one.verdict)).toEqual(['good']);
  await chmod(join(keys, 'a.private.pem'), 0o640);
  const [bad] = await keyFindings(keys);
  expect(bad?.verdict).toBe('bad');
  expect(bad?.text.en).toContain('a.private.pem');
  await rm(folder, { recursive: true });
});

test.each([
  [{}, 'good'],
  [{ MINHCHUNG_API__HOST: '0.0.0.0' }, 'warn'],
  [{ MINHCHUNG_API__PUBLIC_ORIGIN: 'http://minhchung.example.vn' }, 'warn'],
  [{ MINHCHUNG_API__PUBLIC_ORIGIN: 'https://minhchung.example.vn' }, 'warn'],
  [
    {
      MINHCHUNG_API__PUBLIC_ORIGIN: 'https://minhchung.example.vn',
      MINHCHUNG_API__TRUSTED_PROXIES: '[127.0.0.1]',
    },
    'good',
  ],
])('an API set up by %j is %s', (env, verdict) => {
  expect(examineApi(loadSettings({ env })).map((one) => one.verdict)).toEqual([verdict]);
});
