import { describe, expect, it } from 'vitest';
import { heldSpans, type TrackState } from './track-states.ts';

const asked = { start_ms: 1_000, end_ms: 2_000 };

function states(...words: readonly string[]): TrackState[] {
  return words.map((word) => ({
    recording_token: 'r',
    track_token: word.split(' ')[1] ?? 'v',
    at_ms: Number.parseInt(word.slice(1), 10),
    is_data_present: word[0] === '+' || word[0] === 'P',
    is_start_state: word[0] === 'P' || word[0] === 'A',
  }));
}

/** `+`/`-` changes to present/absent, `P`/`A` start state present/absent. */
const held = (latest_ms: number | null, ...words: string[]) =>
  heldSpans(states(...words), asked, latest_ms).map(({ start_ms, end_ms }) => `${start_ms}-${end_ms}`);

describe('the history of a track', () => {
  it.each([
    ['present throughout', ['P1000'], ['1000-2000']],
    ['absent throughout', ['A1000'], []],
    ['a hole inside', ['P1000', '-1300', '+1600'], ['1000-1300', '1600-2000']],
    ['a beginning and an end inside', ['A1000', '+1200', '-1700'], ['1200-1700']],
    ['no start state, and an end first', ['-1400'], ['1000-1400']],
    ['start state and change at the same instant', ['P1000', '+1000', '-1500'], ['1000-1500']],
    [
      'the state repeated for every file',
      ['P1000', '+1100', '+1200', '+1300', '-1400', '+1500'],
      ['1000-1400', '1500-2000'],
    ],
    [
      'a clock set back, so that two stretches overlap',
      ['A1000', '+1100', '+1300', '-1500', '-1900'],
      ['1100-1900'],
    ],
    [
      'everything the recorder knows, out of order',
      ['+9000', '-1200', '+100', '-9500', '+1800'],
      ['1000-1200', '1800-2000'],
    ],
    ['two tracks', ['A1000 v', '+1200 v', '-1400 v', 'P1000 w', '-1300 w'], ['1000-1400']],
  ])('reads %s', (_, words, expected) => {
    expect(held(null, ...words)).toEqual(expected);
  });

  it('ends open data where the recorder says its newest is', () => {
    expect(held(1_500, 'P1000')).toEqual(['1000-1500']);
  });

  it('does not believe a newest instant from before the data began', () => {
    expect(held(500, '+1200')).toEqual(['1200-2000']);
  });
});
