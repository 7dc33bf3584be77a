import { describe, expect, it } from 'vitest';
import type { Agreement } from '../vocabulary/network.ts';
import { type AudioWish, mayTakeAudio, tracksToTake } from './may-take-audio.ts';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const HOUSEHOLD = { kind: 'household' } as const;
const COMMUNITY = { kind: 'community' } as const;
const ASKED: AudioWish = { wants_audio: true, has_lawful_order: false };

function agreement(id: string, parts: Partial<Agreement>): Agreement {
  return {
    ...{
      id,
      camera_id: 'camera',
      mode: 'automatic',
      purposes: ['incident'],
      allows_audio: false,
      hours: null,
    },
    ...{ valid_from_ms: NOW - 30 * DAY, valid_to_ms: null, confirmed_at_ms: NOW - 30 * DAY, notice: null },
    ...{ power_host: null, network_host: null, withdrawn_at_ms: null },
    ...parts,
  };
}

describe('whether sound may be taken', () => {
  it('is never taken where the request does not name it', () => {
    const generous = [agreement('a', { allows_audio: true })];
    for (const has_lawful_order of [false, true]) {
      const wish = { wants_audio: false, has_lawful_order };
      expect(mayTakeAudio(COMMUNITY, [], wish, NOW)).toBe('not_asked_for');
      expect(mayTakeAudio(HOUSEHOLD, generous, wish, NOW)).toBe('not_asked_for');
    }
  });
  it('is taken of a community camera when the request names it', () => {
    expect(mayTakeAudio(COMMUNITY, [], ASKED, NOW)).toBe('taken');
  });
  it('is taken of a household only when its agreement allows it as well', () => {
    expect(mayTakeAudio(HOUSEHOLD, [agreement('a', { allows_audio: true })], ASKED, NOW)).toBe('taken');
    expect(mayTakeAudio(HOUSEHOLD, [agreement('a', {})], ASKED, NOW)).toBe('agreement_does_not_allow');
    expect(mayTakeAudio(HOUSEHOLD, [], ASKED, NOW)).toBe('agreement_does_not_allow');
  });
  it('goes by the agreement that began last, however generous an earlier one was', () => {
    const words = [
      agreement('a', { allows_audio: true, valid_from_ms: NOW - 90 * DAY }),
      agreement('b', { allows_audio: false, valid_from_ms: NOW - DAY }),
    ];
    expect(mayTakeAudio(HOUSEHOLD, words, ASKED, NOW)).toBe('agreement_does_not_allow');
  });
  it('is no longer taken after the owner withdrew', () => {
    const withdrawn = agreement('a', { allows_audio: true, withdrawn_at_ms: NOW - 1 });
    expect(mayTakeAudio(HOUSEHOLD, [withdrawn], ASKED, NOW)).toBe('agreement_does_not_allow');
  });
  it('is taken under a lawful order that names it, whatever the owner says', () => {
    const order = { wants_audio: true, has_lawful_order: true };
    expect(mayTakeAudio(HOUSEHOLD, [agreement('a', {})], order, NOW)).toBe('taken');
  });
});

describe('what is read beside the pictures', () => {
  it('is the metadata of community cameras, and never a household’s', () => {
    expect(tracksToTake(COMMUNITY, 'not_asked_for')).toEqual({ audio: false, metadata: true });
    expect(tracksToTake(HOUSEHOLD, 'taken')).toEqual({ audio: true, metadata: false });
  });
});
