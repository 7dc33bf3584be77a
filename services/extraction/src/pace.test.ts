import { afterEach, describe, expect, it } from 'vitest';
import { createPace, type Pace } from './pace.ts';

const LIMITS = { address: 'nvr', floor_media_s_per_minute: 6, deadline_ms: 600_000 };

let now_ms = 0;
let pace: Pace;
const open = (limits = LIMITS) => {
  now_ms = 0;
  pace = createPace(limits, () => now_ms, 1);
  return pace;
};
afterEach(() => pace.close());

/** Waits for a source that takes so long; the answer comes after the pace had time to look. */
const waitFor = (length_ms: number) =>
  pace.wait(async () => {
    now_ms += length_ms;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return 'answer';
  });

describe('the pace of a source', () => {
  it('is fine while enough footage comes, however few bytes', async () => {
    open();
    for (let minute = 0; minute < 3; minute += 1) {
      pace.saw(minute * 7_000_000);
      pace.saw((minute + 1) * 7_000_000);
      expect(await waitFor(60_000)).toBe('answer');
    }
  });

  it('is too slow when less than the floor comes in a minute of waiting', async () => {
    open();
    pace.saw(0);
    pace.saw(5_000_000);
    await expect(waitFor(60_000)).rejects.toMatchObject({
      ...{ code: 'SOURCE_TOO_SLOW', details: { media_s: 5, seconds: 60 } },
    });
  });

  it('does not count the time in which nobody waits for it', async () => {
    open();
    await waitFor(30_000);
    now_ms += 300_000;
    expect(await waitFor(20_000)).toBe('answer');
  });

  it('ends at the deadline, however well it goes, and a floor of none lets anything pass before', async () => {
    open({ ...LIMITS, floor_media_s_per_minute: 0 });
    expect(await waitFor(599_000)).toBe('answer');
    await expect(waitFor(2_000)).rejects.toMatchObject({ code: 'ITEM_DEADLINE', details: { minutes: 10 } });
  });
});
