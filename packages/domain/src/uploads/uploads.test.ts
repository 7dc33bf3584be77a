import { describe, expect, it } from 'vitest';
import type { DeclaredTime } from '../vocabulary/uploads.ts';
import { declaredOffsets } from './declared-offsets.ts';
import { judgeUpload } from './judge-upload.ts';
import { refusalOfHandingIn } from './may-hand-in.ts';
import { nativeNameOf, shownFileName } from './native-name.ts';

const T = Date.UTC(2026, 10, 22, 7);
const HOUR_MS = 3_600_000;
const declared = (change: Partial<DeclaredTime> = {}): DeclaredTime => ({
  ...{ start_ms: T, end_ms: null, resolution_ms: 1000, clock: 'device', statement: null },
  ...change,
});

describe('names of handed-in files', () => {
  it.each([
    ['Xuất từ đầu ghi.MP4', 'Xuat_tu_dau_ghi.MP4'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\Hoa\\clip.avi', 'clip.avi'],
    ['-i concat:a|b\n.mp4', 'i_concat_a_b_.mp4'],
    ['.htaccess', 'htaccess'],
    ['con.mp4', 'file-con.mp4'],
    ['', 'footage'],
    ['////', 'footage'],
    ['視頻', 'footage'],
    ['a..b...mp4', 'a.b.mp4'],
  ])('%j lies in the package as %s', (name, safe) => {
    expect(nativeNameOf(name, [])).toBe(safe);
  });

  it('are never the same twice in one item, whatever the case, and never too long', () => {
    expect(nativeNameOf('a.mp4', ['A.MP4', 'a-2.mp4'])).toBe('a-3.mp4');
    expect(nativeNameOf(`${'x'.repeat(500)}.mp4`, []).length).toBeLessThanOrEqual(100);
  });

  it('are shown on one line without what turns text around', () => {
    expect(shownFileName('clip\u202Egpj.exe\n\u0000x')).toBe('clip gpj.exe x');
    expect(shownFileName('\u0007')).toBe('—');
  });
});

describe('what a declaration says of the clock', () => {
  it('a true time needs no correction, whatever was measured', () => {
    const [offset] = declaredOffsets([declared({ clock: 'true_time' })], []);
    expect(offset).toMatchObject({ min_ms: 0, max_ms: 0, method: 'declared', last_reading_ms: T });
  });

  it('a screen beside a right clock is one reading, as coarse as it was said', () => {
    const statement = { shown_ms: T + 41 * 60_000, true_ms: T };
    const [offset] = declaredOffsets([declared({ statement, resolution_ms: 60_000 })], []);
    expect(offset).toMatchObject({ min_ms: 40 * 60_000, max_ms: 42 * 60_000, last_reading_ms: T });
  });

  it('otherwise what was measured of the recorder counts', () => {
    expect(declaredOffsets([declared()], [])).toEqual([]);
  });
});

describe('what a file says to its declaration', () => {
  const seen = { duration_ms: HOUR_MS, file_created_ms: null };
  const wanted = (from_ms: number, to_ms: number) => ({ start_ms: T + from_ms, end_ms: T + to_ms });

  it('agrees when it covers what is wanted', () => {
    expect(judgeUpload(declared({ end_ms: T + HOUR_MS }), seen, wanted(0, HOUR_MS))).toEqual([]);
  });

  it('is reported when its length is another one, but not for a minute', () => {
    expect(judgeUpload(declared({ end_ms: T + HOUR_MS + 60_000 }), seen, null)).toEqual([]);
    expect(judgeUpload(declared({ end_ms: T + HOUR_MS + 61_000 }), seen, null)).toEqual(['duration_differs']);
  });

  it('is reported when it was made before its footage, or a year after', () => {
    const made = (file_created_ms: number) => judgeUpload(declared(), { ...seen, file_created_ms }, null);
    expect(made(T - 13 * HOUR_MS)).toEqual([]);
    expect(made(T - 15 * HOUR_MS)).toEqual(['created_differs']);
    expect(made(T + 367 * 24 * HOUR_MS)).toEqual(['created_differs']);
  });

  it('is reported when it shows a part of the span, or nothing of it', () => {
    expect(judgeUpload(declared(), seen, wanted(-1000, HOUR_MS))).toEqual(['covers_part']);
    expect(judgeUpload(declared(), seen, wanted(HOUR_MS + 1000, 2 * HOUR_MS))).toEqual(['outside_span']);
    expect(judgeUpload(declared(), seen, wanted(-HOUR_MS, 0))).toEqual(['outside_span']);
  });
});

describe('handing in', () => {
  it('is refused for what is undecided and for what has its outcome', () => {
    const codeOf = (state: string) => refusalOfHandingIn({ state })?.code ?? null;
    for (const state of ['approved', 'queued', 'running', 'waiting', 'failed'])
      expect(codeOf(state)).toBeNull();
    for (const state of ['requested', 'awaiting_decision']) expect(codeOf(state)).toBe('UPLOAD_NOT_APPROVED');
    for (const state of ['archived', 'partial', 'refused', 'cancelled', 'not_obtained', 'no_footage']) {
      expect(codeOf(state)).toBe('UPLOAD_ITEM_ENDED');
    }
  });
});
