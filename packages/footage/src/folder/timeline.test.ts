import { describe, expect, it } from 'vitest';
import { heldSpans, layTimeline, type MeasuredFile } from './timeline.ts';

const SECOND = 1_000_000;

/** `a 0 60`: file a says it begins at 0 s and lasts 60 s. */
function files(...words: string[]): MeasuredFile[] {
  return words.map((word) => {
    const [name = '', start = '', length = ''] = word.split(' ');
    const stated_start_us = Number(start) * SECOND;
    return { name, path: `/${name}`, stated_start_us, duration_us: Number(length) * SECOND };
  });
}

/** Stretches as `name from-to`, with `+` where one goes on from the one before. */
function laid(resolution_s: number, tolerance_s: number, ...words: string[]): string[] {
  return layTimeline(files(...words), resolution_s * SECOND, tolerance_s * SECOND).map(
    ({ file, from_us, to_us, continues }) =>
      `${continues ? '+' : ''}${file.name} ${from_us / SECOND}-${to_us / SECOND}`,
  );
}

describe('the timeline of files', () => {
  it.each([
    ['files that touch go on', 0, 0.5, ['a 0 60', 'b 60 60'], ['a 0-60', '+b 60-120']],
    ['a small hole is none', 0, 0.5, ['a 0 60', 'b 60.4 60'], ['a 0-60', '+b 60.4-120.4']],
    ['a hole is a break', 0, 0.5, ['a 0 60', 'b 61 60'], ['a 0-60', 'b 61-121']],
    ['whole seconds in the name round down', 1, 0.5, ['a 0 60.7', 'b 60 60'], ['a 0-60.7', '+b 60.7-120.7']],
    [
      'a jitter keeps every frame and joins nothing',
      0,
      0.5,
      ['a 0 60.3', 'b 60 60'],
      ['a 0-60.3', 'b 60-120'],
    ],
    ['an overlap counts once, from the later start', 0, 0.5, ['a 0 60', 'b 50 60'], ['a 0-50', 'b 50-110']],
    ['a file inside another interrupts it', 0, 0.5, ['a 0 60', 'b 20 10'], ['a 0-20', 'b 20-30', 'a 30-60']],
    [
      'a file inside another and one after both',
      0,
      0.5,
      ['a 0 60', 'b 20 10', 'c 60 60'],
      ['a 0-20', 'b 20-30', 'a 30-60', '+c 60-120'],
    ],
  ])('%s', (_, resolution_s, tolerance_s, words, expected) => {
    expect(laid(resolution_s, tolerance_s, ...words)).toEqual(expected);
  });

  it('holds one span where files go on, and two over a hole, within what was asked', () => {
    const stretches = layTimeline(files('a 0 60', 'b 60 60', 'c 130 60'), 0, 0.5 * SECOND);
    expect(heldSpans(stretches, { start_ms: 10_000, end_ms: 140_000 })).toEqual([
      { start_ms: 10_000, end_ms: 120_000 },
      { start_ms: 130_000, end_ms: 140_000 },
    ]);
  });
});
