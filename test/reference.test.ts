import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeSettings, loadSettings } from '@minhchung/settings';
import { describe, expect, it } from 'vitest';
import { everyCommandHelp } from '../scripts/reference.d/command-help.ts';
import { explainedOptions } from '../scripts/reference.d/configuration.ts';
import { renderManifest } from '../scripts/reference.d/manifest.ts';
import { table } from '../scripts/reference.d/markdown.ts';
import { ROOT, readPages } from '../scripts/reference.d/pages.ts';

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

  it('finds the commands below commands, with their options', async () => {
    const commands = await everyCommandHelp();
    const help = new Map(commands.map((one) => [one.command, one.help]));
    expect(help.get('minhchung unit add')).toContain('--parent <code>');
    expect(help.get('minhchung keys rotate-credentials')).toContain('--destroy-old');
    expect(help.get('minhchung import cameras')).toContain('--preview');
    expect(commands.every((one) => one.help.includes('Usage: minhchung'))).toBe(true);
  });
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
