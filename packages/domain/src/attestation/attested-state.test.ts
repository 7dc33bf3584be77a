import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attestation } from '../vocabulary/owners.ts';
import { attestedState } from './attested-state.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 8);
const VALID = 180 * DAY;

function word(at_ms: number, change: Partial<Attestation> = {}): Attestation {
  const who = { person_id: 'P1', note: null };
  return { id: `a${at_ms}`, camera_id: 'c', kind: 'visit', at_ms, works: true, ...who, ...change };
}

describe('the state of a camera that only its owner reaches', () => {
  it('is unknown before anybody said anything', () => {
    expect(attestedState([], NOW, VALID)).toMatchObject({ state: 'unknown', reason: 'never_attested' });
    expect(attestedState([word(NOW + 1)], NOW, VALID)).toMatchObject({ reason: 'never_attested' });
  });
  it.each([
    ['visit', true, 'online', 'attested_visit'],
    ['visit', false, 'offline', 'attested_visit'],
    ['owner_confirmation', true, 'online', 'attested_owner'],
    ['upload', true, 'online', 'attested_upload'],
  ] as const)('after a %s that says works: %s is %s', (kind, works, state, reason) => {
    const found = attestedState([word(NOW - DAY, { kind, works })], NOW, VALID);
    expect(found).toEqual({ state, reason, from_ms: NOW - DAY, ages_at_ms: NOW - DAY + VALID });
  });
  it('ages to unknown at its very last moment, good news as well as bad', () => {
    for (const works of [true, false]) {
      const words = [word(NOW - VALID, { works })];
      expect(attestedState(words, NOW - 1, VALID).state).not.toBe('unknown');
      expect(attestedState(words, NOW, VALID)).toEqual({
        ...{ state: 'unknown', reason: 'attestation_old', from_ms: NOW, ages_at_ms: null },
      });
    }
  });
  it('follows the word recorded last of two from one instant', () => {
    const words = [word(NOW, { id: 'b', works: false }), word(NOW, { id: 'a' }), word(NOW, { id: 'A' })];
    expect(attestedState(words, NOW, VALID).state).toBe('offline');
    expect(attestedState(words.toReversed(), NOW, VALID).state).toBe('offline');
  });
  it('does not come back to an older word when the newest has aged', () => {
    const words = [word(NOW - VALID, { works: false }), word(NOW - VALID - DAY)];
    expect(attestedState(words, NOW, VALID).state).toBe('unknown');
  });
  it('is that of the newest word, in whatever order the words come', () => {
    const instants = fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(instants, fc.infiniteStream(fc.boolean()), (ago, chance) => {
        const words = ago.map((days) => word(NOW - days * DAY, { works: chance.next().value }));
        const newest = words.reduce((a, b) => (a.at_ms > b.at_ms ? a : b));
        const expected = newest.works ? 'online' : 'offline';
        expect(attestedState(words, NOW, VALID).state).toBe(expected);
        expect(attestedState(words.toReversed(), NOW, VALID).state).toBe(expected);
      }),
    );
  });
});
