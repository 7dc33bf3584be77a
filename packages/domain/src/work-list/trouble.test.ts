import { describe, expect, it } from 'vitest';
import { courseOf, troubleOf } from './trouble.ts';

const MINUTE = 60_000;
const PATIENCE = { open_after_ms: 30 * MINUTE, mended_after_ms: 15 * MINUTE };

/** Intervals from a story: minute at which each state began. */
function intervals(...story: readonly (readonly [number, string, string?])[]) {
  return story.map(([minute, state, reason]) => ({
    state: state as 'online',
    reason: reason ?? (state === 'online' ? 'ok' : 'timeout'),
    from_ms: minute * MINUTE,
  }));
}

const offline = (story: ReturnType<typeof intervals>, at_minute: number) =>
  courseOf('offline', story, PATIENCE, at_minute * MINUTE);

describe('the course of a trouble', () => {
  it('is lasting once it has lasted long enough, and not before', () => {
    const story = intervals([0, 'online'], [60, 'offline']);
    expect(offline(story, 89).kind).toBe('undecided');
    expect(offline(story, 90)).toMatchObject({ kind: 'lasting', since_ms: 60 * MINUTE, reason: 'timeout' });
  });
  it('is mended once all was well for long enough, and not before', () => {
    const story = intervals([0, 'offline'], [60, 'online']);
    expect(offline(story, 74).kind).toBe('undecided');
    expect(offline(story, 75).kind).toBe('mended');
  });
  it('is one trouble, with interruptions, where the camera comes and goes', () => {
    const story = intervals(
      [0, 'online'],
      [60, 'offline'],
      [65, 'online'],
      [70, 'offline'],
      [75, 'online'],
      [80, 'offline'],
    );
    expect(offline(story, 95)).toMatchObject({ kind: 'lasting', since_ms: 60 * MINUTE, interruptions: 2 });
  });
  it('begins anew after a return that was long enough', () => {
    const story = intervals([0, 'offline'], [60, 'online'], [80, 'offline']);
    expect(offline(story, 120)).toMatchObject({ since_ms: 80 * MINUTE, interruptions: 0 });
  });
  it('begins anew after a return of exactly the time that mends it', () => {
    const story = intervals([0, 'offline'], [60, 'online'], [75, 'offline']);
    expect(offline(story, 120)).toMatchObject({ since_ms: 75 * MINUTE, interruptions: 0 });
  });
  it('goes on while only the reason changes', () => {
    const story = intervals([0, 'offline', 'timeout'], [20, 'offline', 'no_route']);
    expect(offline(story, 40)).toMatchObject({ kind: 'lasting', since_ms: 0, reason: 'no_route' });
  });
  it('is undecided while nothing is known', () => {
    expect(offline([], 100).kind).toBe('undecided');
    expect(offline(intervals([0, 'unknown']), 100).kind).toBe('undecided');
  });
  it('leaves a refused password alone while the recorder is offline, and ends the silence when it refuses again', () => {
    const story = intervals([0, 'refused', 'credentials_refused'], [60, 'offline']);
    expect(courseOf('credentials_refused', story, PATIENCE, 120 * MINUTE)).toMatchObject({
      kind: 'lasting',
      since_ms: 0,
    });
    const back = [...story, ...intervals([120, 'refused', 'credentials_refused'])];
    expect(offline(back, 140).kind).toBe('mended');
  });
});

describe('what a state says is wrong', () => {
  it.each([
    ['online', 'ok', 'none'],
    ['unknown', 'x', null],
    ['offline', 'timeout', 'offline'],
    ['refused', 'credentials_refused', 'credentials_refused'],
    ['degraded', 'answers_wrongly', 'answers_wrongly'],
    ['degraded', 'recording_stopped', 'not_recording'],
    ['offline', 'address_not_allowed', 'address_not_allowed'],
    ['refused', 'certificate_changed', 'certificate_changed'],
  ] as const)('%s because of %s: %s', (state, reason, expected) => {
    expect(troubleOf({ state, reason })).toBe(expected);
  });
});
