import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatVietnam, rfc3339 } from '@minhchung/domain';
import { parseManifest } from '@minhchung/formats';
import { DeviceClock, readBurnedClocks, recordFootage, SYSTEM_TIME, writeSegments } from '@minhchung/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runForTest } from './run-command.ts';

const OFFSET_MS = 2_473_000;
const HOUR_MS = 3_600_000;
/** A little more than an hour ago, at a whole second. */
const START_MS = Math.floor((Date.now() - HOUR_MS - 120_000) / 1000) * 1000;

describe('extracting alone, from a disk of recordings', { timeout: 120_000 }, () => {
  let base: string;
  let folder: string;
  let out: string;
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'alone-'));
    folder = join(base, '-disk of "Lan"');
    const footage = await recordFootage({
      directory: join(base, 'footage'),
      camera_name: 'Ngõ 5',
      ...{ start_true_ms: START_MS, duration_ms: 24_000, width: 320, height: 180, fps: 10, gop_ms: 2000 },
    });
    const clock = new DeviceClock(SYSTEM_TIME, OFFSET_MS);
    await writeSegments(footage, { directory: folder, clock, segment_ms: 8000 });
  });
  afterAll(() => rm(base, { recursive: true }));
  beforeEach(async () => {
    out = join(await mkdtemp(join(base, 'out-')), 'package');
  });

  const told = (over: Record<string, string | undefined> = {}) => {
    const options: Record<string, string | undefined> = {
      'from-folder': folder,
      span: `${rfc3339(START_MS + 5000)}/${rfc3339(START_MS + 17_000)}`,
      case: 'HS-12/2026',
      reason: 'va chạm trước số 5 Lê Lợi',
      operator: 'Nguyễn Văn An',
      badge: 'CA-102',
      'clock-shows': formatVietnam(START_MS + HOUR_MS + OFFSET_MS),
      'true-time': formatVietnam(START_MS + HOUR_MS),
      'clock-bound': '1',
      out,
      ...over,
    };
    return Object.entries(options).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, value],
    );
  };
  const manifestOf = async () => parseManifest(await readFile(join(out, 'manifest.json')));

  test('gives a package that verifies, shows the minutes asked for, and says that nobody approved it', async () => {
    const { code, json } = await runForTest(['extract', ...told(), '--json']);
    expect([code, json().outcome]).toEqual([0, 'archived']);
    const manifest = await manifestOf();
    expect(manifest).toMatchObject({
      authority: 'unapproved_unlogged',
      decisions: [],
      approval: null,
      case: { number: 'HS-12/2026' },
      requester: { full_name: 'Nguyễn Văn An', badge_number: 'CA-102' },
      camera: { kind: 'household', position: null },
    });
    const shown: number[] = [];
    for await (const clock of readBurnedClocks(join(out, 'master-001.mp4'))) shown.push(clock.true_time_ms);
    const wanted = Array.from({ length: 120 }, (_, n) => START_MS + 5000 + n * 100);
    expect(wanted.filter((ms) => !shown.includes(ms))).toEqual([]);
    const verified = await runForTest(['verify', out]);
    expect([verified.code, verified.out.split('\n')[1]]).toEqual([
      0,
      expect.stringContaining('CHƯA ĐƯỢC DUYỆT, KHÔNG CÓ NHẬT KÝ'),
    ]);
    expect(verified.out).toContain('UNAPPROVED, UNLOGGED');
    expect(verified.out).not.toContain('decision by a second person');
  });

  test('leaves nothing beside the package, and no key anywhere', async () => {
    await runForTest(['extract', ...told(), '--json']);
    expect(await readdir(join(out, '..'))).toEqual(['package']);
    expect((await readdir(out)).filter((name) => name.includes('private'))).toEqual([]);
  });

  test('widens the span and calls the clock unknown where nobody looked at it', async () => {
    const { json, err } = await runForTest([
      'extract',
      ...told({ 'clock-shows': undefined, 'true-time': undefined }),
      '--json',
    ]);
    // Ten minutes of margin do not reach a clock that is forty-one minutes fast.
    expect(json()).toMatchObject({ outcome: 'no_footage', folder: null });
    expect(err).toContain('--clock-shows');
    expect(await readdir(join(out, '..'))).toEqual([]);
  });

  test('says what is missing of the span, and exits with 1', async () => {
    const span = `${rfc3339(START_MS + 20_000)}/${rfc3339(START_MS + 30_000)}`;
    const { code, out: said } = await runForTest(['extract', ...told({ span })]);
    expect(code).toBe(1);
    expect(said).toContain('Thiếu · missing');
    expect((await manifestOf()).outcome).toBe('partial');
  });

  test.each([
    ['an option left out', { case: undefined, reason: undefined }, 'COMMAND_MISUSED', '--case, --reason'],
    ['half of a clock reading', { 'true-time': undefined }, 'COMMAND_MISUSED', 'belong together'],
    ['a bound that is no number', { 'clock-bound': 'ba' }, 'COMMAND_MISUSED', '0.1 … 3600'],
    ['a folder whose names say nothing', { 'from-folder': tmpdir() }, 'FOLDER_LAYOUT_UNKNOWN', 'mediamtx, '],
    ['a span that is none', { span: 'hôm qua' }, 'TIME_INVALID', 'hôm qua'],
    ['a span in the future', { span: '2099-01-01T00:00:00Z/2099-01-01T00:01:00Z' }, 'SPAN_IN_FUTURE', '2099'],
    ['an empty reason', { reason: '  ' }, 'TEXT_MISSING', 'reason'],
  ] as const)('refuses %s, and makes nothing', async (_what, over, code, words) => {
    const said = await runForTest(['extract', ...told(over)]);
    expect(said.err).toContain(code);
    expect(said.err).toContain(words);
    expect(said.code).toBeGreaterThan(1);
    expect(await readdir(join(out, '..'))).toEqual([]);
  });

  test('does not touch what is already there', async () => {
    await mkdir(out);
    await writeFile(join(out, 'mine.txt'), 'mine');
    const { err } = await runForTest(['extract', ...told()]);
    expect(err).toContain('EXPORT_EXISTS');
    expect(await readdir(out)).toEqual(['mine.txt']);
  });
});
