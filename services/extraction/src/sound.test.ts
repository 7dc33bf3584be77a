import type { ExtractionAssignment } from '@minhchung/domain';
import { expect, test } from 'vitest';
import { soundOf, withAudioReason } from './sound.ts';

const LEFT = [
  'audio: aac (not asked for)',
  'metadata: onvif (not asked for)',
  'video: h265 (a second stream)',
];

test('a stream of sound is named with the reason for which it was left, other streams keep theirs', () => {
  expect(withAudioReason(LEFT, 'agreement_does_not_allow')).toEqual([
    'audio: aac (the agreement does not allow it)',
    LEFT[1],
    LEFT[2],
  ]);
  expect(withAudioReason(LEFT, 'not_asked_for')).toEqual(LEFT);
});

test('a sound that was to be taken and could not be keeps the reason that the source gave', () => {
  expect(withAudioReason(['audio: g722 (not supported)'], 'taken')).toEqual(['audio: g722 (not supported)']);
});

test('a household without an agreement on sound is asked for pictures only, whatever the request says', () => {
  const assignment = {
    ...{ camera: { kind: 'household' }, agreements: [], order: null, request: { wants_audio: true } },
  } as unknown as ExtractionAssignment;
  expect(soundOf(assignment, 0)).toEqual({
    verdict: 'agreement_does_not_allow',
    tracks: { audio: false, metadata: false },
  });
});
