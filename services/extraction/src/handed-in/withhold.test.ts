import { describe, expect, it } from 'vitest';
import { type Withholding, withholdingOf } from './withhold.ts';

const WHOLE = { start_ms: 0, end_ms: 60_000 };
const PART = { start_ms: 0, end_ms: 30_000 };
const ALL: Withholding = {
  ...{ requested: WHOLE, approved: WHOLE, sound: 'not_asked_for', has_masters: true },
  parts_with_sound: ['native/loud.mp4'],
};

describe('whether a file goes along as it was handed in', () => {
  it('stays out, whatever it is, where a part was approved', () => {
    const withhold = withholdingOf({ ...ALL, approved: PART, sound: 'taken' });
    expect(withhold('native/loud.mp4', true)).toBe('part_approved');
    expect(withhold('native/silent.mp4', true)).toBe('part_approved');
    expect(withhold('native/broken.mp4', false)).toBe('part_approved');
  });

  it('stays out for its own sound, not for that of another', () => {
    for (const sound of ['not_asked_for', 'agreement_does_not_allow'] as const) {
      const withhold = withholdingOf({ ...ALL, sound });
      expect(withhold('native/loud.mp4', true)).toBe('sound_left_out');
      expect(withhold('native/silent.mp4', true)).toBeUndefined();
    }
  });

  it('goes along where its sound is taken, and where nothing can read it', () => {
    expect(withholdingOf({ ...ALL, sound: 'taken' })('native/loud.mp4', true)).toBeUndefined();
    expect(withholdingOf(ALL)('native/loud.mp4', false)).toBeUndefined();
    expect(withholdingOf({ ...ALL, has_masters: false })('native/broken.mp4', false)).toBeUndefined();
  });

  it('is refused where a part was approved of what cannot be cut', () => {
    expect(() => withholdingOf({ ...ALL, approved: PART, has_masters: false })).toThrow(
      expect.objectContaining({ code: 'UPLOAD_CANNOT_BE_SHORTENED' }),
    );
  });
});
