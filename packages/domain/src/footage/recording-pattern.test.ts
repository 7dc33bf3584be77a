import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseRecordingPattern,
  patternFieldRange,
  patternStart_us,
  readPatternSegment,
} from './recording-pattern.ts';

const FLAT = '%Y-%m-%d_%H-%M-%S-%f.mp4';

function startOf(pattern_text: string, name: string): number | null {
  let fields = {};
  const { segments } = parseRecordingPattern(pattern_text);
  const parts = name.split('/');
  for (const [index, segment] of segments.entries()) {
    const read = readPatternSegment(segment, parts[index] ?? '', fields);
    if (read === null) return null;
    fields = read;
  }
  return patternStart_us(fields, 0);
}

describe('a file name pattern', () => {
  it('reads the start to the microsecond', () => {
    expect(startOf(FLAT, '2026-11-22_08-00-10-500250.mp4')).toBe(
      Date.UTC(2026, 10, 22, 8, 0, 10, 500) * 1000 + 250,
    );
  });

  it('reads fields spread over folders, in any order', () => {
    const start = startOf('%Y/%d-%m/%H/%M_%S.mkv', '2026/22-11/08/00_10.mkv');
    expect(start).toBe(Date.UTC(2026, 10, 22, 8, 0, 10) * 1000);
  });

  it.each([
    ['%s-%f%ext', '1795309210-500250.mp4', 500_250],
    ['%s.ts', '1795309210.ts', 0],
    ['%Y-%m-%d_%H-%M-%S%z.mkv', '2026-11-22_08-00-10+0700.mkv', -7 * 3_600_000_000],
    ['%Y-%m-%d_%H-%M-%S%z.mkv', '2026-11-22_08-00-10Z.mkv', 0],
    ['%Y-%m-%d/%H/%M.%S%ext', '2026-11-22/08/00.10.MP4', 0],
  ])('reads %s from %s', (pattern, name, beyond_us) => {
    expect(startOf(pattern, name)).toBe(
      Date.UTC(2026, 10, 22, 1, 0, 10) * 1000 +
        beyond_us +
        (pattern.startsWith('%s') ? 0 : 7 * 3_600_000_000),
    );
  });

  it.each([
    ['gate', '%path/%s%ext', 'gate/1795309210.mp4'],
    ['ward 5/gate', '%path/%s%ext', 'ward 5/gate/1795309210.mp4'],
    ['a%Yb$&', '%path/%s%ext', 'a%Yb$&/1795309210.mp4'],
  ])('puts the folder of the camera, %s, as it is where %%path stands', (path, text, name) => {
    const { segments } = parseRecordingPattern(text, path);
    expect(segments.map(({ literal }) => literal).slice(0, -1)).toEqual(path.split('/'));
    expect(name.split('/').every((part, n) => readPatternSegment(segments[n]!, part, {}) !== null)).toBe(
      true,
    );
  });

  it.each(['..', '../other', '/etc', 'a//b', 'a/..', '.', 'a\\b', 'x\0'])(
    'refuses %j as the folder of a camera',
    (path) => {
      expect(() => parseRecordingPattern('%path/%s%ext', path)).toThrow(
        expect.objectContaining({ code: 'RECORDING_LAYOUT_INVALID' }),
      );
    },
  );

  it('needs the folder of the camera where it is in the pattern', () => {
    expect(() => parseRecordingPattern('%path/%s%ext')).toThrow(
      expect.objectContaining({ code: 'FOLDER_OF_CAMERA_UNKNOWN' }),
    );
  });

  it('says how coarse its names are', () => {
    expect(parseRecordingPattern(FLAT).time_resolution_ms).toBe(0.001);
    expect(parseRecordingPattern('%Y%m%d%H%M%S.ts').time_resolution_ms).toBe(1000);
  });

  it.each([
    '2026-13-22_08-00-10-000000.mp4',
    '2026-11-22_24-00-10-000000.mp4',
    '2026-02-30_08-00-10-000000.mp4',
    '2026-11-22_08-00-60-000000.mp4',
  ])('knows no time for %s', (name) => {
    expect(startOf(FLAT, name)).toBeNull();
  });

  it.each([
    ['x2026-11-22_08-00-10-500000.mp4', 'something before it'],
    ['2026-11-22_08-00-10-500000.mp4\n', 'a line end after it'],
    ['2026-11-22_08-00-10-500000xmp4', 'another character for the dot'],
    ['2026-11-22_08-00-10-5000.mp4', 'too few digits'],
  ])('does not take %j, which has %s', (name) => {
    expect(startOf(FLAT, name)).toBeNull();
  });

  it.each([
    ['', 'empty'],
    ['recording.mp4', 'without any time'],
    ['%*_%Y%m%d%H%M%S.mp4', 'to be read in several ways'],
    ['%Y-%m-%d_%H-%M-%S\0.mp4', 'with a NUL'],
    ['%Y-%m-%d_%H-%M.mp4', 'without seconds'],
    ['%Y-%m-%d_%H-%M-%S-%j.mp4', 'with a letter nobody defined'],
    ['%Y-%m-%d_%H-%M-%S_%Y.mp4', 'with the year twice'],
    ['../%Y%m%d%H%M%S.mp4', 'leading out of the folder'],
    ['/%Y%m%d%H%M%S.mp4', 'absolute'],
    ['%Y%m%d%H%M%S%', 'ending in a bare %'],
  ])('refuses %j: %s', (text) => {
    expect(() => parseRecordingPattern(text)).toThrow(
      expect.objectContaining({ code: 'RECORDING_LAYOUT_INVALID' }),
    );
  });

  it('bounds what can lie in a folder by the fields known so far', () => {
    expect(patternFieldRange({ year: 2026, month: 2 }, 0)).toEqual({
      from_us: Date.UTC(2026, 1, 1) * 1000,
      to_us: Date.UTC(2026, 2, 1) * 1000,
    });
    expect(patternFieldRange({ month: 2 }, 0)).toEqual({ from_us: -Infinity, to_us: Infinity });
  });

  it('takes any name without throwing', () => {
    const { segments } = parseRecordingPattern(FLAT);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        readPatternSegment(segments[0]!, name, {});
      }),
      { numRuns: 2_000 },
    );
  });
});
