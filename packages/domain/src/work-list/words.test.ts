import { describe, expect, it } from 'vitest';
import { FINDING_KINDS } from './finding.ts';
import { durationText, offsetText, wordsOf } from './words.ts';

describe('the words of a finding', () => {
  it('say what is wrong and what to do next, in both languages, for every kind', () => {
    for (const kind of FINDING_KINDS) {
      const { what, next } = wordsOf({ kind, details: {} });
      for (const text of [what.vi, what.en, next.vi, next.en]) expect(text).toMatch(/\S{2,}/);
      expect(next.vi).toBe(next.vi.normalize('NFC'));
      expect(next.vi).toMatch(/[^\x20-\x7E]/);
    }
  });
  it('say how far a clock is off, and what that makes one suspect', () => {
    const off = wordsOf({
      kind: 'clock_off',
      details: { min_ms: 2_473_250, max_ms: 2_473_350, suspicion: null },
    });
    expect(off.what).toEqual({ vi: 'Đồng hồ sai: nhanh 41 phút 13 giây', en: 'Clock off: 41 min 13 s fast' });
    const hour = wordsOf({
      kind: 'clock_off',
      details: { min_ms: 0, max_ms: 0, suspicion: 'daylight_saving' },
    });
    expect(hour.next.en).toMatch(/^The device clock is off by exactly 1 hour/);
  });
  it('tell a recorder that comes and goes from one that is away', () => {
    const away = wordsOf({ kind: 'offline', details: { reason: 'timeout', cameras: 4, interruptions: 3 } });
    expect(away.what.vi).toBe('Mất kết nối: không trả lời kịp, 4 camera, chập chờn 3 lần');
  });
  it('name lengths of time by their two largest units', () => {
    expect(durationText(90_061_000).vi).toBe('1 ngày 1 giờ');
    expect(durationText(400).en).toBe('0 s');
    expect(offsetText(-61_000).vi).toBe('chậm 1 phút 1 giây');
  });
});
