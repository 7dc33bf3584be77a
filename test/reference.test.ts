import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeSettings, loadSettings } from '@minhchung/settings';
import { describe, expect, it } from 'vitest';
import { explainedOptions } from '../scripts/reference.d/configuration.ts';
import { renderManifest } from '../scripts/reference.d/manifest.ts';
import { table } from '../scripts/reference.d/markdown.ts';
import { ROOT, readPages } from '../scripts/reference.d/pages.ts';

const run = promisify(execFile);
const MINHCHUNG = join(ROOT, 'services/gateway/bin/minhchung');

describe('the reference in docs/ref', () => {
  it('says what the code says; else run ./scripts/reference', async () => {
    for (const { path, text } of await readPages()) {
      expect(await readFile(join(ROOT, path), 'utf8'), path).toBe(text);
    }
  });

  it('explains every option there is, once, in order', async () => {
    const yaml = await readFile(join(ROOT, 'config/default.yaml'), 'utf8');
    const explained = explainedOptions(yaml).map(({ option }) => option);
    expect(explained).toEqual(describeSettings(loadSettings()).map(({ option }) => option));
  });

  it('tells every command and every option of the command line', async () => {
    const commands_page = await readFile(join(ROOT, 'docs/ref/commands.md'), 'utf8');
    const missing: string[] = [];
    const look = async (...words: readonly string[]): Promise<void> => {
      const { stdout } = await run(MINHCHUNG, [...words, '--help']);
      const command = ['minhchung', ...words].join(' ');
      const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z]+)/gm)].map(([, option = '']) => option);
      missing.push(
        ...[command, ...options]
          .filter((one) => !commands_page.includes(one))
          .map((one) => `${command}: ${one}`),
      );
      const listed = /^Commands:\n((?: {2}.*\n?)+)/m.exec(stdout)?.[1] ?? '';
      const names = [...listed.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name);
      const below = names.filter((one) => one !== 'help');
      await Promise.all(below.map((name) => look(...words, name)));
    };
    await look();
    expect(missing).toEqual([]);
  }, 120_000);
});

describe('the generator', () => {
  it('keeps bars and line ends in a cell from breaking the table', () => {
    expect(table(['a'], [['x|y\nz']])).toBe('| a |\n| --- |\n| x\\|y z |');
  });

  it('gives an option the comment above it, and shares one between options with a common word', () => {
    const yaml = '# Where.\npart:\n  # The tools.\n  a_path: a\n  b_path: b\n  other: 1\n';
    expect(explainedOptions(yaml)).toEqual([
      { option: 'part.a_path', default_text: 'a', meaning: 'The tools.' },
      { option: 'part.b_path', default_text: 'b', meaning: 'The tools.' },
      { option: 'part.other', default_text: '1', meaning: '' },
    ]);
  });

  it('refuses a field of the manifest without a meaning, and a meaning without a field', () => {
    const schema = { $id: 'urn:test', $defs: {}, properties: { a: { type: 'string' } } };
    expect(() => renderManifest(schema, {})).toThrow('missing a');
    expect(() => renderManifest(schema, { a: 'A.', b: 'B.' })).toThrow('without a field b');
  });
});
