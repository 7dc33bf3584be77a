/** May the sound of a camera be taken? Footage without sound may be taken all the same. */
import { lastWord } from '../agreement/consent.ts';
import type { TracksWanted } from '../ports/footage.ts';
import type { Agreement, CameraKind } from '../vocabulary/network.ts';

/** Whether sound is taken, and why not. */
export type AudioVerdict = 'taken' | 'not_asked_for' | 'agreement_does_not_allow';

/** What is asked for, and on what ground. */
export interface AudioWish {
  readonly wants_audio: boolean;
  /** The request records a lawful order, which overrides the owner. */
  readonly has_lawful_order: boolean;
}

/**
 * Sound says more of people than pictures do, so nobody gets it by chance: the request has to name it, and for a
 * household's camera the owner's last word has to allow it too, unless a lawful order overrides the owner. Whether
 * any footage may be taken at all is another question (`consentFor`) and is asked first.
 */
export function mayTakeAudio(
  camera: { readonly kind: CameraKind },
  agreements: readonly Agreement[],
  wish: AudioWish,
  now_ms: number,
): AudioVerdict {
  if (!wish.wants_audio) return 'not_asked_for';
  if (camera.kind === 'community' || wish.has_lawful_order) return 'taken';
  const agreement = lastWord(agreements, now_ms);
  const is_over =
    agreement === null || (agreement.withdrawn_at_ms !== null && agreement.withdrawn_at_ms <= now_ms);
  return !is_over && agreement.allows_audio ? 'taken' : 'agreement_does_not_allow';
}

/**
 * What is read beside the pictures. A device's own metadata may name persons and objects: it is taken of the
 * community's cameras, and of a household's nobody asks for it.
 */
export function tracksToTake(camera: { readonly kind: CameraKind }, audio: AudioVerdict): TracksWanted {
  return { audio: audio === 'taken', metadata: camera.kind === 'community' };
}

/** Why sound was left out, in the words of a manifest. */
export const AUDIO_LEFT_OUT: Readonly<Record<Exclude<AudioVerdict, 'taken'>, string>> = {
  not_asked_for: 'not asked for',
  agreement_does_not_allow: 'the agreement does not allow it',
};
