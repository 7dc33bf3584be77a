import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { vtestFromOpencvDoc } from '../src/index.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** A package of our own and a stand-in for `apt-get download` replace the network. */
const folder = temporaryFolder();
const PATH = process.env.PATH ?? '';

afterEach(() => {
  process.env.PATH = PATH;
});

function packageWith(name: string, files: Record<string, Buffer>): string {
  const root = join(folder, name);
  mkdirSync(join(root, 'DEBIAN'), { recursive: true });
  const control = 'Package: opencv-doc\nVersion: 1\nArchitecture: all\nMaintainer: t <t@t>\nDescription: t\n';
  writeFileSync(join(root, 'DEBIAN/control'), control);
  const data = join(root, 'usr/share/doc/opencv-doc/examples/data');
  mkdirSync(data, { recursive: true });
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(data, file), bytes);
  const package_path = join(folder, `${name}.deb`);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', root, package_path], {
    stdio: 'ignore',
  });
  return package_path;
}

/** Puts a script named `apt-get` in front of the real one. */
function aptGet(name: string, script: string): void {
  const bin = join(folder, `bin-${name}`);
  mkdirSync(bin);
  writeFileSync(join(bin, 'apt-get'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'apt-get'), 0o755);
  process.env.PATH = `${bin}:${PATH}`;
}

const VIDEO = Buffer.alloc(300_000, 'RIFF');

test.each([
  ['plain', { 'vtest.avi': VIDEO, 'tree.avi': Buffer.from('another') }],
  ['gzipped', { 'vtest.avi.gz': gzipSync(VIDEO) }],
])('the sample is taken out of the package when it is %s', async (name, files) => {
  aptGet(name, `cp ${packageWith(name, files)} .`);
  const cache_dir = join(folder, `cache-${name}`);
  const path = await vtestFromOpencvDoc(cache_dir);
  expect(readFileSync(path).equals(VIDEO)).toBe(true);
  expect(readdirSync(cache_dir)).toEqual(['vtest.avi']);
});

test('a second call does without apt', async () => {
  const cache_dir = join(folder, 'cache-kept');
  mkdirSync(cache_dir);
  writeFileSync(join(cache_dir, 'vtest.avi'), VIDEO);
  aptGet('unused', 'exit 1');
  expect(await vtestFromOpencvDoc(cache_dir)).toBe(join(cache_dir, 'vtest.avi'));
});

test.each([
  [
    'apt knows no such package',
    'echo "E: Unable to locate package opencv-doc" >&2; exit 100',
    /Unable to locate/,
  ],
  ['nothing was downloaded', 'exit 0', /downloaded nothing/],
  ['the package is broken', 'echo broken > a.deb', /tar/],
])('when %s the reason is told in both languages and nothing is left', async (name, script, reason) => {
  aptGet(name.replaceAll(' ', '-'), script);
  const cache_dir = join(folder, `cache-${name}`);
  const error = await vtestFromOpencvDoc(cache_dir).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'SAMPLE_UNAVAILABLE' });
  expect(error.texts.en).toMatch(reason);
  expect(error.texts.vi).toMatch(/apt-get update/);
  expect(readdirSync(cache_dir)).toEqual([]);
});
