import { describe, expect, it } from 'vitest';
import { type Withholding, withholdingOf } from './withhold.ts';

const WHOLE = { start_ms: 0, end_ms: 60_000 };
const PART = { start_ms: 0, end_ms: 30_000 };
const ALL: Withholding = {
  ...{ requested: WHOLE, approved: WHOLE, sound: 'not_asked_for', has_masters: true },
  streams_left_out: [],
};

type Verdict = ReturnType<ReturnType<typeof withholdingOf>>;
/** What is so, and what follows for a file that can be read and for one that cannot. */
type Row = [what: string, change: Partial<Withholding>, readable: Verdict, unreadable: Verdict];

describe('whether a file goes along as it was handed in', () => {
  it.each<Row>([
    ['all was approved, and it is silent', {}, undefined, undefined],
    ['a part was approved', { approved: PART }, 'part_approved', 'part_approved'],
    [
      'its sound was left out',
      { streams_left_out: ['audio: aac (not asked for)'] },
      'sound_left_out',
      undefined,
    ],
    [
      'its sound was taken',
      { sound: 'taken', streams_left_out: ['audio: ac3 (cannot be kept)'] },
      undefined,
      undefined,
    ],
    ['another stream was left out', { streams_left_out: ['subtitle: mov_text'] }, undefined, undefined],
  ])('%s', (_, change, readable, unreadable) => {
    const withhold = withholdingOf({ ...ALL, ...change });
    expect([withhold(true), withhold(false)]).toEqual([readable, unreadable]);
  });

  it('is refused where a part was approved of what cannot be cut', () => {
    expect(() => withholdingOf({ ...ALL, approved: PART, has_masters: false })).toThrow(
      expect.objectContaining({ code: 'UPLOAD_CANNOT_BE_SHORTENED' }),
    );
  });
});
