import { describe, expect, it } from 'vitest';
import type { Agreement } from '../vocabulary/network.ts';
import { mayLookAtPicture } from './may-look.ts';

/** 15:00 in Vietnam. */
const NOW = Date.UTC(2026, 10, 22, 8);
const agreed = (change: Partial<Agreement> = {}): Agreement => ({
  ...{ id: 'a', camera_id: 'c', mode: 'automatic', purposes: ['incident', 'picture_health'], hours: null },
  ...{ valid_from_ms: NOW - 1000, valid_to_ms: null, confirmed_at_ms: NOW - 1000, notice: null },
  ...{ allows_audio: false, power_host: null, network_host: null, withdrawn_at_ms: null },
  ...change,
});
const household = (change?: Partial<Agreement>) =>
  mayLookAtPicture({ kind: 'household' }, [agreed(change)], NOW);

describe('a program looking at a picture', () => {
  it('may at a community camera', () => {
    expect(mayLookAtPicture({ kind: 'community' }, [], NOW)).toBe(true);
  });
  it('may at a household’s only where the owner allows exactly that, now, without being asked', () => {
    expect(household()).toBe(true);
    expect(household({ purposes: ['incident'] })).toBe(false);
    expect(household({ mode: 'ask_first' })).toBe(false);
    expect(household({ withdrawn_at_ms: NOW - 1 })).toBe(false);
    expect(household({ hours: { from_minute: 20 * 60, to_minute: 6 * 60 } })).toBe(false);
    expect(mayLookAtPicture({ kind: 'household' }, [], NOW)).toBe(false);
  });
});
