import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatReport, type Report, verifyPackage } from '@minhchung/verify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { replace } from './forge.ts';
import { createPackageFixture, type PackageFixture } from './package-fixture.ts';

let fixture: PackageFixture;
let original: string;
let home: string;
let folder: string;

beforeAll(async () => {
  fixture = await createPackageFixture();
  original = await fixture.make();
});
afterAll(() => fixture.remove());
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'minhchung-stranger-'));
  folder = join(home, 'package');
  cpSync(original, folder, { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true }));

function failuresOf(report: Report): string[] {
  return [...new Set(report.checks.filter((check) => !check.ok).map((check) => check.code))].sort();
}

async function verified(public_keys: readonly Uint8Array[] = [fixture.signer.public_key]) {
  return verifyPackage(folder, { public_keys });
}

const at = (name: string) => join(folder, name);

describe('a folder that is not the package', () => {
  it.each<[string, string[], () => void]>([
    ['a file more', ['file_unlisted'], () => writeFileSync(at('extra.txt'), '')],
    ['a file in a folder more', ['file_unlisted'], () => addNested('native/extra.txt')],
    ['a hidden file', ['file_names'], () => writeFileSync(at('.hidden'), '')],
    ['a file too deep', ['file_names'], () => addNested('a/b/c.txt')],
    ['a name that is not allowed', ['file_names'], () => writeFileSync(at('tệp.txt'), '')],
    ['a pipe', ['file_names'], () => execFileSync('mkfifo', [at('pipe')])],
    ['a link in place of a file', ['file_names', 'file_present'], () => relink('playable-1.mp4')],
    ['a link to a folder', ['file_names'], () => symlinkSync(tmpdir(), at('native'))],
    ['a file missing', ['file_present'], () => unlinkSync(at('playable-1.mp4'))],
    ['a file renamed', ['file_present', 'file_unlisted'], () => renameSync(at('VERIFY.md'), at('verify.md'))],
    ['no signature', ['signature'], () => unlinkSync(at('SHA256SUMS.sig'))],
    [
      'a signature too long to read',
      ['signature'],
      () => writeFileSync(at('SHA256SUMS.sig'), Buffer.alloc(1e6)),
    ],
    ['no manifest', ['file_present', 'manifest_form'], () => unlinkSync(at('manifest.json'))],
    ['two files swapped', ['file_hash', 'frames_cover_found', 'manifest_files', 'master_container'], swap],
  ])('is told apart by %s', async (_, expected, change) => {
    change();
    expect(failuresOf(await verified())).toEqual([...expected].sort());
  });

  it('is told apart when it is no folder', async () => {
    rmSync(folder, { recursive: true });
    expect(failuresOf(await verified())).toEqual(['folder']);
    writeFileSync(folder, '');
    expect(failuresOf(await verified())).toEqual(['folder']);
  });

  it('has all its untruths listed, not only the first', async () => {
    unlinkSync(at('SHA256SUMS'));
    writeFileSync(at('extra.txt'), '');
    writeFileSync(at('manifest.json'), '{}');
    const expected = ['file_unlisted', 'manifest_form', 'signature', 'sums_form'];
    expect(failuresOf(await verified())).toEqual(expected);
  });
});

describe('the key', () => {
  it('is the given one, and nothing is said against it', async () => {
    const report = await verified();
    expect(report).toMatchObject({ ok: true, key: { key_id: fixture.signer.key_id, origin: 'given' } });
    expect(report.notes.map((note) => note.en)).toEqual([
      expect.stringContaining('Attested by the operator only'),
    ]);
  });

  it('is the enclosed one when none is given, and the report says what that proves', async () => {
    const report = await verified([]);
    expect(report).toMatchObject({ ok: true, key: { origin: 'package' } });
    expect(report.notes[0]!.en).toContain('integrity, not origin');
  });

  it('is found among several', async () => {
    expect((await verified([new Uint8Array(32), fixture.signer.public_key])).ok).toBe(true);
  });

  it('that is another one does not verify', async () => {
    expect(failuresOf(await verified([new Uint8Array(32).fill(7)]))).toEqual(['signature']);
  });

  it('enclosed that is not the one that signed is pointed out', async () => {
    const other = readFileSync(at('public-key.pem'), 'utf8').replace(/.{8}=\n/, 'AAAAAAA=\n');
    await replace(folder, fixture.signer, 'public-key.pem', Buffer.from(other));
    expect(failuresOf(await verified())).toEqual(['manifest_files', 'package_key']);
  });
});

describe('the report', () => {
  it('names the package and ends with the verdict, in both languages', async () => {
    const text = formatReport(await verified());
    expect(text).toContain(
      'Gói pkg-0001: yêu cầu YC-00042/2026, hồ sơ HS-17/2026, camera HT-07 Ngã tư Đông Vệ',
    );
    expect(text).toContain('KẾT LUẬN: gói nguyên vẹn');
    expect(text.trimEnd()).toMatch(/VERDICT: the package is whole, everything checked is true\.$/);
    expect(formatReport(await verified(), 'vi')).not.toContain('VERDICT');
    expect(formatReport(await verified(), 'en')).not.toContain('KẾT LUẬN');
  });

  it('counts the untruths and names the file', async () => {
    writeFileSync(at('playable-1.mp4'), 'changed');
    const text = formatReport(await verified(), 'en');
    expect(text).toMatch(/^WRONG {2}playable-1\.mp4: The file has changed/m);
    expect(text).toMatch(/NOT valid, 3 untruths/);
  });

  it('lets no name from the package speak to the terminal', async () => {
    writeFileSync(at('evil\u001b[2J\u202e.txt'), '');
    const text = formatReport(await verified());
    expect(text).toContain('evil\uFFFD[2J\uFFFD.txt');
    expect([...'\u001b\u202e'].filter((character) => text.includes(character))).toEqual([]);
  });

  it('is the same for a program', async () => {
    const report: Report = JSON.parse(JSON.stringify(await verified()));
    expect(report.checks.every((check) => check.ok && check.vi !== '' && check.en !== '')).toBe(true);
    expect(report.checks.map((check) => `${check.vi}${check.en}`).join()).not.toMatch(/\{\w+\}/);
  });
});

function addNested(name: string): void {
  mkdirSync(join(at(name), '..'), { recursive: true });
  writeFileSync(at(name), '');
}

function relink(name: string): void {
  copyFileSync(at(name), join(home, name));
  unlinkSync(at(name));
  symlinkSync(join(home, name), at(name));
}

function swap(): void {
  renameSync(at('master-1.mp4'), join(home, 'held'));
  renameSync(at('playable-1.mp4'), at('master-1.mp4'));
  renameSync(join(home, 'held'), at('playable-1.mp4'));
}
