import { describe, expect, it } from 'vitest';
import { isPackageFileName } from './file-name.ts';

describe('a file name inside a package', () => {
  it.each(['manifest.json', 'SHA256SUMS', 'master-1.mp4', 'native/REC_0001.avi', 'a', 'x'.repeat(100)])(
    'may be %s',
    (name) => {
      expect(isPackageFileName(name)).toBe(true);
    },
  );

  it.each([
    '',
    '.',
    '..',
    '../x',
    'a/../b',
    '/etc/passwd',
    '.hidden',
    '-rf',
    'a//b',
    'a/',
    'a/b/c',
    'a\\b',
    'tệp.mp4',
    'a b',
    'a\nb',
    'a.',
    'con',
    'NUL.txt',
    'x'.repeat(101),
  ])('may not be %j', (name) => {
    expect(isPackageFileName(name)).toBe(false);
  });
});
